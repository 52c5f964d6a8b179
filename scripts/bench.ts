/**
 * npm run bench: the table of what exists, each row against its peer in the same run, as a ratio. These machines are noisy:
 * compare ratios, never times of different days. A peer that is not installed leaves its row out, with the reason.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { assemblyRows } from './bench/assembly.ts';
import { beatRows } from './bench/beats.ts';
import { featureStoreRows } from './bench/feature-store.ts';
import { liveRows } from './bench/live.ts';
import { moveRows } from './bench/moves.ts';
import { nativeRows } from './bench/native.ts';
import { pipelineRows } from './bench/pipeline.ts';
import { scrollRows } from './bench/scroll.ts';
import { planRows } from './bench/plan.ts';
import { libraryRows } from './bench/library.ts';
import { searchRows } from './bench/search.ts';
import { startRows } from './bench/start.ts';
import { synthesisRows } from './bench/synthesis.ts';
import { timelineRows } from './bench/timeline.ts';
import type { BenchContext, BenchRow } from './bench/row.ts';

const repository = fileURLToPath(new URL('../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'kinetone-bench-'));

function print(rows: readonly BenchRow[]): void {
  const cells = rows.map(({ what, ours, peer, ratio, bar }) => [what, ours, peer, ratio === null ? '-' : ratio.toFixed(2), bar]);
  const head = ['what', 'Kinetone', 'peer', 'ratio', 'bar'];
  const widths = head.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  console.log([line(head), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join('\n'));
}

const sections: readonly [string, (context: BenchContext) => BenchRow[] | Promise<BenchRow[]>][] = [
  ['native', nativeRows],
  ['synthesis', synthesisRows],
  ['pipeline', pipelineRows],
  ['beats', beatRows],
  ['features', featureStoreRows],
  ['moves', moveRows],
  ['plan', planRows],
  ['assembly', assemblyRows],
  ['search', searchRows],
  ['library', libraryRows],
  ['live', liveRows],
  ['start', startRows],
  ['scroll', scrollRows],
  ['timeline', timelineRows],
];

const wanted = process.argv.slice(2);
const context: BenchContext = {
  repository,
  folder,
  say: (text) => console.error(`bench  ${text}`),
  has: (program) => {
    try {
      execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  },
};

try {
  if (!existsSync(join(repository, 'out/main/cli.js'))) throw new Error('Build first: npm run setup');
  const rows: BenchRow[] = [];
  for (const [name, section] of sections) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    context.say(name);
    rows.push(...(await section(context)));
  }
  print(rows);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
