/**
 * The product as one `fetch(Request): Response`: every operation of the contract's table, the documentation made from
 * it, and the page's files. Both doors serve this handler and nothing else.
 */
import { OpenAPIHono } from '@hono/zod-openapi';

import type { ErrorCode } from '../contract/errors.ts';
import { AppError, toAppError } from '../contract/errors.ts';
import type { OperationSpec } from '../contract/operation.ts';
import { allOperations, type OperationId } from '../contract/operations/index.ts';
import type { Log } from '../core/log.ts';
import { respondBinary, type BinaryAnswer } from './answer.ts';
import { refuseByDoor } from './door-rules.ts';
import { registerDocs, registerPath } from './docs/register-docs.ts';
import type { Door, Handler, RequestContext } from './handler.ts';
import { readInput } from './input.ts';
import { staticFile } from './static/static-file.ts';

export interface ApiOptions {
  /** Objects of handlers, one per area; together they hold every operation exactly once. */
  readonly handlers: readonly object[];
  readonly log: Log;
  readonly version: string;
  /** Folder of the built page (out/renderer); null serves none. */
  readonly uiRoot: string | null;
  /** Tests check every answer against its schema; an answer that does not fit becomes the error `internal`. */
  readonly validatesAnswers?: boolean;
}

export interface Api {
  /** @param door  where the request came from; `browser`, which may do least, unless said */
  fetch(request: Request, door?: Door): Promise<Response>;
}

interface Env {
  Bindings: { readonly door: Door };
}
type App = OpenAPIHono<Env>;
type AnyHandler = Handler<OperationSpec>;

/** On every answer of both doors; there are no CORS headers, so no other origin reads any. */
const SAFE_HEADERS = {
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
} as const;

/** @throws Error at start-up when an operation has no handler or two, naming it. */
export function createApi(options: ApiOptions): Api {
  const app: App = new OpenAPIHono<Env>();
  const handlers = handlersById(options.handlers);
  for (const spec of Object.values<OperationSpec>(allOperations)) {
    register(app, spec, handlers.get(spec.id) as AnyHandler, options);
    registerPath(app, spec);
  }
  registerDocs(app, options.version);
  app.get('*', (context) => staticFile(options.uiRoot, context.req.raw));
  app.notFound((context) => errorResponse(new AppError('not-found', `There is nothing at ${context.req.path}.`)));
  app.onError((error, context) => reportedError(error, context.req.raw, options.log));
  return {
    async fetch(request, door = 'browser') {
      return withSafeHeaders(await app.fetch(request, { door }));
    },
  };
}

/** Keeps other origins from reading, framing or guessing an answer; for answers of the doors themselves too. */
export function withSafeHeaders(response: Response): Response {
  for (const [name, value] of Object.entries(SAFE_HEADERS)) response.headers.set(name, value);
  return response;
}

function handlersById(areas: readonly object[]): Map<string, unknown> {
  const byId = new Map<string, unknown>();
  for (const [id, handler] of areas.flatMap((area) => Object.entries(area) as [string, unknown][])) {
    if (!(id in allOperations)) throw new Error(`The handler ${id} belongs to no operation of the contract.`);
    if (byId.has(id)) throw new Error(`The operation ${id} has two handlers; keep one.`);
    byId.set(id, handler);
  }
  const missing = Object.keys(allOperations).filter((id) => !byId.has(id));
  if (missing.length > 0) throw new Error(`The operations ${missing.join(', ')} have no handler; hand one to createApi in app.ts.`);
  return byId;
}

function register(app: App, spec: OperationSpec, handler: AnyHandler, { log, validatesAnswers = false }: ApiOptions): void {
  app.on(spec.method, spec.path, async (context) => {
    const request = context.req.raw;
    refuseByDoor(spec.id as OperationId, context.env.door);
    const requestContext: RequestContext = { door: context.env.door, signal: request.signal, log, request };
    const input = await readInput(spec, { params: context.req.param(), request });
    const answer: unknown = await handler(input as never, requestContext);
    return respond(spec, answer, request, validatesAnswers);
  });
}

function respond(spec: OperationSpec, answer: unknown, request: Request, isValidated: boolean): Response {
  const status = spec.status ?? 200;
  if (spec.responseKind === 'file' || spec.responseKind === 'octets') return respondBinary(answer as BinaryAnswer, request, status);
  if (spec.responseKind === 'events') return answer as Response;
  if (spec.response === undefined || status === 204) return new Response(null, { status: 204 });
  return jsonResponse(isValidated ? checkedAnswer(spec, answer) : answer, status);
}

function checkedAnswer(spec: OperationSpec, answer: unknown): unknown {
  const result = spec.response?.safeParse(answer);
  if (result?.success === false) throw new AppError('internal', `The answer of ${spec.id} does not fit its schema.`, { details: result.error.issues });
  return answer;
}

function jsonResponse(body: unknown, status: number): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
}

/** An error as the API answers it: ErrorBody as JSON with the status of its code. */
export function errorResponse(error: AppError): Response {
  return jsonResponse(error.toBody(), error.status satisfies number);
}

const QUIET: ReadonlySet<ErrorCode> = new Set(['cancelled']);

function reportedError(thrown: unknown, request: Request, log: Log): Response {
  const error = request.signal.aborted ? new AppError('cancelled', 'The request was given up.', { cause: thrown }) : toAppError(thrown);
  const fields = { code: error.code, method: request.method, path: new URL(request.url).pathname };
  if (error.status >= 500 && !QUIET.has(error.code)) log.error({ ...fields, err: thrown }, 'a request failed');
  else log.debug(fields, 'a request was refused');
  return errorResponse(error);
}
