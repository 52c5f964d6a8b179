/**
 * One animation loop for everything drawn outside React's render: it runs while a subscriber says it is still moving
 * or something woke it, and rests otherwise.
 */
type FrameCallback = (nowMs: number) => boolean | undefined;

const subscribers = new Set<FrameCallback>();
let isScheduled = false;

function run(nowMs: number): void {
  isScheduled = false;
  let isMoving = false;
  for (const subscriber of subscribers) if (subscriber(nowMs) === true) isMoving = true;
  if (isMoving) wake();
}

/** Asks for a frame. */
export function wake(): void {
  if (isScheduled || subscribers.size === 0) return;
  isScheduled = true;
  requestAnimationFrame(run);
}

/**
 * Calls back on frames; the callback returns true while it needs the next one.
 * @returns the function that stops it
 */
export function onFrame(callback: FrameCallback): () => void {
  subscribers.add(callback);
  wake();
  return () => subscribers.delete(callback);
}
