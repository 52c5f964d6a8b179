/**
 * Gemini over its REST interface: one question, one JSON answer. Nothing is sent while the settings do not allow it or there
 * is no key. The key goes into one header and nowhere else. Source: ai.google.dev/api/generate-content (models.generateContent).
 */
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

const AnswerSchema = z.object({
  candidates: z.array(z.object({ content: z.object({ parts: z.array(z.object({ text: z.string().optional() })) }) })).min(1),
});

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
    if (!this.#options.isAllowed()) throw new ProposerError('notAllowed');
    const key = this.#options.key();
    if (key === null) throw new ProposerError('noKey');
    try {
      return await this.#once(key.key, question, schema, signal);
    } catch (error) {
      const isPassing = error instanceof ProposerError && (error.problem === 'busy' || error.problem === 'failed');
      if (!isPassing) throw error;
      await pause(this.#options.pauseMs ?? PAUSE_MS, signal);
      return this.#once(key.key, question, schema, signal);
    }
  }

  async #once(key: string, question: string, schema: object, signal: AbortSignal): Promise<unknown> {
    const deadline = AbortSignal.timeout(this.#options.deadlineMs ?? DEADLINE_MS);
    try {
      const response = await fetch(`${this.#options.baseUrl}/v1beta/models/${encodeURIComponent(this.#options.model)}:generateContent`, {
        method: 'POST',
        redirect: 'error',
        headers: { 'content-type': 'application/json', 'x-goog-api-key': key },
        body: JSON.stringify({
          contents: [{ role: 'user', parts: [{ text: question }] }],
          generationConfig: { temperature: 0, responseMimeType: 'application/json', responseJsonSchema: schema },
        }),
        signal: AbortSignal.any([signal, deadline]),
      });
      requireGood(response);
      return answerOf(await limited(response));
    } catch (error) {
      if (signal.aborted) throw error;
      if (error instanceof ProposerError) throw error;
      throw new ProposerError(deadline.aborted ? 'timeout' : 'failed', error);
    }
  }
}

function requireGood({ ok, status }: Response): void {
  if (ok) return;
  if (status === 429) throw new ProposerError('busy');
  throw new ProposerError(status === 400 || status === 401 || status === 403 ? 'refused' : 'failed');
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

function answerOf(body: string): unknown {
  try {
    const { candidates } = AnswerSchema.parse(JSON.parse(body));
    return JSON.parse((candidates[0]?.content.parts ?? []).map(({ text }) => text ?? '').join('')) as unknown;
  } catch (error) {
    throw new ProposerError('nonsense', error);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
