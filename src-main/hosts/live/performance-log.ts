/**
 * Everything that has acted on an instrument since it began, with its sample: enough to render any stretch of it again bit
 * for bit. Written as JSON lines (docs/performances.md has the format).
 */
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

import { EVENT_HEAD_COLUMNS, EVENT_KINDS, type PlayerEvents } from '../../adapters/native/live-player.ts';
import type { Mapping } from '../../contract/documents/mapping.ts';
import { EVENT_SLACK_SAMPLES, type FilmPlace, type PerformanceEvent, type PerformanceHead } from '../../contract/documents/performance.ts';
import { featureLayout } from '../../contract/feature-layout.ts';

const { columns } = featureLayout;

/** What the recording knows of itself. */
export type RecordedHead = Omit<PerformanceHead, 'kinetone_performance' | 'mapping'>;

export class PerformanceLog {
  readonly #parts: PlayerEvents[] = [];
  /** Mappings by serial as JSON, a third of what they are as objects; 0 is the one it began with. */
  readonly #mappings = new Map<number, string>();
  #count = 0;

  keepMapping(serial: number, mapping: Mapping): void {
    this.#mappings.set(serial, JSON.stringify(mapping));
  }

  add(events: PlayerEvents): void {
    this.#parts.push(events);
    this.#count += events.heads.length / EVENT_HEAD_COLUMNS;
  }

  get count(): number {
    return this.#count;
  }

  /** Writes head, places of the film and every event before the end of the stretch. @returns how many events. */
  async write(path: string, head: RecordedHead, film: readonly FilmPlace[]): Promise<number> {
    let written = 0;
    const untilSample = head.start_sample + head.samples;
    const lines = this.#lines(untilSample, () => (written += 1));
    const places = film.filter(({ at }) => at < untilSample).map((place) => `${JSON.stringify(place)}\n`);
    const whole: PerformanceHead = { kinetone_performance: 1, ...head, mapping: this.#mapping(0) };
    const first = `${JSON.stringify(whole)}\n`;
    await pipeline(async function* () {
      yield first;
      yield* places;
      yield* lines;
      yield `${JSON.stringify({ end: { events: written } })}\n`;
    }, createWriteStream(path));
    return written;
  }

  #mapping(serial: number): Mapping {
    const mapping = this.#mappings.get(serial);
    if (mapping === undefined) throw new Error(`The mapping ${serial} was not kept.`);
    return JSON.parse(mapping) as Mapping;
  }

  *#lines(untilSample: number, onLine: () => void): Generator<string> {
    for (const { heads, rows } of this.#parts) {
      for (let i = 0; i < heads.length / EVENT_HEAD_COLUMNS; i += 1) {
        const [kind = 0, position = 0, serial = 0, morphFrames = 0, value = 0] = heads.subarray(i * EVENT_HEAD_COLUMNS);
        if (position >= untilSample + EVENT_SLACK_SAMPLES) return;
        if (position >= untilSample) continue;
        onLine();
        yield `${JSON.stringify(this.#entry(kind, { position, serial, morphFrames, value }, () => Array.from(rows.subarray(i * columns, (i + 1) * columns))))}\n`;
      }
    }
  }

  #entry(kind: number, { position, serial, morphFrames, value }: Record<'position' | 'serial' | 'morphFrames' | 'value', number>, row: () => number[]): PerformanceEvent {
    switch (EVENT_KINDS[kind]) {
      case 'mapping':
        return { at: position, mapping: this.#mapping(serial), morph_samples: morphFrames };
      case 'ceiling':
        return { at: position, ceiling_db: value };
      default:
        return { at: position, features: row() };
    }
  }
}
