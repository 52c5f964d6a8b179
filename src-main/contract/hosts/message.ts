/** The envelope of every message between the main process and a host process, in both directions. */
import { z } from 'zod';

import { ErrorBodySchema } from '../errors.ts';

export const HostMessageSchema = z.discriminatedUnion('type', [
  /** Host → main, once, when it can take calls. */
  z.object({ type: z.literal('ready') }),
  /** Either way: do `method` and answer with `result` or `error` under the same id. */
  z.object({ type: z.literal('call'), id: z.number().int(), method: z.string(), input: z.unknown() }),
  /** Either way: give up the call with this id; it is answered with the error `cancelled`. */
  z.object({ type: z.literal('cancel'), id: z.number().int() }),
  z.object({ type: z.literal('result'), id: z.number().int(), output: z.unknown() }),
  /** `trace` is for the log alone: the stack of the error and of its causes. */
  z.object({ type: z.literal('error'), id: z.number().int(), error: ErrorBodySchema, trace: z.string().optional() }),
  /** Progress and partial results of a running call. */
  z.object({ type: z.literal('event'), id: z.number().int(), event: z.unknown() }),
]);
export type HostMessage = z.infer<typeof HostMessageSchema>;
