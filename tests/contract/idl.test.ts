/** The interface description that ships names the same fields as the contract's documents. */
import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';
import type { z } from 'zod';

import { DominantColorSchema, EdgePatternSchema, FeatureFrameSchema, RegionSchema } from '../../src-main/contract/documents/feature-frame.ts';
import { parameters } from '../../src-main/contract/documents/parameters.ts';

const idl = readFileSync(new URL('../../resources/idl/kinetone.thrift', import.meta.url), 'utf8');
const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function fieldsOf(struct: string): string[] {
  const body = new RegExp(`struct ${struct} \\{([^}]*)\\}`).exec(idl)?.[1] ?? '';
  return [...body.matchAll(/\d+: \S+ (\w+)/g)].map((match) => snake(match[1] ?? ''));
}
const keysOf = (schema: z.ZodObject): string[] => Object.keys(schema.shape);
const { shape } = FeatureFrameSchema;

test.each([
  ['Region', keysOf(RegionSchema)],
  ['Color', keysOf(DominantColorSchema)],
  ['EdgePattern', keysOf(EdgePatternSchema)],
  ['MotionFeatures', keysOf(shape.motion)],
  ['ColorFeatures', keysOf(shape.color)],
  ['EdgeFeatures', keysOf(shape.edges)],
  ['FeatureData', keysOf(FeatureFrameSchema)],
])('%s has the fields of its document', (struct, keys) => {
  expect(fieldsOf(struct).sort()).toEqual([...keys].sort());
});

test('AudioParameters are the first parameters of the engine', () => {
  expect(fieldsOf('AudioParameters').sort()).toEqual(Object.keys(parameters).slice(0, 5).sort());
});
