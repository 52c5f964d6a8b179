/**
 * One session as the product knows it: its source, mapping, transport and output, sounding or not. What is set while it
 * sounds goes to the audio host at once; a host that crashed is given everything again and goes on.
 */
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

export interface LiveSessionPorts {
  readonly host: LiveHost;
  readonly media: LiveMedia;
  readonly features: LiveFeatures;
  readonly recordings: Recordings;
  readonly clock: Clock;
  readonly onChange: (session: Session) => void;
  readonly onFrame: (event: Extract<PlayEvent, { type: 'frame' }>['frame']) => void;
}

export class LiveSession {
  readonly #ports: LiveSessionPorts;
  #session: Session;
  #sound: AbortController | null = null;
  /** Where the film is, as last heard of. */
  #filmS = 0;

  constructor(session: Session, ports: LiveSessionPorts) {
    this.#session = session;
    this.#ports = ports;
  }

  get document(): Session {
    return this.#session;
  }

  /** Begins to sound, or takes over new settings when it does already. @returns the stream as it runs. */
  async generate(wanted: { parameters: AudioParameters; output?: OutputSettings | undefined; transport?: TransportChange | undefined }): Promise<AudioStreamInfo> {
    this.#set({ parameters: mergedParameters(this.#session.parameters, wanted.parameters), output: wanted.output ?? this.#session.output });
    if (wanted.transport) await this.setTransport(wanted.transport);
    if (this.#sound !== null) {
      await this.#send({ kind: 'mapping', mapping: this.#sounding(), morph_ms: 0 });
      if (wanted.output) await this.setOutput(wanted.output);
      if (this.#session.stream) return this.#session.stream;
    }
    return this.#start();
  }

  async stop(): Promise<void> {
    this.#sound?.abort();
    this.#sound = null;
    if (this.#session.is_recording) await this.#ports.recordings.discard(this.#session.id);
    if (this.#session.stream !== null || this.#session.is_recording) this.#set({ stream: null, is_recording: false });
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
    this.#set({ transport: { ...this.#session.transport, ...given } });
    if (positionS !== undefined) {
      this.#filmS = positionS;
      await this.#send({ kind: 'seek', position_s: positionS });
    }
    await this.#send({ kind: 'transport', transport: this.#session.transport });
  }

  /** Another rate begins the sound anew; everything else changes under it. */
  async setOutput(output: OutputSettings): Promise<void> {
    const isAnew = output.sample_rate !== this.#session.output.sample_rate;
    this.#set({ output });
    if (this.#sound === null) return;
    if (!isAnew) return void (await this.#send({ kind: 'output', output }));
    await this.stop();
    await this.#start();
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
    await this.#send({ kind: command.action });
  }

  /** A feature row that acts now; dropped while nothing sounds. */
  async see(row: Float32Array<ArrayBuffer>): Promise<void> {
    await this.#send({ kind: 'row', row });
  }

  async startRecording(): Promise<void> {
    this.#requireSound();
    if (this.#session.is_recording) return;
    const { audioPath } = this.#ports.recordings.begin(this.#session.id);
    await this.#ports.host.command(this.#session.id, { kind: 'record', audio_path: audioPath });
    this.#set({ is_recording: true });
  }

  async stopRecording(): Promise<Performance> {
    this.#requireSound();
    const { id, project_id: projectId, source, seed } = this.#session;
    const { eventsPath } = this.#ports.recordings.begin(id);
    const recorded = await this.#ports.host.stopRecording(id, eventsPath);
    this.#set({ is_recording: false });
    return this.#ports.recordings.keep({ sessionId: id, projectId, mediaId: source.kind === 'media' ? source.media_id : null, seed, recorded });
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
    const sound = new AbortController();
    this.#sound = sound;
    return new Promise((resolve, reject) => void this.#keepSounding(sound, resolve).catch(reject));
  }

  async #keepSounding(sound: AbortController, onStream: (stream: AudioStreamInfo) => void): Promise<void> {
    for (let attempt = 0; !sound.signal.aborted; attempt += 1) {
      try {
        await this.#ports.host.play(this.#playInput(), { signal: sound.signal, onEvent: (event) => this.#onEvent(event, sound, onStream) });
        return;
      } catch (error) {
        if (isAbort(error) || sound.signal.aborted) return;
        if (!toAppError(error).retryable || attempt >= RETRIES) {
          this.#sound = null;
          this.#set({ stream: null, is_recording: false });
          throw error;
        }
        // What was recorded died with the host.
        if (this.#session.is_recording) this.#set({ is_recording: false });
      }
    }
  }

  #playInput(): PlayInput {
    const { id, seed, output, ceiling_db, volume, transport } = this.#session;
    return { session_id: id, seed, mapping: this.#sounding(), output, ceiling_db, volume, film: this.#film(), transport };
  }

  #onEvent(event: PlayEvent, sound: AbortController, onStream: (stream: AudioStreamInfo) => void): void {
    if (this.#sound !== sound) return;
    if (event.type === 'stream') {
      this.#set({ stream: event.stream });
      return onStream(event.stream);
    }
    this.#filmS = event.frame.film_s;
    // The film reached its end.
    if (!event.frame.is_playing && this.#session.transport.is_playing && event.frame.film_s >= this.#session.transport.end_s - 0.2) {
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
