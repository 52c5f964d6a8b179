/** Sonify: features → mapping → sound → film. */
export { Artifacts } from './artifacts.ts';
export { type DemoPorts, demoHandler } from './demo/demo-job.ts';
export { demoFilm } from './demo/demo-film.ts';
export { HostSound } from './host-sound.ts';
export { type CameraInputs, HostEye, HostLive, LiveSessions, MemorySessionStore, PerformanceRecordings, SessionVision, type LiveSession } from './live/index.ts';
export { Mappings } from './mappings.ts';
export { Previews } from './preview.ts';
export { type SonifyPorts, sonifyHandler } from './render-job.ts';
export { loadBuiltIn } from './mapping/index.ts';
export { renderJob } from './render-request.ts';
export { SAMPLE_RATE, STEM_NAMES } from './sound-files.ts';
