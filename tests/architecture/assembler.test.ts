/** The assembler's own program loads what it needs to assemble: no analysis, no search, no planner, no database, no page. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import { expect, test } from 'vitest';

import { repository } from '../fixtures/program.ts';

const IMPORT = /^\s*(?:import|export)\s(?:[^'"]*?\sfrom\s)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/gm;
/** Types leave nothing behind at run time. */
const TYPES = /^\s*(?:import|export) type [^;]*;/gm;

/** Every file reached from an entry, and every package. */
function graphOf(entry: string): { files: Set<string>; packages: Set<string> } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (path: string): void => {
    const name = relative(repository, path);
    if (files.has(name) || !existsSync(path)) return;
    files.add(name);
    if (!path.endsWith('.ts')) return;
    for (const match of readFileSync(path, 'utf8').replaceAll(TYPES, '').matchAll(IMPORT)) {
      const specifier = match[1] ?? match[2] ?? '';
      if (specifier.startsWith('.')) visit(join(dirname(path), specifier));
      else if (!specifier.startsWith('node:')) packages.add(specifier);
    }
  };
  visit(join(repository, entry));
  return { files, packages };
}

const REFUSED = /src-main\/(core\/(vision|song|library|choreography|music-video|text-to-video|speech|sonify\/(?!loudness-plan|wav-header)|models|projects|media)|adapters\/(sqlite|lancedb|onnx|gemini|pexels|tts|gcs)|api|shells\/(electron|browser)|app\.ts)/;

test.each(['src-main/shells/assembler/main.ts', 'src-main/hosts/assembly.ts'])('%s loads no analysis, search or planner', (entry) => {
  const { files, packages } = graphOf(entry);
  expect(files.size).toBeGreaterThan(5);
  expect([...files].filter((file) => REFUSED.test(file))).toEqual([]);
  expect([...packages].filter((name) => name !== 'zod' && !name.startsWith('zod/') && name !== 'ffmpeg-static')).toEqual([]);
});
