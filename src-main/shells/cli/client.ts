/** Calls an operation of the API in this process, typed from the contract's table. */
import type { z } from 'zod';

import { AppError, ErrorBodySchema } from '../../contract/errors.ts';
import { type OperationId, type Operations, allOperations } from '../../contract/operations/index.ts';
import type { OperationSpec } from '../../contract/operation.ts';

type In<Spec, Key extends string> = Spec extends { readonly [K in Key]: infer Schema extends z.ZodType } ? z.input<Schema> : undefined;
export type Answer<Id extends OperationId> = Operations[Id] extends { response: infer Schema extends z.ZodType } ? z.output<Schema> : void;

export interface CallInput<Id extends OperationId> {
  /** Goes through although the command was interrupted: cancelling, and looking whether it has stopped. */
  readonly isUrgent?: boolean;
  readonly params?: In<Operations[Id], 'params'>;
  readonly query?: In<Operations[Id], 'query'>;
  readonly body?: In<Operations[Id], 'body'>;
}

export type Fetch = (request: Request) => Promise<Response>;

/** The URL of an operation with its parameters filled in. */
function urlOf(spec: OperationSpec, input: { params?: unknown; query?: unknown }): string {
  const params = (input.params ?? {}) as Record<string, unknown>;
  const path = spec.path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries((input.query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined) query.set(name, String(value));
  }
  return `http://kinetone.local${path}${query.size > 0 ? `?${query}` : ''}`;
}

/** @throws AppError with the code, message and hint the operation answered. */
async function answerOf(response: Response): Promise<Response> {
  if (response.ok) return response;
  const body = ErrorBodySchema.safeParse(await response.json().catch(() => null));
  throw body.success ? AppError.fromBody(body.data) : new AppError('internal', `The request failed (${response.status}).`);
}

export class Client {
  readonly #fetch: Fetch;
  readonly #signal: AbortSignal;

  /** @param signal  aborts what is on its way; a call that must go through after it is `urgent`. */
  constructor(fetch: Fetch, signal: AbortSignal) {
    this.#fetch = fetch;
    this.#signal = signal;
  }

  async call<Id extends OperationId>(id: Id, input: CallInput<Id> = {}): Promise<Answer<Id>> {
    const response = await this.open(id, input);
    return (response.status === 204 ? undefined : await response.json()) as Answer<Id>;
  }

  /** The answer as it comes: for files and streams. */
  async open<Id extends OperationId>(id: Id, input: CallInput<Id> = {}): Promise<Response> {
    const spec: OperationSpec = allOperations[id];
    const hasBody = input.body !== undefined;
    const request = new Request(urlOf(spec, input), {
      method: spec.method,
      ...(input.isUrgent === true ? {} : { signal: this.#signal }),
      ...(hasBody ? { body: JSON.stringify(input.body), headers: { 'content-type': 'application/json' } } : {}),
    });
    return answerOf(await this.#fetch(request));
  }
}
