/** Runs work on a list, so many at once; the first fault stops the rest and is thrown once all have stopped. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  width: number,
  signal: AbortSignal,
  work: (item: Item, index: number, signal: AbortSignal) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  let next = 0;
  let fault: { error: unknown } | null = null;
  const lane = async (): Promise<void> => {
    while (next < items.length && fault === null) {
      const index = next;
      next += 1;
      try {
        either.throwIfAborted();
        results[index] = await work(items[index] as Item, index, either);
      } catch (error) {
        fault ??= { error };
        stop.abort(new DOMException('Another part of the work failed.', 'AbortError'));
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(width, items.length)) }, lane));
  if (fault !== null) throw (fault as { error: unknown }).error;
  return results;
}
