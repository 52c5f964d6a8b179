/** The host method `paintDemo`: paints the demo's film and has FFmpeg encode it, frame by frame. */
import { z } from 'zod';

import { requireSuccess, startProgram } from '../../adapters/ffmpeg/process.ts';
import { demoFilmArguments } from '../../core/assembly/index.ts';
import { Canvas } from '../../core/sonify/demo/canvas.ts';
import { DEMO_FRAMES, DEMO_HEIGHT, DEMO_RATE, DEMO_WIDTH, paintDemoFrame } from '../../core/sonify/demo/scenes.ts';
import type { HostMethod } from '../../core/host.ts';

const InputSchema = z.object({ ffmpeg: z.string(), tether: z.string().nullable(), recordFolder: z.string().nullable(), path: z.string() });

export const paintDemo: HostMethod = async (raw, { signal, emit }) => {
  const input = InputSchema.parse(raw);
  const args = demoFilmArguments({ width: DEMO_WIDTH, height: DEMO_HEIGHT, rate: DEMO_RATE, path: input.path });
  const program = startProgram(input, input.ffmpeg, args, { signal, isBatch: true, hasInput: true });
  program.stdout.resume();
  const { stdin } = program;
  // A program that ends early closes its input; its end says why.
  stdin?.on('error', () => undefined);
  const canvas = new Canvas(DEMO_WIDTH, DEMO_HEIGHT);
  for (let frame = 0; frame < DEMO_FRAMES && stdin?.writable === true; frame += 1) {
    signal.throwIfAborted();
    paintDemoFrame(canvas, frame);
    if (!stdin.write(Buffer.from(canvas.pixels))) {
      await Promise.race([new Promise((resolve) => stdin.once('drain', resolve)), program.ended]);
    }
    emit({ done: (frame + 1) / DEMO_FRAMES });
  }
  stdin?.end();
  requireSuccess(await program.ended, 'FFmpeg', signal);
  return {};
};
