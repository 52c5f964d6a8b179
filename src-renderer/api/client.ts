/**
 * The typed client of the one handler: an operation is called by its id, its answer is checked against the contract,
 * and every failure is an AppError with something to say to the user.
 */
import type { z } from 'zod';

import { AppError, ErrorBodySchema } from '../../src-main/contract/errors.ts';
import { allOperations } from '../../src-main/contract/operations/index.ts';
import type { OperationId, Operations } from '../../src-main/contract/operations/index.ts';
import type { OperationSpec } from '../../src-main/contract/operation.ts';
import { en } from '../../src-main/contract/text/en.ts';

type Of<Id extends OperationId, Part extends string> =
  Operations[Id] extends Record<Part, infer Schema extends z.ZodType> ? Schema : never;
/** What goes into the address is written, so numbers and strings are both right. */
type Written<Schema> = Schema extends z.ZodType
  ? { readonly [Key in keyof z.output<Schema>]?: string | number | undefined }
  : never;

export type CallInput<Id extends OperationId> = (Of<Id, 'params'> extends never
  ? unknown
  : { readonly params: Required<Written<Of<Id, 'params'>>> }) &
  (Of<Id, 'query'> extends never ? unknown : { readonly query?: Written<Of<Id, 'query'>> }) &
  (Of<Id, 'body'> extends never ? unknown : { readonly body: z.input<Of<Id, 'body'>> }) & {
    readonly signal?: AbortSignal | undefined;
  };

export type CallOutput<Id extends OperationId> = Of<Id, 'response'> extends never ? void : z.output<Of<Id, 'response'>>;

interface Parts {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  /** A body that is not JSON. */
  readonly octets?: Uint8Array<ArrayBuffer>;
  readonly signal?: AbortSignal | undefined;
}

/** The address of an operation, for `<video src>` and links as well. */
export function urlOf<Id extends OperationId>(id: Id, input: Omit<CallInput<Id>, 'body' | 'signal'>): string {
  return writtenUrl(allOperations[id], input as Parts);
}

function writtenUrl(spec: Omit<OperationSpec, 'id'>, parts: Parts): string {
  const path = spec.path.replaceAll(/:([a-z_]+)/g, (_, name: string) =>
    encodeURIComponent(String(parts.params?.[name] ?? '')),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parts.query ?? {}))
    if (value !== undefined) query.set(name, String(value));
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** The failure an answer carries, or one made from its status when it carries none. */
export async function errorOf(response: Response): Promise<AppError> {
  const body = ErrorBodySchema.safeParse(await response.json().catch(() => null));
  if (body.success) return AppError.fromBody(body.data);
  if (response.status === 401)
    return new AppError('request-unauthorized', en.frame.connection.unauthorised, {
      hint: en.frame.connection.unauthorisedHint,
    });
  return new AppError('internal', `${en.frame.connection.never} (${response.status})`, {
    hint: en.frame.connection.neverHint,
  });
}

/** Sends the request of an operation. @throws AppError, or AbortError when the signal ends it */
export async function send<Id extends OperationId>(id: Id, input: CallInput<Id>): Promise<Response> {
  const spec: Omit<OperationSpec, 'id'> = allOperations[id];
  const parts = input as Parts;
  const init: RequestInit = { method: spec.method, signal: parts.signal ?? null, credentials: 'same-origin' };
  if (parts.body !== undefined) {
    init.body = JSON.stringify(parts.body);
    init.headers = { 'content-type': 'application/json' };
  } else if (parts.octets) {
    init.body = parts.octets;
    init.headers = { 'content-type': 'application/octet-stream' };
  }
  let response: Response;
  try {
    response = await fetch(writtenUrl(spec, parts), init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new AppError('internal', en.frame.connection.never, {
      hint: en.frame.connection.neverHint,
      cause: error,
      retryable: true,
    });
  }
  if (!response.ok) throw await errorOf(response);
  return response;
}

/**
 * Calls an operation that answers JSON (or nothing).
 * @throws AppError; AbortError when the signal ends it; ZodError when the answer is not what the contract says
 */
export async function call<Id extends OperationId>(id: Id, input: CallInput<Id>): Promise<CallOutput<Id>> {
  const response = await send(id, input);
  const schema = (allOperations[id] as Omit<OperationSpec, 'id'>).response;
  if (!schema) return undefined as CallOutput<Id>;
  return schema.parse(await response.json()) as CallOutput<Id>;
}

/** Octets as little-endian floats. */
export async function floats<Id extends OperationId>(id: Id, input: CallInput<Id>): Promise<Float32Array> {
  const buffer = await (await send(id, input)).arrayBuffer();
  return new Float32Array(buffer, 0, Math.floor(buffer.byteLength / 4));
}

/** Octets as little-endian 16-bit integers. */
export async function shorts<Id extends OperationId>(id: Id, input: CallInput<Id>): Promise<Int16Array> {
  const buffer = await (await send(id, input)).arrayBuffer();
  return new Int16Array(buffer, 0, Math.floor(buffer.byteLength / 2));
}

export async function bytes<Id extends OperationId>(id: Id, input: CallInput<Id>): Promise<ArrayBuffer> {
  return (await send(id, input)).arrayBuffer();
}

/** Has one frame looked at: planar I420 at analysis size. */
export async function look(input: CallInput<'analyzeFrame'>, planes: Uint8Array<ArrayBuffer>): Promise<CallOutput<'analyzeFrame'>> {
  const withPlanes: CallInput<'analyzeFrame'> & { readonly octets: Uint8Array<ArrayBuffer> } = { ...input, octets: planes };
  return call('analyzeFrame', withPlanes);
}
