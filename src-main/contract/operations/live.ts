/** Operations of live sessions: sound that plays while it is made, its source, its controls. The seed’s names where it has them. */
import { z } from 'zod';

import { AudioDeviceSchema } from '../documents/system.ts';
import { AudioParametersSchema, AudioStreamInfoSchema, OutputSettingsSchema, PerformanceSchema, SessionSchema, SessionSourceSchema, TransportChangeSchema } from '../documents/session.ts';
import { MappingSchema } from '../documents/mapping.ts';
import { SeedSchema } from '../documents/sonify.ts';
import { LatencySchema } from '../hosts/live.ts';
import { IdSchema } from '../ids.ts';
import { operations } from '../operation.ts';

const params = z.object({ id: IdSchema });

export const liveOperations = operations({
  listDevices: {
    method: 'GET',
    path: '/api/audio/devices',
    summary: 'Devices that can play, as the sound library lists them; why there are none, if so.',
    response: z.object({ devices: z.array(AudioDeviceSchema), problem: z.string().nullable() }),
  },
  measureLatency: {
    method: 'POST',
    path: '/api/audio/latency',
    summary: 'Clicks out of a device and back in by its input or a monitor: the measured latency. Takes five seconds.',
    body: OutputSettingsSchema,
    response: LatencySchema,
  },
  createSession: {
    method: 'POST',
    path: '/api/sessions',
    summary: 'A new session; one of a project replaces that project’s last.',
    body: z.object({
      project_id: IdSchema.nullable().default(null),
      source: SessionSourceSchema.default({ kind: 'camera' }),
      /** The default mapping unless given. */
      mapping: MappingSchema.optional(),
      seed: SeedSchema.default(0),
    }),
    response: SessionSchema,
    status: 201,
  },
  listSessions: { method: 'GET', path: '/api/sessions', summary: 'Sessions that are open.', response: z.object({ sessions: z.array(SessionSchema) }) },
  getSession: { method: 'GET', path: '/api/sessions/:id', summary: 'One session.', params, response: SessionSchema },
  deleteSession: { method: 'DELETE', path: '/api/sessions/:id', summary: 'Stop and forget a session.', params, status: 204 },
  generateAudio: {
    method: 'POST',
    path: '/api/sessions/:id/audio',
    summary: 'Begin to sound, or change what sounds: the seed’s generateAudio.',
    params,
    body: z.object({ parameters: AudioParametersSchema.default({}), output: OutputSettingsSchema.optional(), transport: TransportChangeSchema.optional() }),
    response: AudioStreamInfoSchema,
  },
  updateParameters: { method: 'PUT', path: '/api/sessions/:id/parameters', summary: 'Set parameters while it sounds, without a click.', params, body: AudioParametersSchema, status: 204 },
  stopGeneration: { method: 'DELETE', path: '/api/sessions/:id/audio', summary: 'Fade out within 20 ms and free the device; nothing when it does not sound.', params, status: 204 },
  setSessionMapping: {
    method: 'PUT',
    path: '/api/sessions/:id/mapping',
    summary: 'Another mapping, at once or over a morph.',
    params,
    body: z.object({ mapping: MappingSchema, morph_ms: z.number().min(0).max(120_000).default(0) }),
    status: 204,
  },
  setSessionSource: { method: 'PUT', path: '/api/sessions/:id/source', summary: 'Another film, or the camera.', params, body: SessionSourceSchema, status: 204 },
  setTransport: {
    method: 'PUT',
    path: '/api/sessions/:id/transport',
    summary: 'Play, pause, speed, loop, and the place in the film.',
    params,
    body: TransportChangeSchema,
    status: 204,
  },
  setOutput: { method: 'PUT', path: '/api/sessions/:id/output', summary: 'Another device, rate, buffer or pair of channels.', params, body: OutputSettingsSchema, response: SessionSchema },
  controlSession: {
    method: 'POST',
    path: '/api/sessions/:id/control',
    summary: 'Panic (silent within 20 ms), resume, ceiling, volume, a fresh integrated loudness.',
    params,
    body: z.discriminatedUnion('action', [
      z.object({ action: z.literal('panic') }),
      z.object({ action: z.literal('resume') }),
      z.object({ action: z.literal('reset-loudness') }),
      z.object({ action: z.literal('ceiling'), db: z.number().min(-60).max(-1) }),
      z.object({ action: z.literal('volume'), gain: z.number().min(0).max(1) }),
    ]),
    status: 204,
  },
  startRecording: { method: 'POST', path: '/api/sessions/:id/recording', summary: 'Record the sound and everything that makes it.', params, status: 204 },
  stopRecording: { method: 'DELETE', path: '/api/sessions/:id/recording', summary: 'End the recording; it lands among the artifacts and in the project.', params, response: PerformanceSchema },
});
