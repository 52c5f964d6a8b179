/**
 * Reads the events of a recorded performance line by line, in constant memory, and takes nothing that is not exactly as
 * docs/performances.md says: what is rendered again from a damaged file would only sound like the performance.
 */
import type { z } from 'zod';

import { CeilingEventSchema, EVENT_SLACK_SAMPLES, FeaturesEventSchema, type FilmPlace, FilmPlaceSchema, MappingEventSchema, PerformanceEndSchema, type PerformanceEvent, type PerformanceHead, PerformanceHeadSchema } from '../../../contract/documents/performance.ts';
import { AppError } from '../../../contract/errors.ts';

export type PerformanceLine = { readonly film: FilmPlace } | { readonly event: PerformanceEvent };

/** By the one key that tells them apart. */
const EVENTS = [
  ['features', FeaturesEventSchema],
  ['mapping', MappingEventSchema],
  ['ceiling_db', CeilingEventSchema],
] as const;

export class PerformanceReader {
  readonly #lines: AsyncIterator<string>;
  #line = 0;
  #events = 0;
  #lastAt = 0;

  /** @param lines  of the file, without their ends */
  constructor(lines: AsyncIterable<string>) {
    this.#lines = lines[Symbol.asyncIterator]();
  }

  /** The first line; to be called once, first. @throws AppError 'performance-invalid' */
  async head(): Promise<PerformanceHead> {
    const value = await this.#next();
    if (value === null) throw this.#refusal('it is empty');
    return this.#parsed(PerformanceHeadSchema, value);
  }

  /** The next place of the film or event; null after the last of a whole file. @throws AppError 'performance-invalid' */
  async next(): Promise<PerformanceLine | null> {
    const value = await this.#next();
    if (value === null) throw this.#refusal('it ends too early');
    if ('end' in value) return this.#end(value);
    if ('film' in value) {
      if (this.#events > 0) throw this.#refusal('a place of the film stands among the events');
      return { film: this.#ordered(this.#parsed(FilmPlaceSchema, value)) };
    }
    const schema = EVENTS.find(([key]) => key in value)?.[1];
    if (!schema) throw this.#refusal('it is no event');
    if (this.#events === 0) this.#lastAt = 0;
    this.#events += 1;
    return { event: this.#ordered(this.#parsed<PerformanceEvent>(schema, value)) };
  }

  async #end(value: object): Promise<null> {
    const { end } = this.#parsed(PerformanceEndSchema, value);
    if (end.events !== this.#events) throw this.#refusal(`it counts ${end.events} events, there are ${this.#events}`);
    if ((await this.#lines.next()).done !== true) throw this.#refusal('something follows the end');
    return null;
  }

  #ordered<Place extends { readonly at: number }>(place: Place): Place {
    if (place.at < this.#lastAt - EVENT_SLACK_SAMPLES) throw this.#refusal(`sample ${place.at} comes after ${this.#lastAt}`);
    this.#lastAt = Math.max(this.#lastAt, place.at);
    return place;
  }

  async #next(): Promise<object | null> {
    const { done, value } = await this.#lines.next();
    if (done === true) return null;
    this.#line += 1;
    try {
      const parsed: unknown = JSON.parse(value);
      if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed;
    } catch (cause) {
      throw this.#refusal('it is not JSON', cause);
    }
    throw this.#refusal('it is no object');
  }

  #parsed<T>(schema: z.ZodType<T>, value: object): T {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    throw this.#refusal(`${issue?.message ?? 'it does not fit'} (/${issue?.path.join('/') ?? ''})`, result.error);
  }

  #refusal(reason: string, cause?: unknown): AppError {
    return new AppError('performance-invalid', `The recorded performance cannot be read: line ${this.#line}: ${reason}.`, { hint: 'Its sound file is not affected.', cause });
  }
}
