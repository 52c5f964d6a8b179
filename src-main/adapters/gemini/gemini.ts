/**
 * Gemini through Google's own library (models.generateContent): one question, one JSON answer. Nothing is sent, and the library
 * is not even loaded, while the settings do not allow it or there is no key. The key goes into one header and nowhere else.
 */
import { setTimeout as pause } from 'node:timers/promises';

import type * as Genai from '@google/genai/web';
import { z } from 'zod';

import type { GeminiState } from '../../contract/operations/choreography.ts';
import { type Proposer, ProposerError } from '../../core/choreography/ports.ts';

export interface GeminiKey {
  readonly key: string;
  readonly from: 'environment' | 'file';
}

export interface GeminiOptions {
  readonly baseUrl: string;
  readonly model: string;
  readonly isAllowed: () => boolean;
  readonly key: () => GeminiKey | null;
  /** Of each attempt. */
  readonly deadlineMs?: number;
  /** Before the second attempt. */
  readonly pauseMs?: number;
}

const DEADLINE_MS = 20_000;
const PAUSE_MS = 800;
const MOST_ANSWER = 1 << 20;
const API_VERSION = 'v1beta';

const PartSchema = z.object({ text: z.string().optional(), thought: z.boolean().optional() });
const CandidateSchema = z.object({ content: z.object({ parts: z.array(PartSchema) }) });
/** The first candidate; of further ones the library would complain on the console. */
const AnswerSchema = z.object({ candidates: z.tuple([CandidateSchema]).rest(z.unknown()).transform(([first]) => [first]) });

export class Gemini implements Proposer {
  readonly #options: GeminiOptions;

  constructor(options: GeminiOptions) {
    this.#options = options;
  }

  state(): GeminiState {
    const key = this.#options.key();
    const state = !this.#options.isAllowed() ? 'off' : key === null ? 'no-key' : 'ready';
    return { state, model: this.#options.model, key_from: key?.from ?? null };
  }

  async ask(question: string, schema: object, signal: AbortSignal): Promise<unknown> {
    try {
      return await this.#once(question, schema, signal);
    } catch (error) {
      const isPassing = error instanceof ProposerError && (error.problem === 'busy' || error.problem === 'failed');
      if (!isPassing) throw error;
    }
    // The library's own repetition could not be cancelled while it waits.
    await pause(this.#options.pauseMs ?? PAUSE_MS, undefined, { signal }).catch(() => signal.throwIfAborted());
    return this.#once(question, schema, signal);
  }

  /** The key, while it may be used. @throws ProposerError */
  #permitted(): string {
    if (!this.#options.isAllowed()) throw new ProposerError('notAllowed');
    const key = this.#options.key();
    if (key === null) throw new ProposerError('noKey');
    return key.key;
  }

  async #once(question: string, schema: object, signal: AbortSignal): Promise<unknown> {
    const { baseUrl, model, deadlineMs = DEADLINE_MS } = this.#options;
    const apiKey = this.#permitted();
    const { GoogleGenAI } = await library();
    const deadline = AbortSignal.timeout(deadlineMs);
    try {
      const { models } = new GoogleGenAI({ apiKey, apiVersion: API_VERSION, httpOptions: { baseUrl, fetch: exchange } });
      const { text } = await models.generateContent({
        model,
        contents: question,
        config: { temperature: 0, responseMimeType: 'application/json', responseJsonSchema: schema, abortSignal: AbortSignal.any([signal, deadline]) },
      });
      return parsed(text ?? '');
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ProposerError) throw error;
      // What the library throws is not kept: it may quote the header that holds the key.
      throw new ProposerError(deadline.aborted ? 'timeout' : 'failed');
    }
  }
}

/** Its entry for Node would take addresses, projects and keys from the environment as well, and sign in by itself. @throws ProposerError */
function library(): Promise<typeof Genai> {
  return import('@google/genai/web').catch((error: unknown) => {
    throw new ProposerError('failed', error);
  });
}

/**
 * The network as the library may use it: no redirect to another host, no answer longer than an answer can be or of another shape.
 * @throws ProposerError; TypeError when there is no connection; AbortError
 */
async function exchange(url: RequestInfo | URL, request?: RequestInit): Promise<Response> {
  const response = await fetch(url, { ...request, redirect: 'error' });
  if (!response.ok) {
    await response.body?.cancel();
    throw new ProposerError(problemOf(response.status));
  }
  const answer = AnswerSchema.safeParse(parsed(await limited(response)));
  if (!answer.success) throw new ProposerError('nonsense', answer.error);
  return Response.json(answer.data);
}

function problemOf(status: number): 'busy' | 'refused' | 'failed' {
  if (status === 429) return 'busy';
  return status === 400 || status === 401 || status === 403 ? 'refused' : 'failed';
}

/** The body as text. @throws ProposerError 'nonsense' when it is longer than an answer can be */
async function limited(response: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body ?? []) {
    size += (piece as Uint8Array).length;
    if (size > MOST_ANSWER) throw new ProposerError('nonsense');
    pieces.push(piece as Uint8Array);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new ProposerError('nonsense', error);
  }
}
