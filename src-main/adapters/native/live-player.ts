/**
 * The instrument on a device: the typed face of the addon's LivePlayer. Sound is made on the device's own thread; what is
 * asked for here takes effect at that thread's next control tick (64 samples), whatever JavaScript does meanwhile.
 */
import type { CompiledMapping } from '../../core/sonify/mapping/index.ts';
import { loadAddon } from './addon.ts';
import { nativeError } from './native-error.ts';

export interface OutputRequest {
  readonly backend: 'portaudio' | 'null';
  /** PortAudio's number of the device; -1 for its default. */
  readonly device: number;
  readonly rate: number;
  /** 16..8192 */
  readonly bufferFrames: number;
  readonly firstChannel: number;
  /** `null` only: how much its clock runs fast. */
  readonly driftPpm: number;
}

export interface OutputInfo {
  readonly device: string;
  readonly hostApi: string;
  readonly rate: number;
  readonly latencyMs: number;
  readonly channels: number;
  readonly bufferFrames: number;
}

export interface OutputHealth {
  readonly callbacks: number;
  readonly underruns: number;
  /** Longest share of a buffer's time since the last look. */
  readonly load: number;
  /** The device has asked for sound within the last tenth of a second or so. */
  readonly isAlive: boolean;
  readonly isBusy: boolean;
}

export interface PlayerState {
  /** Samples given to the device. */
  readonly position: number;
  /** Place in the film of that sample, s. */
  readonly filmS: number;
  readonly isPlaying: boolean;
  readonly isSilenced: boolean;
  readonly isStarved: boolean;
  readonly hasFaulted: boolean;
  readonly isMorphing: boolean;
  readonly speed: number;
  readonly bpm: number;
  readonly beat: number;
  readonly bar: number;
  readonly wobbleHz: number;
  readonly chordRoot: number;
  readonly chordPlace: number;
  readonly chordQuality: number;
  readonly rhythmLevel: number;
  /** Of the mapping in force. */
  readonly serial: number;
  readonly lostEvents: number;
  readonly inputs: Float32Array;
  readonly outputs: Float32Array;
  readonly parameters: Float32Array;
  /** The newest feature row. */
  readonly seen: Float32Array;
}

export interface PlayerMeters {
  /** Peak left, right, root mean square left, right; linear, since the last call. */
  readonly levels: Float32Array;
  /** Peak of bass, rhythm, atmosphere; linear. */
  readonly strips: Float32Array;
  readonly momentaryLufs: number | null;
  readonly shortTermLufs: number | null;
  readonly integratedLufs: number | null;
  /** 256 samples. */
  readonly scope: Float32Array;
  /** 64 bands, dBFS. */
  readonly spectrum: Float32Array;
}

export const EVENT_KINDS = ['row', 'mapping', 'ceiling'] as const;
export const EVENT_HEAD_COLUMNS = 5;

/** What took effect: heads are n × (kind, position, serial, morph frames, value), rows n × 53. */
export interface PlayerEvents {
  readonly heads: Float64Array;
  readonly rows: Float32Array;
}

export interface Recording {
  /** Interleaved stereo since the last call. */
  readonly samples: Float32Array;
  /** Position of the recording's first sample. */
  readonly start: number;
  readonly lostFrames: number;
  readonly isDone: boolean;
}

export interface PlayerTransport {
  readonly isPlaying: boolean;
  /** 0.25..2 */
  readonly speed: number;
  readonly isLooping: boolean;
  readonly startS: number;
  readonly endS: number;
}

interface NativePlayer {
  setMapping(mapping: CompiledMapping, morphFrames: number, serial: number): boolean;
  pushRow(row: Float32Array): boolean;
  setTrack(capacity: number): boolean;
  appendTrack(timestampsS: Float64Array, rows: Float32Array, isFinished: boolean): void;
  transport(transport: PlayerTransport): boolean;
  seek(seconds: number): boolean;
  control(action: 'ceiling' | 'volume' | 'panic' | 'stop' | 'open', value: number): boolean;
  record(isOn: boolean): boolean;
  takeRecording(): Recording | null;
  takeEvents(): PlayerEvents | null;
  state(): PlayerState;
  meters(resetsLoudness: boolean): PlayerMeters;
  open(request: OutputRequest): Promise<OutputInfo>;
  close(): Promise<void>;
  health(): OutputHealth;
  pull(frames: number, samples: Float32Array): void;
}

interface PlayerExports {
  readonly LivePlayer: new (options: { sampleRate: number; seed: number; mapping: CompiledMapping }) => NativePlayer;
}

/**
 * One instrument with at most one output. Commands answer false when 256 of them wait, because the device stands; nothing
 * of such a command is kept.
 */
export class LivePlayer {
  readonly #native: NativePlayer;

  /** @throws AppError 'internal' for a number out of range, 'addon-missing' */
  constructor(options: { readonly sampleRate: number; readonly seed: number; readonly mapping: CompiledMapping }) {
    const { LivePlayer: Native } = loadAddon() as PlayerExports;
    this.#native = this.#do(() => new Native(options));
  }

  /** @param morphFrames  0: at once, or as the new aim of a running morph. @param serial  comes back in state and log. */
  setMapping(mapping: CompiledMapping, morphFrames: number, serial: number): boolean {
    return this.#do(() => this.#native.setMapping(mapping, morphFrames, serial));
  }

  /** A feature row that acts now. @param row  53 floats. @returns whether it was taken; one that a standing device leaves is dropped. */
  pushRow(row: Float32Array): boolean {
    return this.#do(() => this.#native.pushRow(row));
  }

  /** Another film; its frames are appended afterwards. @param capacity  the most frames it can have; 220 bytes each. */
  setTrack(capacity: number): boolean {
    return this.#do(() => this.#native.setTrack(capacity));
  }

  /** @param timestampsS  n times that never fall. @param rows  n × 53. @throws AppError 'native-size-mismatch' beyond the capacity. */
  appendTrack(timestampsS: Float64Array, rows: Float32Array, isFinished: boolean): void {
    this.#do(() => this.#native.appendTrack(timestampsS, rows, isFinished));
  }

  transport(transport: PlayerTransport): boolean {
    return this.#do(() => this.#native.transport(transport));
  }

  seek(seconds: number): boolean {
    return this.#do(() => this.#native.seek(seconds));
  }

  /** ceiling: -60..-1 dBTP; volume: 0..1; panic: silent in 5 ms; stop: in 18 ms; open: back with a soft start. */
  control(action: 'ceiling' | 'volume' | 'panic' | 'stop' | 'open', value = 0): boolean {
    return this.#do(() => this.#native.control(action, value));
  }

  /** Keeps up to 20 s of sound for takeRecording(); what is not taken in time is lost and counted. */
  record(isOn: boolean): boolean {
    return this.#do(() => this.#native.record(isOn));
  }

  takeRecording(): Recording | null {
    return this.#native.takeRecording();
  }

  /** Up to 1024 events since the last call, by position; null when there are none. */
  takeEvents(): PlayerEvents | null {
    return this.#native.takeEvents();
  }

  state(): PlayerState {
    return this.#native.state();
  }

  /** Cost: about 0.1 ms, and what has been played since the last call through the loudness meter. */
  meters(resetsLoudness = false): PlayerMeters {
    return this.#native.meters(resetsLoudness);
  }

  /** Opens an output, in place of the present one. @throws AppError 'audio-device-failed' with the library's reason. */
  async open(request: OutputRequest): Promise<OutputInfo> {
    try {
      return await this.#native.open(request);
    } catch (error) {
      throw nativeError(error);
    }
  }

  async close(): Promise<void> {
    await this.#native.close();
  }

  health(): OutputHealth {
    return this.#native.health();
  }

  /** The next samples without a device, as fast as possible. @param samples  2 × frames; overwritten. */
  pull(frames: number, samples: Float32Array): void {
    this.#do(() => this.#native.pull(frames, samples));
  }

  #do<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw nativeError(error);
    }
  }
}
