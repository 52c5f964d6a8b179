/** Mappings and hashes for the sound tests. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import type { Mapping } from '../../src-main/contract/documents/mapping.ts';
import { loadBuiltIn } from '../../src-main/core/sonify/mapping/index.ts';

export const RATE = 48_000;

const folder = fileURLToPath(new URL('../../resources/mappings/', import.meta.url));

export const builtIn: readonly Mapping[] = loadBuiltIn((id) => readFileSync(`${folder}${id}.json`, 'utf8'));

/** The mapping a new project starts with: everything DESIGN's chapter Sound promises by default is tested on it. */
export const defaultMapping = builtIn[0] as Mapping;

/** A grey, lit scene in which one thing is then changed. */
export const plainScene = { brightness: 0.4, colorfulness: 0 } as const;

/** The bits of a signal. */
export function hashOf(samples: Float32Array): string {
  return createHash('sha256').update(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)).digest('hex');
}
