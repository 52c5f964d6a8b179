/** An import of clips into the library with everything that is made of them: features, embeddings, curves; per clip and for a hundred. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
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
  say(`library, ${CLIPS} clips`);
  const target = clips(folder);
  const cli = join(repository, 'out/main/cli.js');
  const data = join(folder, 'library-data');
  const first = timeCommand(process.execPath, [cli, 'library', 'add', target, '--quiet', '--data-dir', data]);
  const again = timeCommand(process.execPath, [cli, 'library', 'add', target, '--quiet', '--data-dir', data]);
  const each = first.wallS / CLIPS;
  return [
    { what: `library import, ${CLIPS} clips of 8 s at 720p`, ours: `${each.toFixed(2)} s a clip, ${(first.cpuS / CLIPS).toFixed(2)} s of processor`, peer: 'bar 3 s a clip', ratio: each / 3, bar: '100 clips in ≤ 5 min' },
    { what: 'library import again', ours: `${again.wallS.toFixed(2)} s`, peer: `first ${first.wallS.toFixed(2)} s`, ratio: again.wallS / first.wallS, bar: 'a no-op' },
  ];
}
