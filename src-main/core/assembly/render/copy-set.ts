/** Every copy a film needs: what is there is taken, the rest is made. */
import type { AssemblyFiles, AssemblyTools, RunOptions } from '../ports.ts';
import { type ClipCopy, ClipCopies, type CopyOrder, distinctOrders } from './copies.ts';
import type { RoughPlan } from './plan.ts';
import { inParallel } from './pool.ts';

export interface CopyPorts {
  readonly files: AssemblyFiles;
  readonly tools: AssemblyTools;
  /** Processors to use. */
  readonly cores: number;
}

/**
 * @param options  `onProgress` tells 0..1 of what is missing
 * @returns one copy per order, and how many had to be made. @throws AppError 'media-unreadable', 'ffmpeg-failed', 'disk-full'
 */
export async function allCopies(ports: CopyPorts, { orders, profile }: Pick<RoughPlan, 'orders' | 'profile'>, options: RunOptions): Promise<{ copies: ClipCopy[]; made: number }> {
  const store = new ClipCopies(ports);
  const wanted = distinctOrders(orders);
  const found = new Map<string, ClipCopy>();
  for (const order of wanted) {
    const copy = await store.find(order);
    if (copy !== null) found.set(order.key, copy);
  }
  const missing = wanted.filter(({ key }) => !found.has(key));
  const length = (order: CopyOrder): number => Math.max(1, order.clip.probe.duration_s);
  const whole = missing.reduce((sum, order) => sum + length(order), 0);
  const done = new Map<string, number>();
  // One encoder keeps about two cores busy.
  await inParallel(missing, Math.max(1, Math.round(ports.cores / 2)), options.signal, async (order, _, signal) => {
    const tell = (part: number, speed?: number): void => {
      done.set(order.key, part * length(order));
      const sum = [...done.values()].reduce((a, b) => a + b, 0);
      options.onProgress?.({ done: sum / whole, ...(speed === undefined ? {} : { speed }) });
    };
    found.set(order.key, await store.make(order, profile, { ...options, signal, onProgress: (progress) => tell(progress.done, progress.speed) }));
    tell(1);
  });
  return { copies: orders.map(({ key }) => found.get(key) as ClipCopy), made: missing.length };
}
