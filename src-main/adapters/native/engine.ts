/**
 * The sound engine: the typed face of the addon's SonifyEngine. Features and mappings in, audio out; the same bits for the
 * same events, mapping, seed and rate, whatever the block size. JavaScript allocates, the addon borrows.
 */
import type { CompiledMapping } from '../../core/sonify/mapping/index.ts';
import { loadAddon } from './addon.ts';
import { nativeError } from './native-error.ts';

export interface EngineOptions {
  /** 8000..192000 */
  readonly sampleRate: number;
  /** Unsigned 32-bit. */
  readonly seed: number;
  readonly mapping: CompiledMapping;
  /** Absolute position of the first output sample; beats count from sample 0 all the same. Default 0. */
  readonly startSample?: number;
  /** Rows of values per second kept for takeTrace(). Default 0: none. */
  readonly traceHz?: number;
  /** Whether notes are kept for takeEvents(). Default false. */
  readonly keepEvents?: boolean;
}

export interface EngineState {
  /** Next output sample. The other values are those of the newest control tick, up to `lookaheadFrames` later. */
  readonly position: number;
  readonly bpm: number;
  /** Beats since the bar began, 0..4. */
  readonly beat: number;
  readonly bar: number;
  /** Effective rate of the wobble. */
  readonly wobbleHz: number;
  /** Pitch class of the chord's root (0 = C), its place on the circle of fifths (0 = tonic), 0 major 1 minor 2 dominant. */
  readonly chordRoot: number;
  readonly chordPlace: number;
  readonly chordQuality: number;
  /** 0 (silence) .. 12. */
  readonly rhythmLevel: number;
  /** Feature frames pushed and not yet due. */
  readonly queued: number;
  /** Something that was not sound had to be muted. */
  readonly hasFaulted: boolean;
  /** Per row: the source within the input range, 0..1. */
  readonly inputs: Float32Array;
  /** Per row: in the unit of its parameter. */
  readonly outputs: Float32Array;
  /** In table order. */
  readonly parameters: Float32Array;
}

export const NOTE_KINDS = ['drum', 'pad-on', 'pad-off', 'bass'] as const;
export const DRUMS = ['kick', 'snare', 'clap', 'closed-hat', 'open-hat', 'low-perc', 'high-perc', 'tom', 'crash', 'impact'] as const;
const EVENT_COLUMNS = 6;

export interface EngineNote {
  readonly position: number;
  readonly kind: (typeof NOTE_KINDS)[number];
  /** Index of the drum, or the pad's slot. */
  readonly index: number;
  /** MIDI note; of a drum, semitones about its own pitch. */
  readonly pitch: number;
  /** 0..1 */
  readonly velocity: number;
}

/** Columns of takeTrace() before the rows. Then input and output of each row, then every parameter. */
export const TRACE_HEADER = ['bpm', 'beat', 'wobbleHz', 'bar', 'chordPlace', 'rhythmLevel'] as const;

interface NativeEngine {
  pushFeatures(rows: Float32Array, positions: Float64Array): void;
  setMapping(mapping: CompiledMapping, atSample: number, morphFrames: number): void;
  setCeiling(ceilingDb: number, atSample: number): void;
  render(frames: number, master: Float32Array, stems?: Float32Array): Promise<void>;
  inspect(): EngineState;
  takeTrace(): Float32Array;
  takeEvents(): Float64Array;
  readonly lookaheadFrames: number;
  readonly traceColumns: number;
}

interface EngineExports {
  readonly SonifyEngine: new (options: EngineOptions) => NativeEngine;
}

/** One sonification. Not for two callers at once: every method throws while render() has not settled. */
export class SonifyEngine {
  readonly #native: NativeEngine;

  /** @throws AppError 'internal' for a mapping or number out of range, 'addon-missing'. Cost: a few milliseconds. */
  constructor(options: EngineOptions) {
    const { SonifyEngine: Native } = loadAddon() as EngineExports;
    try {
      this.#native = new Native(options);
    } catch (error) {
      throw nativeError(error);
    }
  }

  /**
   * Queues feature frames; each takes effect at the first control tick (multiple of 64 samples) at or after its position.
   * To be in time it must be pushed before render() comes within `lookaheadFrames` of it; a late one acts at once.
   * @param rows  n × 53 floats (feature-layout.ts), row-major; copied.
   * @param positions  n whole absolute samples, never falling, also across calls.
   * @throws AppError 'native-size-mismatch' (also when two million frames wait), 'internal' for a falling position.
   */
  pushFeatures(rows: Float32Array, positions: Float64Array): void {
    this.#do(() => this.#native.pushFeatures(rows, positions));
  }

  /**
   * Replaces the mapping at an absolute sample; rows with the same id go on from where they stand.
   * @param morphFrames  over how many samples it comes in; 0: at once, or as the new aim of a running morph.
   */
  setMapping(mapping: CompiledMapping, atSample: number, morphFrames = 0): void {
    this.#do(() => this.#native.setMapping(mapping, atSample, morphFrames));
  }

  /** The limiter's ceiling from an absolute sample on, -60..-1 dBTP; -1 at the beginning. */
  setCeiling(ceilingDb: number, atSample: number): void {
    this.#do(() => this.#native.setCeiling(ceilingDb, atSample));
  }

  /**
   * Renders the next frames, 1 .. 2^24.
   * @param master  2 × frames, interleaved stereo, at most -1 dBTP; overwritten.
   * @param stems  6 × frames, interleaved (bass L R, rhythm L R, atmosphere L R), after the faders; overwritten. Their sum
   *   (bass + rhythm) + atmosphere is the premaster. The arrays must not be transferred before the promise settles.
   * Cost: see docs/sound.md; on Node's thread pool.
   */
  async render(frames: number, master: Float32Array, stems?: Float32Array): Promise<void> {
    try {
      await this.#native.render(frames, master, stems);
    } catch (error) {
      throw nativeError(error);
    }
  }

  inspect(): EngineState {
    return this.#do(() => this.#native.inspect());
  }

  /** Takes out the trace up to the present position: [row][column], `traceColumns` wide, `traceHz` rows a second. */
  takeTrace(): Float32Array {
    return this.#do(() => this.#native.takeTrace());
  }

  /** Takes out the notes up to the present position, by time. */
  takeEvents(): EngineNote[] {
    const numbers = this.#do(() => this.#native.takeEvents());
    return Array.from({ length: numbers.length / EVENT_COLUMNS }, (_, i) => {
      const [position = 0, kind = 0, index = 0, pitch = 0, velocity = 0] = numbers.subarray(i * EVENT_COLUMNS);
      return { position, kind: NOTE_KINDS[kind] ?? 'drum', index, pitch, velocity };
    });
  }

  /** How far ahead of its output the engine works. */
  get lookaheadFrames(): number {
    return this.#native.lookaheadFrames;
  }

  get traceColumns(): number {
    return this.#native.traceColumns;
  }

  #do<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw nativeError(error);
    }
  }
}
