/** Frames of a camera at analysis size, as they come: planar YUV 4:2:0, full range, BT.601. Nothing is held back. */
import { AppError } from '../../contract/errors.ts';
import { ANALYSIS_PIXELS } from '../../contract/limits.ts';
import type { Programs } from '../../contract/hosts/analysis.ts';
import { FrameQueue } from './decode-frames.ts';
import { startProgram } from './process.ts';
import { reasonOf } from './stderr-tail.ts';
import { type Y4mFrame, y4mFrames } from './y4m.ts';

export interface CameraPicture extends Y4mFrame {
  /** Capture time, seconds from the first frame. */
  readonly timestampS: number;
}

/** At the picture's display aspect, averaged down to the analysis area, never up: core/vision/raster.ts says the same. */
const side = (length: string): string => `max(2,2*trunc(min(1,sqrt(${ANALYSIS_PIXELS}/(iw*max(sar,0.01)*ih)))*${length}/2))`;
const SCALE = `scale=w='${side('iw*max(sar,0.01)')}':h='${side('ih')}':flags=area:out_range=pc:out_color_matrix=bt601,setsar=1,format=yuv420p,showinfo=checksum=0`;

/**
 * @param input  FFmpeg's arguments up to and with `-i`
 * @throws AppError 'camera-failed' when not one frame comes; AbortError.
 */
export async function* watchCamera(input: readonly string[], { programs, signal }: { programs: Programs; signal: AbortSignal }): AsyncGenerator<CameraPicture> {
  const times = new FrameQueue();
  const args = ['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'info', ...input, '-map', '0:V:0', '-an', '-vf', SCALE, '-f', 'yuv4mpegpipe', '-strict', '-1', 'pipe:1'];
  const program = startProgram(programs, programs.ffmpeg, args, { signal, isDisposable: true, onStderr: (text) => times.push(text) });
  void program.ended.then(() => times.end());
  let [frames, firstS, lastS] = [0, 0, 0];
  try {
    for await (const picture of y4mFrames(program.stdout)) {
      const shown = await times.next();
      signal.throwIfAborted();
      if (shown === null) break;
      if (frames === 0) firstS = shown.timeS;
      lastS = Math.max(lastS, Number.isFinite(shown.timeS) ? shown.timeS - firstS : lastS);
      frames += 1;
      yield { ...picture, timestampS: lastS };
    }
  } finally {
    program.stop();
  }
  const { stderr } = await program.ended;
  signal.throwIfAborted();
  if (frames === 0) throw new AppError('camera-failed', `The camera gives no picture: ${reasonOf(stderr)}`, { hint: 'Another program may use it; --camera NAME chooses another one.', details: { stderr } });
}
