/** Ids from outside: short, lower-case, safe in a path, a URL and SQL. */
import { z } from 'zod';

export const IdSchema = z.string().regex(/^[a-z0-9_-]{1,64}$/, 'An id has 1 to 64 of the characters a-z, 0-9, _ and -.');
export type Id = z.infer<typeof IdSchema>;
