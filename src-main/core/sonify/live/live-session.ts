/**
 * One session as the product knows it: its source, mapping, transport and output, sounding or not. What is set while it
 * sounds goes to the audio host at once; a host that crashed is given everything again and goes on.
 */
import { isDeepStrictEqual } from 'node:util';

import type { Mapping } from '../../../contract/documents/mapping.ts';
import type { AudioParameters, AudioStreamInfo, OutputSettings, Performance, Session, SessionSource, Transport, TransportChange } from '../../../contract/documents/session.ts';
import { AppError, isAbort, toAppError } from '../../../contract/errors.ts';
import type { LiveCommand, PlayEvent, PlayInput } from '../../../contract/hosts/live.ts';
import { parseRational } from '../../../contract/units.ts';
import type { Clock } from '../../clock.ts';
import { mergedParameters, withParameters } from './parameters.ts';
import type { LiveFeatures, LiveHost, LiveMedia, Recordings } from './ports.ts';

const MOST_FPS = 130;
const SPARE_FRAMES = 600;
const RETRIES = 4;
/** A host that sounded this long before it crashed is as good as new. */
const FORGIVEN_MS = 10 * 60_000;
/** How long the host may take to fade out and give the device up before it is left to itself. */
const STOP_MS = 2000;
/** How long a recording may take to be finished when its session ends. */
const SAVE_MS = 20_000;

export interface LiveSessionPorts {
  readonly host: LiveHost;
  readonly media: LiveMedia;
  readonly features: LiveFeatures;
  readonly recordings: Recordings;
  readonly clock: Clock;
  readonly onChange: (session: Session) => void;
  readonly onFrame: (event: Extract<PlayEvent, { type: 'frame' }>['frame']) => void;
}

/** One stretch of sound: from its beginning to its end, over crashes of the host. */
interface Sound {
  readonly controller: AbortController;
  readonly stream: PromiseWithResolvers<AudioStreamInfo>;
  /** Resolves when the host has let it go. */
  ended: Promise<void>;
  isStopping: boolean;
}

export class LiveSession {
  readonly #ports: LiveSessionPorts;
  #session: Session;
  #sound: Sound | null = null;
  #stopping: Promise<void> = Promise.resolve();
  /** Where the film is, as last heard of. */
  #filmS = 0;
  /** Raised by whoever decides whether there is sound: a later decision wins over one that still waits. */
  #turn = 0;
  /** The film has been heard to play since it was last told to: only then can it have ended. */
  #hasPlayed = false;
  /** After panic: a host that is started again stays silent, too. */
  #isSilenced = false;
  /** Gone for good: it does not sound again. */
  #isClosed = false;
  /** The recording that is just being finished. */
  #saving: Promise<Performance> | null = null;

  constructor(session: Session, ports: LiveSessionPorts) {
    this.#session = session;
    this.#ports = ports;
  }

  get document(): Session {
    return this.#session;
  }

  /** Begins to sound, or takes over new settings when it does already. @returns the stream as it runs. */
  async generate(wanted: { parameters: AudioParameters; output?: OutputSettings | undefined; transport?: TransportChange | undefined }): Promise<AudioStreamInfo> {
    if (this.#sound?.isStopping === true) await this.#stopping;
    // The same again is no reason to open the device again.
    if (this.#sound !== null && wanted.output && !isDeepStrictEqual(wanted.output, this.#session.output)) await this.setOutput(wanted.output);
    this.#set({ parameters: mergedParameters(this.#session.parameters, wanted.parameters), output: wanted.output ?? this.#session.output });
    if (wanted.transport) await this.setTransport(wanted.transport);
    if (this.#sound === null) return this.#start();
    await this.#send({ kind: 'mapping', mapping: this.#sounding(), morph_ms: 0 });
    const first = await (this.#sound?.stream.promise ?? this.#start());
    return this.#session.stream ?? first;
  }

  /** Fades out and gives the device up; a performance that is being recorded is kept. Again: nothing, when that is done. */
  async stop(): Promise<void> {
    this.#turn += 1;
    return this.#stop();
  }

  /** Stops for good. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.stop();
  }

  async #stop(): Promise<void> {
    const sound = this.#sound;
    if (sound === null || sound.isStopping) return this.#stopping;
    sound.isStopping = true;
    this.#stopping = this.#end(sound);
    return this.#stopping;
  }

  async #end(sound: Sound): Promise<void> {
    // What was played is not lost because the sound ended first; what cannot be kept is removed.
    if (this.#session.is_recording) await this.#within(SAVE_MS, this.stopRecording());
    await this.#within(STOP_MS, this.#send({ kind: 'stop' }).then(() => sound.ended));
    sound.controller.abort();
    if (this.#sound !== sound) return;
    this.#sound = null;
    this.#isSilenced = false;
    this.#set({ stream: null, is_recording: false });
  }

  /** Waits for work, whatever becomes of it, but not longer. */
  async #within(limitMs: number, work: Promise<unknown>): Promise<void> {
    const waiting = new AbortController();
    await Promise.race([work, this.#ports.clock.sleep(limitMs, waiting.signal)]).catch(() => undefined);
    waiting.abort();
  }

  async setParameters(parameters: AudioParameters): Promise<void> {
    this.#set({ parameters: mergedParameters(this.#session.parameters, parameters) });
    await this.#send({ kind: 'mapping', mapping: this.#sounding(), morph_ms: 0 });
  }

  async setMapping(mapping: Mapping, morphMs: number): Promise<void> {
    this.#set({ mapping });
    await this.#send({ kind: 'mapping', mapping: this.#sounding(), morph_ms: morphMs });
  }

  async setSource(source: SessionSource): Promise<void> {
    this.#filmS = 0;
    this.#set({ source, transport: transportOf(source, this.#ports.media) });
    const film = this.#film();
    if (film) await this.#send({ kind: 'film', film });
    await this.#send({ kind: 'transport', transport: this.#session.transport });
  }

  async setTransport({ position_s: positionS, ...changes }: TransportChange): Promise<void> {
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<Transport>;
    const transport = { ...this.#session.transport, ...given };
    this.#hasPlayed = false;
    this.#set({ transport });
    if (positionS !== undefined) {
      this.#filmS = positionS;
      await this.#send({ kind: 'seek', position_s: positionS });
    }
    await this.#send({ kind: 'transport', transport });
  }

  /** Another rate begins the sound anew; everything else changes under it. */
  async setOutput(output: OutputSettings): Promise<void> {
    const isAnew = this.#sound !== null && output.sample_rate !== this.#session.output.sample_rate;
    if (isAnew && this.#session.is_recording) throw new AppError('session-recording', 'The rate cannot change while a performance is recorded.', { hint: 'End the recording first.' });
    this.#set({ output });
    if (this.#sound === null) return;
    if (!isAnew) return void (await this.#send({ kind: 'output', output }));
    const turn = (this.#turn += 1);
    await this.#stop();
    if (this.#sound === null && turn === this.#turn) await this.#start();
  }

  async control(command: { action: 'panic' | 'resume' | 'reset-loudness' } | { action: 'ceiling'; db: number } | { action: 'volume'; gain: number }): Promise<void> {
    if (command.action === 'ceiling') {
      this.#set({ ceiling_db: command.db });
      return this.#send({ kind: 'ceiling', db: command.db });
    }
    if (command.action === 'volume') {
      this.#set({ volume: command.gain });
      return this.#send({ kind: 'volume', gain: command.gain });
    }
    if (command.action !== 'reset-loudness') this.#isSilenced = command.action === 'panic';
    await this.#send({ kind: command.action });
  }

  /** A feature row that acts now; dropped while nothing sounds. */
  async see(row: Float32Array<ArrayBuffer>): Promise<void> {
    await this.#send({ kind: 'row', row });
  }

  async startRecording(): Promise<void> {
    this.#requireSound();
    await this.#saving?.catch(() => undefined);
    if (this.#session.is_recording) return;
    const { audioPath, peaksPath } = this.#ports.recordings.begin(this.#session.id);
    await this.#ports.host.command(this.#session.id, { kind: 'record', audio_path: audioPath, peaks_path: peaksPath });
    this.#set({ is_recording: true });
  }

  /** Asked for again while it is being finished, it answers the same. */
  async stopRecording(): Promise<Performance> {
    this.#requireSound();
    this.#saving ??= this.#saveRecording().finally(() => {
      this.#saving = null;
    });
    return this.#saving;
  }

  async #saveRecording(): Promise<Performance> {
    const { id, project_id: projectId, source, seed } = this.#session;
    const { eventsPath } = this.#ports.recordings.begin(id);
    try {
      const recorded = await this.#ports.host.stopRecording(id, eventsPath);
      return await this.#ports.recordings.keep({ sessionId: id, projectId, mediaId: source.kind === 'media' ? source.media_id : null, seed, recorded });
    } catch (error) {
      await this.#ports.recordings.discard(id).catch(() => undefined);
      throw error;
    } finally {
      this.#set({ is_recording: false });
    }
  }

  #requireSound(): void {
    if (this.#sound === null) throw new AppError('session-silent', 'This session does not sound.', { hint: 'Start its sound first.' });
  }

  #set(changes: Partial<Session>): void {
    this.#session = { ...this.#session, ...changes };
    this.#ports.onChange(this.#session);
  }

  #sounding(): Mapping {
    return withParameters(this.#session.mapping, this.#session.parameters);
  }

  #film(): PlayInput['film'] {
    const { source } = this.#session;
    if (source.kind !== 'media') return null;
    const item = this.#ports.media.get(source.media_id);
    this.#ports.features.analyze(item.id);
    const rate = parseRational(item.probe.video?.frame_rate ?? '');
    const fps = Math.min(MOST_FPS, Math.max(30, rate === null ? 0 : rate.numerator / rate.denominator));
    return { media_id: item.id, capacity: Math.ceil(item.probe.duration_s * fps * 1.1) + SPARE_FRAMES, position_s: this.#filmS };
  }

  #start(): Promise<AudioStreamInfo> {
    if (this.#isClosed) throw new AppError('session-not-found', 'The session was closed.', { hint: 'Create another one.' });
    const sound: Sound = { controller: new AbortController(), stream: Promise.withResolvers(), ended: Promise.resolve(), isStopping: false };
    // Whoever asked for the sound hears of a failure; there may be nobody.
    sound.stream.promise.catch(() => undefined);
    this.#sound = sound;
    sound.ended = this.#keepSounding(sound);
    return sound.stream.promise;
  }

  /** Never rejects. */
  async #keepSounding(sound: Sound): Promise<void> {
    const { signal } = sound.controller;
    const cancelled = new AppError('cancelled', 'The sound was stopped before it began.');
    for (let attempt = 0; !signal.aborted && !sound.isStopping; attempt += 1) {
      const begunMs = this.#ports.clock.nowMs();
      try {
        await this.#ports.host.play(this.#playInput(), { signal, onEvent: (event) => this.#onEvent(event, sound) });
        break;
      } catch (error) {
        if (isAbort(error) || signal.aborted || sound.isStopping) break;
        if (this.#ports.clock.nowMs() - begunMs > FORGIVEN_MS) attempt = 0;
        // What was recorded died with the host.
        if (this.#session.is_recording) await this.#giveRecordingUp();
        if (!toAppError(error).retryable || attempt >= RETRIES) {
          if (this.#sound === sound) {
            this.#sound = null;
            this.#set({ stream: null });
          }
          return sound.stream.reject(error);
        }
      }
    }
    sound.stream.reject(cancelled);
  }

  async #giveRecordingUp(): Promise<void> {
    this.#set({ is_recording: false });
    await this.#ports.recordings.discard(this.#session.id).catch(() => undefined);
  }

  #playInput(): PlayInput {
    const { id, seed, output, ceiling_db, volume, transport } = this.#session;
    return { session_id: id, seed, mapping: this.#sounding(), output, ceiling_db, volume, film: this.#film(), transport, is_silenced: this.#isSilenced };
  }

  #onEvent(event: PlayEvent, sound: Sound): void {
    if (this.#sound !== sound) return;
    if (event.type === 'stream') {
      this.#set({ stream: event.stream });
      return sound.stream.resolve(event.stream);
    }
    this.#filmS = event.frame.film_s;
    // The film reached its end.
    this.#hasPlayed ||= event.frame.is_playing;
    if (this.#hasPlayed && !event.frame.is_playing && this.#session.transport.is_playing && event.frame.film_s >= this.#session.transport.end_s - 0.2) {
      this.#session = { ...this.#session, transport: { ...this.#session.transport, is_playing: false } };
      this.#ports.onChange(this.#session);
    }
    this.#ports.onFrame(event.frame);
  }

  async #send(command: LiveCommand): Promise<void> {
    if (this.#sound === null) return;
    try {
      await this.#ports.host.command(this.#session.id, command);
    } catch (error) {
      // Not sounding yet, or its host is being started again: everything is told to it then.
      if (!['session-silent', 'host-crashed'].includes(toAppError(error).code)) throw error;
    }
  }
}

/** A film stands at its beginning, its end known. */
export function transportOf(source: SessionSource, media: LiveMedia): Transport {
  const endS = source.kind === 'media' ? media.get(source.media_id).probe.duration_s : 0;
  return { is_playing: false, speed: 1, is_looping: false, start_s: 0, end_s: endS };
}
