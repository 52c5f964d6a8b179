/**
 * One operation of the product: its id (the OpenAPI operationId), its route and the schemas of what goes in and out.
 * The API serves these, the renderer's and the CLI's clients are typed from them; there is no other list.
 */
import type { z } from 'zod';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** How a body crosses: JSON, raw octets streamed without being held in memory, or a file answered with Range. */
export type BodyKind = 'json' | 'octets' | 'file' | 'events' | 'none';

export interface OperationSpec {
  readonly id: string;
  readonly method: Method;
  /** With `:name` parameters. */
  readonly path: string;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** `json` unless said. */
  readonly bodyKind?: 'json' | 'octets';
  /** Most bytes of a JSON body; MAX_JSON_BYTES unless said. */
  readonly mostBytes?: number;
  readonly response?: z.ZodType;
  /** `json` unless said. */
  readonly responseKind?: BodyKind;
  /** Status of the good answer; 200 unless said. */
  readonly status?: 200 | 201 | 202 | 204;
}

/** Keeps the literal types of a table of operations, and nothing else. */
export function operations<const Table extends Record<string, Omit<OperationSpec, 'id'>>>(
  table: Table,
): { readonly [Id in keyof Table]: Table[Id] & { readonly id: Id } } {
  return Object.fromEntries(Object.entries(table).map(([id, spec]) => [id, { ...spec, id }])) as never;
}
