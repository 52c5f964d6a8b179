/** The import table over the whole tree; a failure prints the table and the offending lines. */
import { readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';

import { expect, test } from 'vitest';

import { TABLE, areaOf, refusal } from '../../scripts/import-rules.mjs';

const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '--', 'src-main', 'src-renderer'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => /\.tsx?$/.test(file));

const IMPORT = /^\s*(?:import|export)\s(?:[^'"]*?\sfrom\s)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/gm;

function offences(file: string, text: string): string[] {
  return [...text.matchAll(IMPORT)].flatMap((match) => {
    const specifier = match[1] ?? match[2] ?? '';
    const why = refusal(file, specifier);
    const line = text.slice(0, match.index).split('\n').length;
    return why === null ? [] : [`${file}:${line}  ${specifier}  (${why})`];
  });
}

test('every import follows the table', () => {
  const found = files.flatMap((file) => offences(file, readFileSync(file, 'utf8')));
  const table = Object.entries(TABLE).map(([from, to]) => `${from} → ${(to as string[]).join(', ')}`);
  expect(found, `The table:\n${table.join('\n')}\nOffences:\n${found.join('\n')}`).toEqual([]);
});

test('every source file belongs to an area of the house', () => {
  expect(files.filter((file) => areaOf(file) === null)).toEqual([]);
});

test.each([
  ['src-renderer/main.tsx', '../src-main/core/log.ts'],
  ['src-main/core/media/import.ts', 'node:fs'],
  ['src-main/core/media/import.ts', '../jobs/queue.ts'],
  ['src-main/core/choreography/plan.ts', '../music-video/index.ts'],
  ['src-main/adapters/ffmpeg/run.ts', '../sqlite/database.ts'],
  ['src-main/adapters/ffmpeg/run.ts', '../../core/media/import.ts'],
  ['src-main/hosts/analysis.ts', '../adapters/sqlite/database.ts'],
  ['src-main/api/jobs.ts', '../adapters/sqlite/database.ts'],
  ['src-main/shells/browser/server.ts', '../../core/jobs/queue.ts'],
  ['src-main/core/jobs/queue.ts', 'electron'],
])('%s may not import %s', (file, specifier) => {
  expect(refusal(file, specifier)).not.toBeNull();
});
