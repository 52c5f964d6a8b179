// What the set-up tells the person who waits for it: one line per step, what was done or why it was skipped.
export function say(line) {
  process.stdout.write(`kinetone  ${line}\n`);
}

/** A set-up that cannot go on: the message and the exact command that helps; exit code 1. */
export class SetUpError extends Error {}
