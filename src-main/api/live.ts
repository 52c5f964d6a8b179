/** Handlers of live sessions. */
import type { OutputSettings } from '../contract/documents/session.ts';
import type { Latency } from '../contract/hosts/live.ts';
import type { AudioDevice } from '../contract/documents/system.ts';
import type { liveOperations } from '../contract/operations/live.ts';
import type { LiveSessions, SessionVision } from '../core/sonify/index.ts';
import type { HandlersOf } from './handler.ts';

export interface LiveServices {
  readonly sessions: LiveSessions;
  readonly vision: SessionVision;
  devices(): Promise<{ devices: AudioDevice[]; problem: string | null }>;
  measureLatency(output: OutputSettings): Promise<Latency>;
}

export function liveHandlers({ sessions, devices, measureLatency }: Omit<LiveServices, 'vision'>): HandlersOf<typeof liveOperations> {
  return {
    listDevices: () => devices(),
    measureLatency: ({ body }) => measureLatency(body),
    createSession: ({ body }) => sessions.create(body),
    listSessions: () => ({ sessions: sessions.list() }),
    getSession: ({ params }) => sessions.get(params.id).document,
    deleteSession: ({ params }) => sessions.remove(params.id),
    generateAudio: ({ params, body }) => sessions.get(params.id).generate(body),
    updateParameters: ({ params, body }) => sessions.get(params.id).setParameters(body),
    stopGeneration: ({ params }) => sessions.get(params.id).stop(),
    setSessionMapping: ({ params, body }) => sessions.get(params.id).setMapping(body.mapping, body.morph_ms),
    setSessionSource: ({ params, body }) => sessions.get(params.id).setSource(body),
    setTransport: ({ params, body }) => sessions.get(params.id).setTransport(body),
    setOutput: async ({ params, body }) => {
      const session = sessions.get(params.id);
      await session.setOutput(body);
      return session.document;
    },
    controlSession: ({ params, body }) => sessions.get(params.id).control(body),
    startRecording: ({ params }) => sessions.get(params.id).startRecording(),
    stopRecording: ({ params }) => sessions.get(params.id).stopRecording(),
  };
}
