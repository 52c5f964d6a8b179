/** Wiring of live sound: the audio host, its sessions, and what they ask of films and files. */
import { cameraInput } from '../adapters/ffmpeg/camera-input.ts';
import type { FfmpegPrograms } from '../adapters/ffmpeg/ffmpeg-programs.ts';
import { startProgram } from '../adapters/ffmpeg/process.ts';
import type { SupervisedHost } from '../adapters/host-process/supervised-host.ts';
import type { Performance } from '../contract/documents/session.ts';
import type { Mapping } from '../contract/documents/mapping.ts';
import { DeviceListSchema, FeatureRowsInputSchema, LatencySchema } from '../contract/hosts/live.ts';
import { FeatureChunkInputSchema } from '../contract/hosts/sound.ts';
import type { LiveServices } from '../api/live.ts';
import type { Clock, NewId } from '../core/clock.ts';
import type { EventSink } from '../core/event-sink.ts';
import type { HostMethod } from '../core/host.ts';
import type { Log } from '../core/log.ts';
import type { MediaLibrary } from '../core/media/index.ts';
import { type CameraInputs, HostEye, HostLive, LiveSessions, PerformanceRecordings, SessionVision } from '../core/sonify/index.ts';
import type { ArtifactStore, SessionStore, WorkFiles } from '../core/sonify/ports.ts';
import type { FeatureLibrary } from '../core/vision/index.ts';
import { DEVICES_MS } from './hosts.ts';

/** The clicks take five seconds; a device that hangs is given up. */
const LATENCY_MS = 30_000;

export interface LiveParts {
  readonly audio: SupervisedHost;
  /** Looks at frames, and lists devices without knowing what the audio host has open. */
  readonly outside: SupervisedHost;
  readonly media: MediaLibrary;
  readonly features: FeatureLibrary;
  readonly files: WorkFiles;
  readonly artifacts: ArtifactStore;
  readonly store: SessionStore;
  readonly events: EventSink;
  readonly log: Log;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly programVersion: string;
  readonly defaultMapping: () => Mapping;
  readonly onPerformance: (performance: Performance, take: { projectId: string | null; mediaId: string | null }) => void;
  readonly checkProject: (projectId: string) => void;
  readonly camera: CameraInputs;
}

/** What a render may ask for: a complete series, chunk by chunk. */
export function featureChunk(features: () => FeatureLibrary | null): HostMethod {
  return (input) => {
    const { media_id: id, index } = FeatureChunkInputSchema.parse(input);
    return Promise.resolve(features()?.chunk(id, index) ?? null);
  };
}

/** What the audio host may ask for: a film's features as far as they are known. */
export function featureRows(features: () => FeatureLibrary | null): HostMethod {
  return (input) => {
    const { media_id: id, first, count } = FeatureRowsInputSchema.parse(input);
    const library = features();
    const known = library?.frames(id) ?? 0;
    const isComplete = library?.readyKey(id) !== null && library !== null;
    if (library === null || known <= first) return Promise.resolve({ rows: new Float32Array(0), timestamps: new Float64Array(0), is_complete: isComplete });
    return Promise.resolve({ ...library.rows(id, first, first + count - 1), is_complete: isComplete });
  };
}

/**
 * How a camera of this machine is opened.
 * @param given  FFmpeg's input instead of a device
 */
export function cameraInputs(ffmpeg: FfmpegPrograms, given?: readonly string[]): CameraInputs {
  return async (name) => {
    const programs = await ffmpeg.programs();
    const listing = async (): Promise<string> => {
      const program = startProgram(ffmpeg.launcher, programs.ffmpeg, ['-hide_banner', '-f', 'dshow', '-list_devices', 'true', '-i', 'dummy']);
      program.stdout.resume();
      return (await program.ended).stderr;
    };
    return { programs, input: given ? [...given] : await cameraInput(name, listing) };
  };
}

export function openLive(parts: LiveParts): LiveServices {
  const recordings = new PerformanceRecordings({ ...parts, onKept: parts.onPerformance });
  const sessions = new LiveSessions({ ...parts, host: new HostLive(parts.audio), recordings, onClosed: (id) => vision.forget(id) });
  const vision = new SessionVision({ ...parts, sessions, eye: new HostEye(parts.outside, parts.camera) });
  return {
    sessions,
    vision,
    devices: async () => {
      const { devices, error } = DeviceListSchema.parse(await parts.outside.call('devices', {}, { deadlineMs: DEVICES_MS }));
      return { devices, problem: error === '' ? null : error };
    },
    measureLatency: async ({ device, sample_rate, buffer_frames }) =>
      LatencySchema.parse(await parts.outside.call('latency', { device, sample_rate, buffer_frames }, { deadlineMs: LATENCY_MS })),
  };
}
