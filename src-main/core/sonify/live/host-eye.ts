/** The vision host behind its port: single frames of sessions, each answered within a deadline. */
import { CameraAnswerSchema, type CameraInput, CameraRowSchema } from '../../../contract/hosts/camera.ts';
import { type LookInput, type LookOutput, LookOutputSchema } from '../../../contract/hosts/look.ts';
import type { HostCaller } from '../../host.ts';
import type { LiveEye } from './ports.ts';

/** How the camera of a name is opened. @throws AppError 'camera-failed', 'ffmpeg-missing' */
export type CameraInputs = (name: string | null) => Promise<CameraInput>;

/** A hundred times what a frame takes; native code that hangs is ended with its host. */
const LOOK_MS = 3000;

export class HostEye implements LiveEye {
  readonly #host: HostCaller;
  readonly #camera: CameraInputs;
  /** Sessions the host knows. */
  readonly #seen = new Set<string>();

  constructor(host: HostCaller, camera: CameraInputs) {
    this.#host = host;
    this.#camera = camera;
  }

  async look(input: LookInput): Promise<LookOutput> {
    this.#seen.add(input.session_id);
    return LookOutputSchema.parse(await this.#host.call('look', input, { deadlineMs: LOOK_MS }));
  }

  async watch(camera: string | null, { signal, onRow }: Parameters<LiveEye['watch']>[1]): Promise<{ frames: number }> {
    const input = await this.#camera(camera);
    const answer = await this.#host.call('camera', input, { signal, onEvent: (event) => onRow(CameraRowSchema.parse(event)) });
    return CameraAnswerSchema.parse(answer);
  }

  forget(sessionId: string): void {
    // A host that has ended has forgotten by itself.
    if (this.#seen.delete(sessionId)) void this.#host.call('forget', { session_id: sessionId }, { deadlineMs: LOOK_MS }).catch(() => undefined);
  }
}
