/** Audio → song analysis, with a person's edits. */
export { applyEdits } from './apply-edits.ts';
export { HostEar } from './host-ear.ts';
export { songHandler } from './song-job.ts';
export { Songs } from './songs.ts';
