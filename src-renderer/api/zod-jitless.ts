/**
 * Imported before every schema: zod would otherwise try to compile its parsers with `new Function`, which the page's
 * content security policy forbids.
 */
import { z } from 'zod';

z.config({ jitless: true });
