/** Long calculations in slices, so that the process they run in goes on with other work between them. */
const SLICE_MS = 12;

/** Runs a generator to its end. @throws what it throws; AbortError. */
export async function inSlices<Result>(steps: Generator<void, Result, void>, { signal, elapsedMs }: { signal: AbortSignal; elapsedMs: () => number }): Promise<Result> {
  let begun = elapsedMs();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (elapsedMs() - begun < SLICE_MS) continue;
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    begun = elapsedMs();
  }
}
