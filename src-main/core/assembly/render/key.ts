/** Names a file by everything its bytes depend on. */
import { createHash } from 'node:crypto';

export function keyOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40);
}
