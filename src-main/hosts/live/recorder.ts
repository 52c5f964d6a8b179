/** Writes what an instrument plays to a WAV file while it plays, and its log beside it when the recording ends. */
import type { LivePlayer } from '../../adapters/native/live-player.ts';
import { AppError } from '../../contract/errors.ts';
import type { Recorded } from '../../contract/hosts/live.ts';
import { WavWriter } from '../sound/wav-file.ts';
import type { PerformanceLog } from './performance-log.ts';

const END_MS = 3000;

export class Recorder {
  readonly #player: LivePlayer;
  readonly #rate: number;
  #writer: WavWriter | null = null;
  #samples = 0;
  #start = 0;
  #lost = 0;
  #isDone = false;
  #writing: Promise<void> = Promise.resolve();
  #fault: unknown = null;

  constructor(player: LivePlayer, rate: number) {
    this.#player = player;
    this.#rate = rate;
  }

  get isRecording(): boolean {
    return this.#writer !== null;
  }

  /** @throws AppError 'disk-full', 'output-unwritable' */
  async start(path: string): Promise<void> {
    if (this.#writer !== null) return;
    this.#writer = await WavWriter.create(path, { sampleRate: this.#rate, channels: 2, sampleFormat: 'f32' });
    [this.#samples, this.#start, this.#lost, this.#isDone, this.#fault] = [0, 0, 0, false, null];
    this.#player.record(true);
  }

  /** Takes what was played since; to be called at least every few seconds. */
  collect(): void {
    const writer = this.#writer;
    if (writer === null || this.#isDone) return;
    const taken = this.#player.takeRecording();
    if (taken === null) return;
    this.#isDone = taken.isDone;
    this.#lost = taken.lostFrames;
    if (this.#samples === 0 && taken.samples.length > 0) this.#start = taken.start;
    this.#samples += taken.samples.length / 2;
    if (taken.samples.length === 0) return;
    this.#writing = this.#writing.then(() => writer.write(taken.samples)).catch((error: unknown) => {
      this.#fault ??= error;
    });
  }

  /** @throws AppError 'not-found' when nothing is recorded; 'disk-full'. */
  async stop(eventsPath: string, log: PerformanceLog, head: { seed: number }): Promise<Recorded> {
    const writer = this.#writer;
    if (writer === null) throw new AppError('not-found', 'Nothing is being recorded.');
    this.#player.record(false);
    for (const endMs = performance.now() + END_MS; !this.#isDone && performance.now() < endMs; ) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      this.collect();
    }
    this.#writer = null;
    await this.#writing;
    if (this.#fault !== null) {
      await writer.abandon();
      throw this.#fault;
    }
    await writer.close();
    const [start, samples] = [this.#start, this.#samples];
    const events = await log.write(eventsPath, { seed: head.seed, sample_rate: this.#rate, start_sample: start, samples }, start + samples);
    return { samples, sample_rate: this.#rate, events, lost_frames: this.#lost };
  }

  /** Gives an open recording up. */
  async abandon(): Promise<void> {
    const writer = this.#writer;
    this.#writer = null;
    await this.#writing;
    await writer?.abandon();
  }
}
