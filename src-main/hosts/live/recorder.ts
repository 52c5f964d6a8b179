/** Writes what an instrument plays to a WAV file while it plays, and its waveform beside it. */
import type { LivePlayer } from '../../adapters/native/live-player.ts';
import { AppError } from '../../contract/errors.ts';
import { PeaksWriter } from '../sound/peaks-writer.ts';
import { WavWriter } from '../sound/wav-file.ts';

const END_MS = 3000;
const CHANNELS = 2;
/** Samples that may wait for the disk here; beyond, they wait in the tap, which counts what it has no room for. */
const MOST_WAITING = 2 << 20;
/** What a full disk must give back so that the events of a recording, and the record of it, have a place: share of the sound, and bytes. */
const ROOM = { share: 0.06, bytes: 1 << 20 };
const BYTES_PER_FRAME = 4 * CHANNELS;
/** A recording cut shorter is none. */
const LEAST_S = 0.5;

/** A recording that has ended: its place in the session, in samples. */
export interface RecordedStretch {
  readonly start: number;
  readonly samples: number;
  readonly lostFrames: number;
}

type Tap = Pick<LivePlayer, 'record' | 'takeRecording'>;

interface Files {
  readonly sound: WavWriter;
  readonly peaks: PeaksWriter;
}

export class Recorder {
  readonly #player: Tap;
  readonly #rate: number;
  #files: Files | null = null;
  #samples = 0;
  /** Frames that both files have. */
  #kept = 0;
  #start = 0;
  #lost = 0;
  #isDone = false;
  #isStopping = false;
  #waiting = 0;
  #writing: Promise<void> = Promise.resolve();
  #fault: unknown = null;

  constructor(player: Tap, rate: number) {
    this.#player = player;
    this.#rate = rate;
  }

  /** @throws AppError 'disk-full', 'output-unwritable' */
  async start(path: string, peaksPath: string): Promise<void> {
    if (this.#files !== null) return;
    const sound = await WavWriter.create(path, { sampleRate: this.#rate, channels: CHANNELS, sampleFormat: 'f32' });
    try {
      this.#files = { sound, peaks: await PeaksWriter.create(peaksPath, CHANNELS) };
    } catch (error) {
      await sound.abandon();
      throw error;
    }
    [this.#samples, this.#kept, this.#start, this.#lost, this.#isDone, this.#fault, this.#waiting] = [0, 0, 0, 0, false, null, 0];
    this.#player.record(true);
  }

  /** Takes what was played since; to be called at least every few seconds. */
  collect(): void {
    const files = this.#files;
    if (files === null || this.#isDone || this.#waiting > MOST_WAITING) return;
    const taken = this.#player.takeRecording();
    if (taken === null) return;
    this.#isDone = taken.isDone;
    this.#lost = taken.lostFrames;
    if (this.#samples === 0 && taken.samples.length > 0) this.#start = taken.start;
    this.#samples += taken.samples.length / CHANNELS;
    // After a fault the file has no place for what comes later.
    if (taken.samples.length === 0 || this.#fault !== null) return;
    const write = async (): Promise<void> => {
      await files.sound.write(taken.samples);
      await files.peaks.write(taken.samples);
      this.#kept += taken.samples.length / CHANNELS;
      this.#waiting -= taken.samples.length;
    };
    this.#waiting += taken.samples.length;
    this.#writing = this.#writing.then(write).catch((error: unknown) => {
      this.#fault ??= error;
    });
  }

  /**
   * Ends the recording; both files are whole then. Where the disk became full, what was written before is kept but for its last
   * moments, which make room for the rest of the performance; what is missing counts as lost.
   * @throws AppError 'not-found' when nothing is recorded; 'disk-full' where next to nothing was written.
   */
  async stop(): Promise<RecordedStretch> {
    const files = this.#files;
    if (files === null || this.#isStopping) throw new AppError('not-found', 'Nothing is being recorded.');
    this.#isStopping = true;
    this.#player.record(false);
    for (const endMs = performance.now() + END_MS; !this.#isDone && performance.now() < endMs; ) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      this.collect();
    }
    this.#files = null;
    this.#isStopping = false;
    await this.#writing;
    try {
      if (this.#fault !== null) await this.#cut(files, this.#fault);
      await files.peaks.close();
      await files.sound.close();
    } catch (error) {
      await abandon(files);
      throw error;
    }
    return { start: this.#start, samples: this.#samples, lostFrames: this.#lost };
  }

  async #cut({ sound, peaks }: Files, fault: unknown): Promise<void> {
    const frames = Math.floor(this.#kept * (1 - ROOM.share) - ROOM.bytes / BYTES_PER_FRAME);
    if (!(fault instanceof AppError && fault.code === 'disk-full') || frames < LEAST_S * this.#rate) throw fault;
    await sound.cutTo(frames);
    await peaks.cutTo(frames);
    this.#lost += this.#samples - frames;
    this.#samples = frames;
  }

  /** Gives an open recording up. */
  async abandon(): Promise<void> {
    const files = this.#files;
    this.#files = null;
    await this.#writing;
    if (files) await abandon(files);
  }
}

async function abandon({ sound, peaks }: Files): Promise<void> {
  await sound.abandon();
  await peaks.abandon();
}
