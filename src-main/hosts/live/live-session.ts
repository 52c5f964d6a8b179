/** One sounding session in the audio host: its instrument, device, film, recording, and sixty readings a second. */
import { listOutputDevices } from '../../adapters/native/audio-devices.ts';
import { LivePlayer } from '../../adapters/native/live-player.ts';
import type { Transport } from '../../contract/documents/session.ts';
import { AppError } from '../../contract/errors.ts';
import { DeviceListSchema, type FilmSchema, type LiveCommand, type PlayEvent, type PlayInput, type Recorded } from '../../contract/hosts/live.ts';
import { compileMapping } from '../../core/sonify/mapping/index.ts';
import type { HostCaller } from '../../core/host.ts';
import type { z } from 'zod';
import { DeviceKeeper } from './device-keeper.ts';
import { FilmFeed } from './film-feed.ts';
import { FilmLog } from './film-log.ts';
import { liveFrame } from './live-frame.ts';
import { PerformanceLog } from './performance-log.ts';
import { Recorder } from './recorder.ts';

const FRAME_MS = 1000 / 60;
const FADE_MS = 25;
/** The limiter's look-ahead, in 24000ths of a second rounded to blocks of 64: see dsp/mix/finalizer.h. */
const engineLatencyMs = (rate: number): number => (1000 * 64 * Math.max(1, Math.round(rate / 24_000))) / rate;

export class LiveSession {
  readonly #input: PlayInput;
  readonly #emit: (event: PlayEvent) => void;
  readonly #player: LivePlayer;
  readonly #keeper: DeviceKeeper;
  readonly #film: FilmFeed;
  readonly #log = new PerformanceLog();
  readonly #filmLog: FilmLog;
  readonly #stopped = new AbortController();
  readonly #end: AbortSignal;
  readonly #recorder: Recorder;
  #serial = 0;
  #resetsLoudness = false;
  #lastOpened = { underruns: 0, callbacks: 0 };
  #underruns = 0;

  constructor(input: PlayInput, caller: HostCaller, emit: (event: PlayEvent) => void, signal: AbortSignal) {
    this.#end = AbortSignal.any([signal, this.#stopped.signal]);
    const rate = input.output.sample_rate;
    this.#input = input;
    this.#emit = emit;
    this.#player = new LivePlayer({ sampleRate: rate, seed: input.seed, mapping: compileMapping(input.mapping) });
    this.#log.keepMapping(0, input.mapping);
    this.#film = new FilmFeed(caller, this.#player);
    this.#recorder = new Recorder(this.#player, rate);
    this.#filmLog = new FilmLog(rate);
    this.#keeper = new DeviceKeeper(
      {
        player: this.#player,
        devices: async () => (await listOutputDevices()).numbers,
        devicesOutside: async () => DeviceListSchema.parse(await caller.call('devices', {})).devices.map(({ id }) => id),
        nowMs: () => performance.now(),
        onStream: (stream) => emit({ type: 'stream', stream }),
        engineLatencyMs: engineLatencyMs(rate),
      },
      input.output,
    );
  }

  /** Fading out, or gone. */
  get isOver(): boolean {
    return this.#end.aborted;
  }

  /**
   * Sounds until its signal aborts or it is stopped, then fades out.
   * @param free  resolves when the device is free for it
   */
  async run(free: Promise<void>): Promise<void> {
    const { film, transport, ceiling_db: ceiling, volume } = this.#input;
    this.#player.control('ceiling', ceiling);
    this.#player.control('volume', volume);
    if (this.#input.is_silenced) this.#player.control('panic');
    if (film) this.#load(film);
    this.#transport(transport);
    await free;
    const timer = setInterval(() => this.#read(), FRAME_MS);
    try {
      await this.#keeper.open();
      await aborted(this.#end);
    } finally {
      clearInterval(timer);
      this.#film.stop();
      this.#player.control('stop');
      await new Promise((resolve) => setTimeout(resolve, FADE_MS + (this.#keeper.stream?.latency_ms ?? 0)));
      await this.#recorder.abandon();
      await this.#keeper.close();
    }
  }

  async command(command: LiveCommand): Promise<unknown> {
    switch (command.kind) {
      case 'output':
        return this.#keeper.open({ ...command.output, sample_rate: this.#input.output.sample_rate });
      case 'record':
        return this.#recorder.start(command.audio_path, command.peaks_path);
      case 'stop-recording':
        return this.#stopRecording(command.events_path);
      case 'film':
        return this.#load(command.film);
      case 'stop':
        return this.#stopped.abort();
      case 'reset-loudness':
        this.#resetsLoudness = true;
        return null;
      default:
        if (!this.#send(command)) throw new AppError('audio-device-failed', 'The sound device takes nothing more.', { hint: 'Choose another device.', retryable: true });
        return null;
    }
  }

  #send(command: Exclude<LiveCommand, { kind: 'output' | 'record' | 'stop-recording' | 'film' | 'reset-loudness' | 'stop' }>): boolean {
    switch (command.kind) {
      case 'mapping':
        this.#serial += 1;
        this.#log.keepMapping(this.#serial, command.mapping);
        return this.#player.setMapping(compileMapping(command.mapping), Math.round((command.morph_ms / 1000) * this.#input.output.sample_rate), this.#serial);
      case 'row':
        // What a standing device does not take is no loss: the next row is newer.
        this.#player.pushRow(command.row);
        return true;
      case 'transport':
        return this.#transport(command.transport);
      case 'seek':
        this.#filmLog.sought(this.#player.state(), command.position_s);
        return this.#player.seek(command.position_s);
      case 'ceiling':
        return this.#player.control('ceiling', command.db);
      case 'volume':
        return this.#player.control('volume', command.gain);
      case 'panic':
        return this.#player.control('panic');
      case 'resume':
        return this.#player.control('open');
    }
  }

  #transport({ is_playing: isPlaying, speed, is_looping: isLooping, start_s: startS, end_s: endS }: Transport): boolean {
    return this.#player.transport({ isPlaying, speed, isLooping, startS, endS });
  }

  async #stopRecording(eventsPath: string): Promise<Recorded> {
    const { start, samples, lostFrames } = await this.#recorder.stop();
    // Those of its last moments as well.
    this.#takeEvents();
    const { seed, output } = this.#input;
    const head = { seed, sample_rate: output.sample_rate, start_sample: start, samples, lost_frames: lostFrames, lost_events: this.#player.state().lostEvents };
    const events = await this.#log.write(eventsPath, head, this.#filmLog.places);
    return { samples, sample_rate: output.sample_rate, events, lost_frames: lostFrames };
  }

  #load(film: z.infer<typeof FilmSchema>): void {
    this.#filmLog.setFilm(film.media_id);
    this.#film.load(film);
  }

  #takeEvents(): void {
    for (let events = this.#player.takeEvents(); events !== null; events = this.#player.takeEvents()) this.#log.add(events);
  }

  #read(): void {
    this.#takeEvents();
    this.#recorder.collect();
    this.#keeper.look();
    const { stream } = this.#keeper;
    if (stream === null) return;
    const health = this.#player.health();
    this.#countUnderruns(health);
    const meters = this.#player.meters(this.#resetsLoudness);
    this.#resetsLoudness = false;
    const state = this.#player.state();
    this.#filmLog.look(state);
    this.#emit({
      type: 'frame',
      frame: liveFrame({ sessionId: this.#input.session_id, state, meters, health: { ...health, underruns: this.#underruns }, stream, nowMs: Date.now() }),
    });
  }

  /** The counter of a device begins anew with each opening; the session's goes on. */
  #countUnderruns({ underruns, callbacks }: { underruns: number; callbacks: number }): void {
    const before = callbacks < this.#lastOpened.callbacks ? 0 : this.#lastOpened.underruns;
    this.#underruns += Math.max(0, underruns - before);
    this.#lastOpened = { underruns, callbacks };
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
