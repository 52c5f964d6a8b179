/** Descriptions as people write them, and anything else. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { ParsedRequestSchema } from '../../../contract/documents/choreography.ts';
import { LEXICON } from './lexicon.ts';
import { parseRequest } from './parse.ts';

const chips = (text: string): string[] => parseRequest(text).chips.map(({ label }) => label);

describe('a description', () => {
  test('the seed’s own sentence: style, song wish, difficulty and transitions, nothing left over', () => {
    const request = parseRequest('Create a romantic bachata for beginners with smooth transitions');
    expect(request).toMatchObject({ parameters: { style: 'romantic', difficulty: 'beginner', transition: 'crossfade', avoid: [], prefer: [] }, song: { words: ['bachata'], tempo: null }, ignored: [] });
    expect(request.chips.map(({ said }) => said)).toEqual(['romantic', 'bachata', 'beginners', 'smooth transitions']);
  });

  test.each([
    ['no dips', ['dip']],
    ['without dips or spins', ['dip', 'spin']],
    ['no dips, spins and lifts', ['dip', 'spin', 'lift']],
    ['please don’t use any body waves', ['body wave']],
    ['avoid hip rolls; more turns', ['hip roll']],
    ['everything except cross body leads', ['cross body lead']],
    ['no backflips', ['backflip']],
    ['keine Ahnung, no problem', []],
    ['don’t avoid spins', []],
    ['no dips and spins', ['dip', 'spin']],
    ['no dips, spins, or lifts', ['dip', 'spin', 'lift']],
    ['no backflips or cartwheels', ['backflip', 'cartwheel']],
    ['no dips and no spins', ['dip', 'spin']],
    ['neither dips nor spins', ['dip', 'spin']],
    ['not romantic or sad', ['romantic', 'sad']],
  ])('%s: what is not wanted', (text, avoid) => {
    expect(parseRequest(text).parameters.avoid).toEqual(avoid);
  });

  test('a negation ends at the next clause, and a wish after it is a wish', () => {
    const { parameters } = parseRequest('no dips but lots of spins, energetic');
    expect([parameters.avoid, parameters.prefer, parameters.energy_level]).toEqual([['dip'], ['spin'], 'high']);
  });

  test.each([
    ['no dips and smooth transitions', { transition: 'crossfade' }],
    ['no dips with smooth transitions', { transition: 'crossfade' }],
    ['no dips, smooth transitions', { transition: 'crossfade' }],
    ['no dips but smooth transitions', { transition: 'crossfade' }],
    ['no dips and a romantic, energetic feel', { style: 'romantic', energy_level: 'high' }],
    ['no dips with spins', { prefer: ['spin'] }],
    ['no dips and more spins', { prefer: ['spin'] }],
    ['I want no dips and I want spins', { prefer: ['spin'] }],
    ['no dips. Spins!', { prefer: ['spin'] }],
  ])('%s: the quality after the denial is a wish', (text, wanted) => {
    const { parameters, ignored } = parseRequest(text);
    expect([parameters, ignored]).toEqual([expect.objectContaining({ avoid: ['dip'], ...wanted }), []]);
  });

  test('a dance is a wish for a song only as long as no song is given', () => {
    const [open, given] = [parseRequest('a romantic bachata'), parseRequest('a romantic bachata called "Amor"', undefined, { isSongGiven: true })];
    expect([open.song.words, given.song.words]).toEqual([['bachata'], ['Amor']]);
    expect(open.chips.map(({ kind, label }) => [kind, label])).toEqual([['style', 'romantic'], ['dance', 'dance: bachata']]);
    expect(given.chips.slice(0, 2)).toEqual([...open.chips]);
  });

  test('a level that is not wanted becomes the one beside it', () => {
    expect(parseRequest('not too advanced').parameters.difficulty).toBe('intermediate');
    expect(parseRequest('not too fast').song.tempo).toBe('medium');
    expect(parseRequest('nothing energetic').parameters.energy_level).toBe('low');
    expect(chips('not too fast')).toEqual(['not fast song']);
  });

  test.each([
    ['a 120 bpm song', [115.2, 124.8]],
    ['between 100 and 120 BPM', [100, 120]],
    ['120-100 bpm', [100, 120]],
    ['over 130 beats per minute', [130, 400]],
    ['up to 95 bpm', [20, 95]],
  ])('%s', (text, [low, high]) => {
    const { bpm } = parseRequest(text).song;
    expect([bpm?.[0], bpm?.[1]]).toEqual([expect.closeTo(low ?? 0, 6), expect.closeTo(high ?? 0, 6)]);
  });

  test('titles: in quotation marks, after “by” and after “called”', () => {
    expect(parseRequest('dance to "Propuesta Indecente" by Romeo Santos').song.words).toEqual(['Propuesta Indecente', 'romeo', 'santo']);
    expect(parseRequest('a song called Amor').song.words).toEqual(['amor']);
  });

  test('the first word on a matter holds, and the second is told', () => {
    const request = parseRequest('an easy one, no wait, advanced');
    expect(request.parameters.difficulty).toBe('beginner');
    expect(request.notes).toHaveLength(1);
  });

  test('what is both wanted and not wanted is not shown', () => {
    expect(parseRequest('spins, no spins').parameters).toMatchObject({ prefer: [], avoid: ['spin'] });
    expect(parseRequest('no spins. Spins!').parameters.prefer).toEqual([]);
  });

  test('categories and styles of the library are understood, and what nobody knows is named', () => {
    const request = parseRequest('dominican sabrosa with machetes and xyzzy', { moves: ['Machete'], styles: ['Sabrosa'] });
    expect(request).toMatchObject({ parameters: { prefer: ['machete'], style: 'sabrosa' }, ignored: ['dominican', 'xyzzy'] });
  });

  test('every entry of the lexicon is understood alone and in capitals', () => {
    const lost = [...LEXICON.keys()].filter((entry) => chips(entry).length === 0 || chips(entry.toUpperCase()).length === 0);
    expect(lost).toEqual([]);
  });
});

describe('any text', () => {
  const words = fc.array(fc.oneof(fc.constantFrom(...LEXICON.keys(), 'no', 'not', 'without', 'but', ',', '"', '120 bpm', 'by', 'A', '\n'), fc.string({ maxLength: 8 })), { maxLength: 40 }).map((parts) => parts.join(' '));

  test('gives a valid request and never throws; no kind of move is both wanted and not wanted', () => {
    fc.assert(
      fc.property(fc.oneof(words, fc.string({ unit: 'binary', maxLength: 3000 })), (text) => {
        const request = parseRequest(text);
        ParsedRequestSchema.parse(request);
        expect(request.parameters.prefer.filter((word) => request.parameters.avoid.includes(word))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  test('a negation before one kind of move always keeps it out', () => {
    const kinds = [...LEXICON].flatMap(([entry, { kind, value }]) => (kind === 'move' ? [[entry, String(value)] as const] : []));
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.constantFrom('no', 'without', 'avoid', 'please no', 'never any'), words, ([entry, value], no, rest) => {
        expect(parseRequest(`${no} ${entry}. ${rest}`).parameters.avoid).toContain(value);
      }),
      { numRuns: 200 },
    );
  });
});
