/** Mapping documents: reading, migrating, compiling, learning, saying. */
import { readFileSync } from 'node:fs';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { curveAt } from '../../../contract/documents/curve.ts';
import { type Curve, MappingSchema } from '../../../contract/documents/mapping.ts';
import { parameterIds } from '../../../contract/documents/parameters.ts';
import { sourceIds } from '../../../contract/documents/sources.ts';
import { BUILT_IN_IDS, CURVE_POINTS, compileMapping, learnRange, loadBuiltIn, readMapping, rowSentence, withLearnedRange } from './index.ts';

const textOf = (id: string): string => readFileSync(new URL(`../../../../resources/mappings/${id}.json`, import.meta.url), 'utf8');
const builtIn = loadBuiltIn(textOf);
const [wobble] = builtIn;
if (!wobble) throw new Error('no built-in mapping');
const [row] = wobble.rows;
if (!row) throw new Error('Wobble has no rows');

describe('built-in mappings', () => {
  test('there are at least six, the first is Wobble, and each is named after its file', () => {
    expect(builtIn.length).toBeGreaterThanOrEqual(6);
    expect(builtIn.map((mapping) => mapping.id)).toEqual([...BUILT_IN_IDS]);
    expect(BUILT_IN_IDS[0]).toBe('wobble');
  });

  test('no two share tempo, key or the combination of bass, kit and pad', () => {
    const distinct = (values: string[]): boolean => new Set(values).size === builtIn.length;
    expect(distinct(builtIn.map((mapping) => String(mapping.tempo.bpm)))).toBe(true);
    expect(distinct(builtIn.map((mapping) => JSON.stringify(mapping.key)))).toBe(true);
    expect(distinct(builtIn.map((mapping) => JSON.stringify(mapping.sound)))).toBe(true);
  });

  test('in each, motion drives the bass, edges the drums and colour the pads', () => {
    for (const mapping of builtIn) {
      const drives = (source: string, target: string): boolean => mapping.rows.some((one) => one.enabled && one.source === source && one.target === target);
      expect(drives('motion.magnitude', 'bass_intensity') && drives('motion.magnitude', 'modulation_rate'), mapping.name).toBe(true);
      expect(drives('edges.density', 'rhythm_complexity') && drives('color.hue', 'pad_hue') && drives('color.brightness', 'pad_level'), mapping.name).toBe(true);
    }
  });

  test('row ids are unique within a mapping', () => {
    for (const mapping of builtIn) expect(new Set(mapping.rows.map((one) => one.id)).size).toBe(mapping.rows.length);
  });

  test('the document survives a round trip through JSON', () => {
    for (const mapping of builtIn) expect(readMapping(JSON.parse(JSON.stringify(mapping)))).toEqual(mapping);
  });
});

describe('reading a mapping', () => {
  test('a document from before versions were written is migrated', () => {
    const { version: _, ...unversioned } = wobble;
    expect(readMapping(unversioned)).toEqual(wobble);
  });

  test.each([
    ['a newer version', { ...wobble, version: 2 }, /newer Kinetone/],
    ['no object', 'wobble', /is not a mapping/],
    ['a list', [], /is not a mapping/],
    ['an odd version', { ...wobble, version: 'one' }, /no usable version/],
    ['a wrong field', { ...wobble, tempo: { source: 'fixed', bpm: 500 } }, /tempo.bpm/],
    ['a curve that turns back', { ...wobble, rows: [{ ...row, curve: { kind: 'points', points: [[0, 0], [0.5, 1], [0.5, 0], [1, 1]] } }] }, /rows.0.curve/],
  ])('%s is refused and named', (_, document, message) => {
    expect(() => readMapping(document)).toThrow(message);
    expect(() => readMapping(document)).toThrow(expect.objectContaining({ code: 'mapping-invalid' }));
  });
});

const curves: fc.Arbitrary<Curve> = fc.oneof(
  fc.constant<Curve>({ kind: 'linear' }),
  fc.record({ kind: fc.constant('power' as const), exponent: fc.double({ min: 0.1, max: 10, noNaN: true }) }),
  fc.record({ kind: fc.constant('s' as const), steepness: fc.double({ min: 1, max: 8, noNaN: true }) }),
);

describe('compiling', () => {
  test('curves run from 0 to 1, never fall, and the table holds them', () => {
    fc.assert(
      fc.property(curves, (curve) => {
        const { curves: table } = compileMapping({ ...wobble, rows: [{ ...row, curve }] });
        expect(table.length).toBe(CURVE_POINTS);
        expect([table[0], table.at(-1)]).toEqual([0, 1]);
        table.forEach((value, i) => {
          expect(value).toBeCloseTo(curveAt(curve, i / (CURVE_POINTS - 1)), 6);
          expect(value).toBeGreaterThanOrEqual(table[i - 1] ?? 0);
        });
      }),
    );
  });

  test('points are joined by straight lines', () => {
    const curve: Curve = { kind: 'points', points: [[0, 1], [0.25, 0], [1, 0.5]] };
    expect([0, 0.125, 0.25, 0.625, 1].map((x) => curveAt(curve, x))).toEqual([1, 0.5, 0, 0.25, 0.5]);
  });

  test('an S is symmetric about its middle', () => {
    for (const x of [0, 0.1, 0.3, 0.5]) expect(curveAt({ kind: 's', steepness: 3 }, x) + curveAt({ kind: 's', steepness: 3 }, 1 - x)).toBeCloseTo(1, 12);
  });

  test('a disabled row does not act; a soloed one silences the others', () => {
    const ACTIVE = 11;
    const COLUMNS = 13;
    const activeOf = (rows: typeof wobble.rows): number[] => {
      const compiled = compileMapping({ ...wobble, rows });
      return rows.map((_, i) => compiled.rows[i * COLUMNS + ACTIVE] ?? -1);
    };
    const [a, b, c] = wobble.rows.slice(0, 3).map((one, i) => ({ ...one, enabled: i !== 1 })) as [typeof row, typeof row, typeof row];
    expect(activeOf([a, b, c])).toEqual([1, 0, 1]);
    expect(activeOf([a, b, { ...c, solo: true }])).toEqual([0, 0, 1]);
    expect(activeOf([a, { ...b, solo: true }, c])).toEqual([1, 0, 1]);
  });

  test('the tempo is where bpm rests, unnamed parameters rest at their default', () => {
    const { resting } = compileMapping({ ...wobble, resting: { bass_sub: 0.1 } });
    expect(resting[parameterIds.indexOf('bpm')]).toBe(wobble.tempo.bpm);
    expect(resting[parameterIds.indexOf('bass_sub')]).toBe(0.1);
    expect(resting[parameterIds.indexOf('pad_cutoff')]).toBe(1200);
  });

  test('it is plain data: a structured clone equals it', () => {
    const compiled = compileMapping(wobble);
    expect(structuredClone(compiled)).toEqual(compiled);
  });
});

describe('learn range', () => {
  test('it is the 5th and 95th percentile, whatever the order and the outliers', () => {
    const values = Array.from({ length: 101 }, (_, i) => ((i * 37) % 101) / 100);
    expect(learnRange([...values, Number.NaN, Number.POSITIVE_INFINITY])).toEqual([0.05, 0.95].map((value) => expect.closeTo(value, 10)));
    expect(learnRange([])).toBeNull();
  });

  test('a row keeps its direction, and a source that stands still still gets a width', () => {
    const backward = { ...row, input: [1, 0] as [number, number] };
    expect(withLearnedRange(backward, [0, 0.5, 1]).input).toEqual([expect.closeTo(0.95), expect.closeTo(0.05)]);
    const [low, high] = withLearnedRange(row, [0.3, 0.3, 0.3]).input;
    expect(high - low).toBeCloseTo(0.02, 6);
    expect(MappingSchema.shape.rows.safeParse([withLearnedRange(row, [0.3])]).success).toBe(true);
  });
});

describe('sentences', () => {
  test('motion to wobble rate reads as in the design', () => {
    expect(rowSentence({ source: 'motion.magnitude', input: [0, 1], target: 'modulation_rate', output: [1, 8] })).toBe('More motion makes the wobble faster.');
    expect(rowSentence({ source: 'motion.magnitude', input: [1, 0], target: 'modulation_rate', output: [1, 8] })).toBe('Less motion makes the wobble faster.');
    expect(rowSentence({ source: 'edges.horizontal', input: [0, 1], target: 'rhythm_level', output: [1, 0] })).toBe('Stronger horizontal lines make the drums quieter.');
  });

  test('every source to every parameter, both ways round, is one English sentence with the right verb', () => {
    const singular = /^(More|Less|Motion|Upward|Downward|A|The)\b.* (makes|moves|turns|gives|puts) the .+\.$/;
    const plural = /^(More|Fewer|Stronger|Weaker|Clearer|Fainter) .*(lines|regions) (make|move|turn|give|put) the .+\.$/;
    for (const source of sourceIds) {
      for (const target of parameterIds) {
        const said = new Set<string>();
        for (const input of [[0, 1], [1, 0]] as [number, number][]) {
          for (const output of [[0, 1], [1, 0]] as [number, number][]) {
            const sentence = rowSentence({ source, input, target, output });
            said.add(sentence);
            expect(plural.test(sentence) || singular.test(sentence), sentence).toBe(true);
            expect(/\b(lines|regions)$/.test(sentence.split(/ (?:makes?|moves?|turns?|gives?|puts?) the /)[0] ?? ''), sentence).toBe(plural.test(sentence));
            expect(sentence).not.toMatch(/ {2}|undefined|_/);
          }
        }
        expect(said.size, `${source} ${target}`).toBe(4);
      }
    }
  });

  test('a row whose output has no width says that it changes nothing', () => {
    expect(rowSentence({ source: 'color.hue', input: [0, 1], target: 'pad_hue', output: [0.3, 0.3] })).toBe('A hue nearer to violet changes nothing: both ends of the output are 0.3.');
  });
});
