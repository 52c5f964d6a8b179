/** Host methods `look` and `forget`: single frames of live sessions, each session its own sequence. */
import { VisionSession } from '../../adapters/native/vision.ts';
import { AppError } from '../../contract/errors.ts';
import { featureLayout } from '../../contract/feature-layout.ts';
import { ForgetInputSchema, type LookInput, LookInputSchema, type LookOutput } from '../../contract/hosts/look.ts';
import { OVERLAY_CELL_PX, packedOverlay } from '../../contract/overlay.ts';
import type { HostMethod } from '../../core/host.ts';

/** The newest sessions; one that is pushed out begins a new sequence with its next frame. About 2 MB each. */
const MOST_SESSIONS = 64;
const sessions = new Map<string, VisionSession>();

/** The sequence of a session; a picture of another size begins a new one. */
function sequenceOf({ session_id: id, width, height }: LookInput): VisionSession {
  const known = sessions.get(id);
  sessions.delete(id);
  const session = known?.width === width && known.height === height ? known : new VisionSession(width, height);
  sessions.set(id, session);
  const [oldest] = sessions.keys();
  if (sessions.size > MOST_SESSIONS && oldest !== undefined) sessions.delete(oldest);
  return session;
}

function overlayOf(session: VisionSession, frame: number): Uint8Array<ArrayBuffer> {
  const { width, height } = session;
  const [gridWidth, gridHeight] = [Math.ceil(width / OVERLAY_CELL_PX), Math.ceil(height / OVERLAY_CELL_PX)];
  const flow = new Float32Array(gridWidth * gridHeight * 2);
  const edges = new Uint8Array(width * height);
  session.overlay({ flow, gridWidth, gridHeight, edges });
  return packedOverlay({ frame, width, height, gridWidth, gridHeight, flow, edges });
}

export const lookMethod: HostMethod = async (raw): Promise<LookOutput> => {
  const input = LookInputSchema.parse(raw);
  const expected = (input.width * input.height * 3) / 2;
  if (input.planes.byteLength !== expected) throw new AppError('native-size-mismatch', `A frame of ${input.width} × ${input.height} has ${expected} bytes; got ${input.planes.byteLength}.`);
  const session = sequenceOf(input);
  const row = new Float32Array(featureLayout.columns);
  await session.analyze(input.planes, input.timestamp, row);
  return { row, overlay: input.with_overlay ? overlayOf(session, input.frame) : null };
};

export const forgetMethod: HostMethod = (raw) => {
  sessions.delete(ForgetInputSchema.parse(raw).session_id);
  return Promise.resolve(null);
};
