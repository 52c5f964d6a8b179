/** The vision host behind its port: single frames of sessions, each answered within a deadline. */
import { type LookInput, type LookOutput, LookOutputSchema } from '../../../contract/hosts/look.ts';
import type { HostCaller } from '../../host.ts';
import type { LiveEye } from './ports.ts';

/** A hundred times what a frame takes; native code that hangs is ended with its host. */
const LOOK_MS = 3000;

export class HostEye implements LiveEye {
  readonly #host: HostCaller;
  /** Sessions the host knows. */
  readonly #seen = new Set<string>();

  constructor(host: HostCaller) {
    this.#host = host;
  }

  async look(input: LookInput): Promise<LookOutput> {
    this.#seen.add(input.session_id);
    return LookOutputSchema.parse(await this.#host.call('look', input, { deadlineMs: LOOK_MS }));
  }

  forget(sessionId: string): void {
    // A host that has ended has forgotten by itself.
    if (this.#seen.delete(sessionId)) void this.#host.call('forget', { session_id: sessionId }, { deadlineMs: LOOK_MS }).catch(() => undefined);
  }
}
