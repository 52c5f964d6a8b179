/** Sonify: features → mapping → sound → film. */
export { Artifacts } from './artifacts.ts';
export { type DemoPorts, demoHandler } from './demo/demo-job.ts';
export { Mappings } from './mappings.ts';
export { Previews } from './preview.ts';
export { type SonifyPorts, sonifyHandler } from './render-job.ts';
export { SAMPLE_RATE } from './sound-files.ts';
