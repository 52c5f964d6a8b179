/** Live sessions: sound that plays while it is made. */
export { type CameraInputs, HostEye } from './host-eye.ts';
export { HostLive } from './host-live.ts';
export type { LiveSession } from './live-session.ts';
export { LiveSessions } from './live-sessions.ts';
export { MemorySessionStore } from './memory-session-store.ts';
export { PerformanceRecordings } from './recordings.ts';
export { type CameraFrame, SessionVision } from './session-vision.ts';
export type { LiveFeatures, LiveHost, Recordings, SessionStore, StoredFrame } from './ports.ts';
