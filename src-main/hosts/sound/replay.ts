/**
 * The host methods `replay` and `inspectPerformance`: a recorded performance rendered again from its events, bit for bit
 * as it was recorded, and what its file says of itself.
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

import { SonifyEngine } from '../../adapters/native/engine.ts';
import { EVENT_SLACK_SAMPLES, type FilmPlace, type PerformanceEvent, type PerformanceHead } from '../../contract/documents/performance.ts';
import { InspectPerformanceInputSchema, type InspectPerformanceOutput, type ReplayInput, ReplayInputSchema } from '../../contract/hosts/performance.ts';
import type { HostMethod, HostMethodContext } from '../../core/host.ts';
import { PerformanceReader } from '../../core/sonify/live/performance-file.ts';
import { compileMapping } from '../../core/sonify/mapping/index.ts';
import { splitStems } from './split-stems.ts';
import { WavWriter } from './wav-file.ts';

const BLOCK_FRAMES = 8192;
const CHANNELS = 2;
const STEMS = 3;

async function openPerformance(path: string): Promise<{ reader: PerformanceReader; head: PerformanceHead; close(): void }> {
  const stream = createReadStream(path);
  const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  // A file that cannot be read ends the lines with its error.
  stream.on('error', (error) => lines.emit('error', error));
  const reader = new PerformanceReader(lines);
  const close = (): void => {
    lines.close();
    stream.destroy();
  };
  try {
    return { reader, head: await reader.head(), close };
  } catch (error) {
    close();
    throw error;
  }
}

/** Gives the engine the events of a file as it comes to them. */
class EventFeed {
  readonly #reader: PerformanceReader;
  readonly #engine: SonifyEngine;
  #waiting: PerformanceEvent | null = null;
  #isOver = false;
  #lastRow = 0;

  constructor(reader: PerformanceReader, engine: SonifyEngine) {
    this.#reader = reader;
    this.#engine = engine;
  }

  /** Every event up to a sample. */
  async feed(until: number): Promise<void> {
    while (!this.#isOver) {
      this.#waiting ??= await this.#read();
      if (this.#waiting === null || this.#waiting.at > until + EVENT_SLACK_SAMPLES) return;
      this.#give(this.#waiting);
      this.#waiting = null;
    }
  }

  async #read(): Promise<PerformanceEvent | null> {
    for (let line = await this.#reader.next(); line !== null; line = await this.#reader.next()) if ('event' in line) return line.event;
    this.#isOver = true;
    return null;
  }

  #give(event: PerformanceEvent): void {
    if ('mapping' in event) return this.#engine.setMapping(compileMapping(event.mapping), event.at, event.morph_samples);
    if ('ceiling_db' in event) return this.#engine.setCeiling(event.ceiling_db, event.at);
    // A row that is late acts with the one before it, as it did when it was played.
    this.#lastRow = Math.max(this.#lastRow, event.at);
    this.#engine.pushFeatures(Float32Array.from(event.features), Float64Array.of(this.#lastRow));
  }
}

class Replay {
  readonly #input: ReplayInput;
  readonly #context: HostMethodContext;
  readonly #engine: SonifyEngine;
  readonly #feed: EventFeed;

  constructor(input: ReplayInput, context: HostMethodContext, head: PerformanceHead, reader: PerformanceReader) {
    this.#input = input;
    this.#context = context;
    this.#engine = new SonifyEngine({ sampleRate: head.sample_rate, seed: head.seed, mapping: compileMapping(head.mapping) });
    this.#feed = new EventFeed(reader, this.#engine);
  }

  async run(sampleRate: number): Promise<void> {
    const { first_sample: first, samples, premaster_path: path, stem_paths: stemPaths } = this.#input;
    const format = { sampleRate, channels: CHANNELS, sampleFormat: 'f32' } as const;
    const writers = await Promise.all([path, ...(stemPaths ?? [])].map((target) => WavWriter.create(target, format)));
    try {
      for (let at = 0; at < first + samples; ) {
        this.#context.signal.throwIfAborted();
        // Blocks end where the stretch begins, so that each is written whole or not at all.
        const frames = Math.min(BLOCK_FRAMES, (at < first ? first : first + samples) - at);
        await this.#block(at, frames, at < first ? [] : writers);
        at += frames;
        this.#context.emit({ samples: Math.round((at / (first + samples)) * samples), pass: 1, passes: 1 });
      }
      for (const writer of writers) await writer.close();
    } catch (error) {
      for (const writer of writers) await writer.abandon();
      throw error;
    }
  }

  async #block(position: number, frames: number, [premaster, ...stemWriters]: readonly WavWriter[]): Promise<void> {
    await this.#feed.feed(position + frames + this.#engine.lookaheadFrames);
    const master = new Float32Array(frames * CHANNELS);
    if (stemWriters.length === 0) {
      await this.#engine.render(frames, master);
    } else {
      const stems = new Float32Array(frames * CHANNELS * STEMS);
      await this.#engine.render(frames, master, stems);
      const parts = splitStems(stems, frames);
      for (const [index, writer] of stemWriters.entries()) await writer.write(parts[index] ?? new Float32Array(0));
    }
    await premaster?.write(master);
  }
}

export const replay: HostMethod = async (raw, context) => {
  const input = ReplayInputSchema.parse(raw);
  const { reader, head, close } = await openPerformance(input.events_path);
  try {
    await new Replay(input, context, head, reader).run(head.sample_rate);
  } finally {
    close();
  }
  return null;
};

export const inspectPerformance: HostMethod = async (raw): Promise<InspectPerformanceOutput> => {
  const { events_path: path } = InspectPerformanceInputSchema.parse(raw);
  const { reader, head, close } = await openPerformance(path);
  const film: FilmPlace[] = [];
  try {
    for (let line = await reader.next(); line !== null; line = await reader.next()) if ('film' in line) film.push(line.film);
  } finally {
    close();
  }
  return { head, film };
};
