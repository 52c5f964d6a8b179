/** Live sessions: sound that plays while it is made. */
export { HostLive } from './host-live.ts';
export type { LiveSession } from './live-session.ts';
export { LiveSessions } from './live-sessions.ts';
export { PerformanceRecordings } from './recordings.ts';
export type { LiveFeatures, LiveHost, Recordings } from './ports.ts';
