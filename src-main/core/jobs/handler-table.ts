/** The handlers of one process by kind: exactly one each, with stages whose weights sum to 1. */
import type { JobKind } from '../../contract/documents/job.ts';
import { AppError } from '../../contract/errors.ts';
import type { JobHandler } from './job-handler.ts';

const WEIGHT_TOLERANCE = 1e-6;

export class HandlerTable {
  private readonly byKind = new Map<JobKind, JobHandler>();

  /** @throws Error for two handlers of one kind, or stages that do not add up. */
  constructor(handlers: readonly JobHandler[]) {
    for (const handler of handlers) {
      if (this.byKind.has(handler.kind)) throw new Error(`The job kind ${handler.kind} has two handlers; keep one.`);
      const sum = handler.stages.reduce((total, stage) => total + stage.weight, 0);
      if (Math.abs(sum - 1) > WEIGHT_TOLERANCE) throw new Error(`The stage weights of ${handler.kind} sum to ${sum}, not to 1.`);
      this.byKind.set(handler.kind, handler);
    }
  }

  get(kind: JobKind): JobHandler | undefined {
    return this.byKind.get(kind);
  }

  kindsOf(lane: JobHandler['lane']): JobKind[] {
    return [...this.byKind.values()].filter((handler) => handler.lane === lane).map((handler) => handler.kind);
  }

  /** @throws Error naming the kinds without a handler. */
  require(kinds: readonly JobKind[]): void {
    const missing = kinds.filter((kind) => !this.byKind.has(kind));
    if (missing.length > 0) throw new Error(`No handler for the job kinds ${missing.join(', ')}; hand one to the queue in app.ts.`);
  }

  /**
   * A payload as the kind's handler takes it; as it is when the handler lives in another process.
   * @throws AppError 'input-invalid'.
   */
  parsePayload(kind: JobKind, payload: unknown): unknown {
    const parsed = this.byKind.get(kind)?.payload.safeParse(payload);
    if (parsed === undefined) return payload;
    if (parsed.success) return parsed.data;
    throw new AppError('input-invalid', `A ${kind} job was given input it does not understand.`, { details: parsed.error.issues });
  }
}
