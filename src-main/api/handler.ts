/**
 * What a handler of an operation is given and what it answers, typed from the contract's table. An area of the API is
 * one object of handlers, `HandlersOf<typeof mediaOperations>`; the registration does all else.
 */
import type { z } from 'zod';

import type { OperationSpec } from '../contract/operation.ts';
import type { Log } from '../core/log.ts';
import type { BinaryAnswer } from './answer.ts';

/** Where a request came from: the desktop shell's scheme, a page over loopback, or a program (CLI, bearer token). */
export type Door = 'electron' | 'browser' | 'program';

export interface RequestContext {
  readonly door: Door;
  /** Aborts when the client goes away. */
  readonly signal: AbortSignal;
  readonly log: Log;
  /** For the event stream's Last-Event-ID and the like; bodies and parameters come validated in the input. */
  readonly request: Request;
}

type Parsed<Spec, Key extends string> = Spec extends { readonly [K in Key]: infer Schema extends z.ZodType } ? z.output<Schema> : undefined;

export interface HandlerInput<Spec> {
  readonly params: Parsed<Spec, 'params'>;
  readonly query: Parsed<Spec, 'query'>;
  /** The parsed JSON, or the unread octets of an operation with `bodyKind: 'octets'`. */
  readonly body: Spec extends { readonly bodyKind: 'octets' } ? ReadableStream<Uint8Array> : Parsed<Spec, 'body'>;
}

export type HandlerAnswer<Spec> = Spec extends { readonly responseKind: 'file' | 'octets' }
  ? BinaryAnswer
  : Spec extends { readonly responseKind: 'events' }
    ? Response
    : Spec extends { readonly response: infer Schema extends z.ZodType }
      ? z.output<Schema>
      : void;

export type Handler<Spec> = (input: HandlerInput<Spec>, context: RequestContext) => HandlerAnswer<Spec> | Promise<HandlerAnswer<Spec>>;

/** One handler per operation of a table, by id. */
export type HandlersOf<Table extends Record<string, OperationSpec>> = { readonly [Id in keyof Table]: Handler<Table[Id]> };
