/** Analysis of a 1080p H.264 file against decoding it alone, and the render of its sound against real time. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { type BenchContext, type BenchRow, median } from './row.ts';
import { type CommandTime, timeCommand } from './time-command.ts';

/** Long enough that starting the programs does not count. */
const FRAMES = 900;
const RUNS = 3;

/**
 * Real texture would be better; noise over a moving test picture is near it in bits and in work. BT.709, as HD film is: a
 * decoder that changes colours shows its cost.
 */
function source(folder: string): string {
  const path = join(folder, 'source.mp4');
  const graph = `testsrc2=size=1920x1080:rate=30:duration=${FRAMES / 30},noise=alls=8:allf=t`;
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', graph, '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', '-pix_fmt', 'yuv420p', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', path]);
  return path;
}

const wall = (times: readonly CommandTime[]): number => median(times.map((time) => time.wallS));
const cpu = (times: readonly CommandTime[]): number => median(times.map((time) => time.cpuS));

export function pipelineRows({ repository, folder, say }: BenchContext): BenchRow[] {
  const file = source(folder);
  const cli = join(repository, 'out/main/cli.js');
  const decode: CommandTime[] = [];
  const scale: CommandTime[] = [];
  const analyze: CommandTime[] = [];
  const sonify: CommandTime[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    say(`pipeline, run ${run + 1} of ${RUNS}`);
    const data = join(folder, `data-${run}`);
    decode.push(timeCommand('ffmpeg', ['-v', 'error', '-nostdin', '-i', file, '-f', 'null', '-']));
    scale.push(timeCommand('ffmpeg', ['-v', 'error', '-nostdin', '-i', file, '-vf', 'scale=640:360:flags=area', '-f', 'rawvideo', '-']));
    analyze.push(timeCommand(process.execPath, [cli, 'analyze', file, '--quiet', '--data-dir', data]));
    sonify.push(timeCommand(process.execPath, [cli, 'sonify', file, '-o', join(folder, `out-${run}.wav`), '--quiet', '--data-dir', data]));
  }
  return [
    {
      what: 'analysis of 1080p H.264, wall',
      ours: `${(FRAMES / wall(analyze)).toFixed(0)} fps`,
      peer: `FFmpeg decode alone ${(FRAMES / wall(decode)).toFixed(0)} fps`,
      ratio: wall(analyze) / wall(decode),
      bar: '≥ 90 fps',
    },
    {
      what: 'analysis of 1080p H.264, CPU',
      ours: `${cpu(analyze).toFixed(2)} s`,
      peer: `FFmpeg decode alone ${cpu(decode).toFixed(2)} s`,
      ratio: cpu(analyze) / cpu(decode),
      bar: '≤ 1.5',
    },
    {
      what: 'analysis of 1080p H.264, CPU beyond decode and scale',
      ours: `${((1000 * (cpu(analyze) - cpu(scale))) / FRAMES).toFixed(1)} ms a frame`,
      peer: `FFmpeg decode and scale ${((1000 * cpu(scale)) / FRAMES).toFixed(1)} ms a frame`,
      ratio: cpu(analyze) / cpu(scale),
      bar: '-',
    },
    {
      what: 'sonify an analysed film to WAV',
      ours: `${wall(sonify).toFixed(2)} s for ${FRAMES / 30} s`,
      peer: 'real time',
      ratio: wall(sonify) / (FRAMES / 30),
      bar: '-',
    },
  ];
}
