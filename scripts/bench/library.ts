/** An import of clips into the library with everything that is made of them: features, embeddings, curves; per clip and for a hundred. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import type { BenchContext, BenchRow } from './row.ts';
import { timeCommand } from './time-command.ts';

const CLIPS = 8;
const SECONDS = 8;

/** Eight-second 720p clips with texture and sound; each is another film. */
function clips(folder: string): string {
  const target = join(folder, 'clips');
  mkdirSync(target, { recursive: true });
  for (let clip = 0; clip < CLIPS; clip += 1) {
    const picture = `testsrc2=size=1280x720:rate=30:duration=${SECONDS},noise=alls=6:allf=t:all_seed=${clip + 1}`;
    const sound = `sine=frequency=${220 + 40 * clip}:duration=${SECONDS}`;
    execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', sound, '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-shortest', join(target, `clip-${clip}.mp4`)]);
  }
  return target;
}

export function libraryRows({ repository, folder, say }: BenchContext): BenchRow[] {
  const target = clips(folder);
  const cli = join(repository, 'out/main/cli.js');
  const run = (data: string, ...args: string[]): ReturnType<typeof timeCommand> => timeCommand(process.execPath, [cli, ...args, '--quiet', '--data-dir', join(folder, data)]);
  const row = (what: string, { wallS, cpuS }: ReturnType<typeof timeCommand>): BenchRow => ({
    what: `library import, ${CLIPS} clips of 8 s at 720p${what}`,
    ours: `${(wallS / CLIPS).toFixed(2)} s a clip, ${(cpuS / CLIPS).toFixed(2)} s of processor`,
    peer: 'bar 3 s a clip',
    ratio: wallS / CLIPS / 3,
    bar: '100 clips in ≤ 5 min',
  });
  say(`library, ${CLIPS} clips`);
  const first = run('library-data', 'library', 'add', target);
  const again = run('library-data', 'library', 'add', target);
  const rows = [row('', first), { what: 'library import again', ours: `${again.wallS.toFixed(2)} s`, peer: `first ${first.wallS.toFixed(2)} s`, ratio: again.wallS / first.wallS, bar: 'a no-op' }];
  const model = join(repository, '..', 'shared', 'models', 'movenet-lightning');
  if (!existsSync(model)) return rows;
  say(`library, ${CLIPS} clips with poses`);
  run('library-poses', 'models', 'add', model);
  return [...rows, row(', poses by MoveNet', run('library-poses', 'library', 'add', target))];
}
