// Remembers what a step was done for (a hash of its inputs), so that a second run skips it.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const file = join(repository, '.kinetone', 'stamps.json');

function read() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

function* filesBelow(path) {
  if (!existsSync(path)) return;
  if (!statSync(path).isDirectory()) {
    yield path;
    return;
  }
  for (const name of readdirSync(path).sort()) {
    if (name === 'build' || name.startsWith('build-') || name === 'node_modules') continue;
    yield* filesBelow(join(path, name));
  }
}

/** Hash of the content of the given files and folders (relative to the repository) and of some words. */
export function hashOf(paths, words = []) {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const name of filesBelow(join(repository, path))) {
      hash.update(name.slice(repository.length)).update('\0').update(readFileSync(name)).update('\0');
    }
  }
  return hash.update(words.join('\0')).digest('hex');
}

export function isDone(step, hash) {
  return read()[step] === hash;
}

export function markDone(step, hash) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ ...read(), [step]: hash }, null, 2)}\n`);
}
