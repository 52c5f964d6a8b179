/** Sonify: features → mapping → sound → film. */
export { Artifacts } from './artifacts.ts';
export { type DemoPorts, demoHandler } from './demo/demo-job.ts';
export { HostSound } from './host-sound.ts';
export { Mappings } from './mappings.ts';
export { Previews } from './preview.ts';
export { type SonifyPorts, sonifyHandler } from './render-job.ts';
export { loadBuiltIn } from './mapping/index.ts';
export { SAMPLE_RATE, STEM_NAMES } from './sound-files.ts';
