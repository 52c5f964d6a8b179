/** docs/blueprint.md: its examples are valid, its tables name every field and every transition there is. */
import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { BlueprintMoveSchema, BlueprintSchema, OutputConfigSchema, TRANSITION_KINDS, VIDEO_CODECS } from '../../src-main/contract/documents/blueprint.ts';
import { parseBlueprint } from '../../src-main/core/assembly/index.ts';

const text = readFileSync(new URL('../../docs/blueprint.md', import.meta.url), 'utf8');
const examples = text.split('```json\n').slice(1).map((rest) => rest.slice(0, rest.indexOf('```')));

test('every example is a valid blueprint, and survives a round trip', () => {
  expect(examples.length).toBe(3);
  for (const example of examples) {
    const blueprint = parseBlueprint(example);
    expect(parseBlueprint(JSON.stringify(blueprint))).toEqual(blueprint);
  }
});

test('the short form’s settings are those of the first example', () => {
  const [full, short] = [parseBlueprint(examples[0] ?? ''), parseBlueprint(examples[2] ?? '')];
  expect({ ...short.output_config, output_path: null }).toEqual({ ...full.output_config, output_path: null });
});

test('the tables name every field, every codec and every transition', () => {
  const fields = [BlueprintSchema, BlueprintMoveSchema, OutputConfigSchema].flatMap((schema) => Object.keys(schema.shape));
  expect(fields.filter((field) => !text.includes(`\`${field}`))).toEqual([]);
  const grouped = TRANSITION_KINDS.map((kind) => (/^(wipe|slide|smooth)/.exec(kind)?.[0] ? `${/^(wipe|slide|smooth)/.exec(kind)?.[0] ?? ''}…` : kind));
  expect([...grouped, ...VIDEO_CODECS].filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});
