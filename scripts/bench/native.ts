/** The C++ benches: each prints JSON lines {what, ours, peer, ratio, bar}; built only here, with the peers that are installed. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import type { BenchContext, BenchRow } from './row.ts';

/** Builds native/bench in a folder of its own. @returns the folder of the programs, or null where they do not build. */
export function buildNativeBenches({ repository, say }: BenchContext): string | null {
  const build = join(repository, 'native/build-bench');
  const configured = spawnSync('cmake', ['-S', join(repository, 'native'), '-B', build, '-DKINETONE_BENCH=ON', '-DCMAKE_BUILD_TYPE=Release'], { encoding: 'utf8' });
  const built = configured.status === 0 ? spawnSync('cmake', ['--build', build, '-j', '2'], { encoding: 'utf8' }) : configured;
  if (built.status !== 0) {
    say(`the native benches do not build: ${built.stderr.slice(-600)}`);
    return null;
  }
  return join(build, 'bench');
}

export function nativeRows(context: BenchContext): BenchRow[] {
  const folder = buildNativeBenches(context);
  if (folder === null) return [];
  const programs = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith('bench_') && !name.includes('.')) : [];
  return programs.flatMap((name) => {
    context.say(name);
    const output = execFileSync(join(folder, name), { encoding: 'utf8', maxBuffer: 1 << 24 });
    return output
      .split('\n')
      .filter((line) => line.startsWith('{"what"'))
      .map((line) => JSON.parse(line) as BenchRow);
  });
}
