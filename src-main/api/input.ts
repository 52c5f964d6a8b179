/** The border: parameters, query and body of a request against the schemas of its operation, once. */
import type { z } from 'zod';

import { AppError } from '../contract/errors.ts';
import { MAX_JSON_BYTES } from '../contract/limits.ts';
import type { OperationSpec } from '../contract/operation.ts';

export interface RawInput {
  readonly params: Record<string, string>;
  readonly request: Request;
}

/**
 * @returns validated `params`, `query` and `body`; the body of an octets operation is the unread stream.
 * @throws AppError 'id-invalid', 'input-invalid' (details: issues with JSON pointers), 'request-too-large'.
 */
export async function readInput(spec: OperationSpec, { params, request }: RawInput): Promise<{ params: unknown; query: unknown; body: unknown }> {
  const search = Object.fromEntries(new URL(request.url).searchParams);
  return {
    params: spec.params === undefined ? undefined : parsed(spec.params, params, 'path'),
    query: spec.query === undefined ? undefined : parsed(spec.query, search, 'query'),
    body: await bodyOf(spec, request),
  };
}

async function bodyOf(spec: OperationSpec, request: Request): Promise<unknown> {
  if (spec.bodyKind === 'octets') return request.body ?? new Blob([]).stream();
  if (spec.body === undefined) return undefined;
  // A page of another origin can send text/plain without asking first, but not JSON.
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw new AppError('input-invalid', 'The request body must be JSON.', { hint: 'Send it with Content-Type: application/json.' });
  return parsed(spec.body, parseJson(await limitedText(request, spec.mostBytes ?? MAX_JSON_BYTES)), 'body');
}

async function limitedText(request: Request, mostBytes: number): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > mostBytes) throw tooLarge(mostBytes);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > mostBytes) throw tooLarge(mostBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function tooLarge(mostBytes: number): AppError {
  return new AppError('request-too-large', `A JSON request may be at most ${mostBytes / 1024} KiB.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new AppError('input-invalid', 'The request body is not valid JSON.', { cause });
  }
}

function parsed(schema: z.ZodType, value: unknown, where: 'path' | 'query' | 'body'): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.map((issue) => ({ pointer: `/${issue.path.map((part) => pointerToken(String(part))).join('/')}`, message: issue.message }));
  const [first] = issues;
  const isId = where === 'path' && first?.pointer === '/id';
  throw new AppError(isId ? 'id-invalid' : 'input-invalid', `${first?.message ?? 'The request does not fit.'}${isId ? '' : ` (${where} ${first?.pointer ?? '/'})`}`, {
    details: { where, issues: issues.slice(0, 20) },
  });
}

/** RFC 6901. */
function pointerToken(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}
