/** kinetone play: a video or a camera through the instrument to a sound device, with its numbers in sight; Ctrl+C ends it. */
import { existsSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { BUFFER_SIZES, NO_DEVICE, type OutputSettings, OutputSettingsSchema, type Session, type SessionSource } from '../../../contract/documents/session.ts';
import { AppError, isAbort } from '../../../contract/errors.ts';
import { clockTime } from '../terminal.ts';
import { UsageError } from '../usage.ts';
import { type Command, type CommandContext, type Values, text } from './command.ts';
import { importOne } from './import-one.ts';
import { mappingOf, seedOf } from './mapping-option.ts';

const LOOK_MS = 100;
/** The word that stands for a camera where a film is named. */
const CAMERA = 'camera';

function bufferOf(values: Values): OutputSettings['buffer_frames'] {
  const given = text(values, 'buffer') ?? '256';
  const found = BUFFER_SIZES.find((frames) => String(frames) === given);
  if (!found) throw new UsageError(`--buffer is one of ${BUFFER_SIZES.join(', ')}; got "${given}".`);
  return found;
}

function speedOf(values: Values): number {
  const speed = Number(text(values, 'speed') ?? '1');
  if (!(speed >= 0.25 && speed <= 2)) throw new UsageError('--speed is a number from 0.25 to 2.');
  return speed;
}

async function outputOf({ client, values }: CommandContext): Promise<OutputSettings> {
  const wanted = text(values, 'device');
  const buffer_frames = bufferOf(values);
  if (wanted === undefined || wanted === NO_DEVICE) return OutputSettingsSchema.parse({ device: wanted ?? null, buffer_frames });
  const { devices } = await client.call('listDevices');
  const found = devices.find(({ id }) => id === wanted) ?? devices.find(({ id }) => id.toLowerCase().includes(wanted.toLowerCase()));
  if (found) return OutputSettingsSchema.parse({ device: found.id, buffer_frames });
  throw new AppError('audio-device-failed', `There is no sound device "${wanted}".`, { hint: 'kinetone devices lists them.' });
}

function recordingOf(values: Values): string | null {
  const named = text(values, 'record');
  if (named === undefined) return null;
  const path = resolve(named);
  if (extname(path).toLowerCase() !== '.wav') throw new UsageError(`--record ends in .wav; got "${named}".`);
  if (existsSync(path) && values['overwrite'] !== true) {
    throw new AppError('output-exists', `${basename(path)} is there already.`, { hint: 'Choose another name, or allow it to be replaced (--overwrite).' });
  }
  return path;
}

/** Until the film has ended, the sound has, or the user ends it. */
async function listen({ client, terminal, signal }: CommandContext, id: string): Promise<Session> {
  for (const startMs = performance.now(); ; ) {
    const session = await client.call('getSession', { params: { id }, isUrgent: true });
    const { source, stream, transport } = session;
    if (stream === null && !signal.aborted) {
      throw new AppError('audio-device-failed', 'The sound ended by itself.', { hint: 'The log in the data folder has the details; another --device may do.' });
    }
    if (stream === null || (source.kind === 'media' && !transport.is_playing) || signal.aborted) return session;
    terminal.status(`${clockTime((performance.now() - startMs) / 1000)}  ${stream.device}  ${stream.sample_rate / 1000} kHz  ${stream.buffer_frames} frames  ${stream.latency_ms.toFixed(1)} ms`);
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function sourceOf(context: CommandContext): Promise<{ name: string; source: SessionSource }> {
  if (context.words[0] === CAMERA) return { name: text(context.values, 'camera') ?? 'The camera', source: { kind: 'camera' } };
  if (context.values['camera'] !== undefined) throw new UsageError('--camera belongs to `play camera`.');
  const item = await importOne(context, 'VIDEO');
  return { name: item.name, source: { kind: 'media', media_id: item.id } };
}

/** Until the camera ends, or the user ends it. */
async function watch(context: CommandContext, id: string): Promise<void> {
  const { client, values, signal } = context;
  const ended = client.call('watchCamera', { params: { id }, body: { camera: text(values, 'camera') ?? null } });
  const cameraIsOver = new AbortController();
  const listening = listen({ ...context, signal: AbortSignal.any([signal, cameraIsOver.signal]) }, id);
  try {
    await Promise.race([ended, listening]);
  } catch (error) {
    if (!isAbort(error)) throw error;
  } finally {
    cameraIsOver.abort();
    await listening;
  }
}

async function keepRecording({ client, values }: CommandContext, id: string, path: string): Promise<void> {
  const { artifact_id } = await client.call('stopRecording', { params: { id }, isUrgent: true });
  await client.call('saveArtifact', { params: { id: artifact_id }, body: { path, overwrite: values['overwrite'] === true }, isUrgent: true });
}

export const play: Command = {
  maxWords: 1,
  runsJobs: true,
  options: {
    device: { type: 'string' },
    buffer: { type: 'string' },
    mapping: { type: 'string' },
    seed: { type: 'string' },
    speed: { type: 'string' },
    loop: { type: 'boolean' },
    record: { type: 'string' },
    camera: { type: 'string' },
    overwrite: { type: 'boolean' },
  },
  async run(context) {
    const { client, terminal, values, signal } = context;
    const [speed, seed, recording] = [speedOf(values), seedOf(values), recordingOf(values)];
    const output = await outputOf(context);
    const mapping = await mappingOf(context);
    const { name, source } = await sourceOf(context);
    const { id } = await client.call('createSession', { body: { source, mapping, seed } });
    try {
      const stream = await client.call('generateAudio', { params: { id }, body: { output } });
      if (stream.problem !== null) terminal.note(stream.problem);
      if (recording !== null) await client.call('startRecording', { params: { id } });
      if (source.kind === 'camera') await watch(context, id);
      else {
        await client.call('setTransport', { params: { id }, body: { is_playing: true, speed, is_looping: values['loop'] === true } });
        await listen(context, id);
      }
      if (recording !== null) await keepRecording(context, id, recording);
      signal.throwIfAborted();
      terminal.result({ ...stream, recording }, `${name} on ${stream.device}, ${stream.latency_ms.toFixed(1)} ms${recording === null ? '' : `\n${recording}`}`);
    } finally {
      await client.call('deleteSession', { params: { id }, isUrgent: true });
    }
  },
};
