/** The tables that exist on both sides of the addon agree. */
import { expect, test } from 'vitest';

import { loadAddon } from '../../src-main/adapters/native/addon.ts';
import { TRACE_HEADER } from '../../src-main/adapters/native/engine.ts';
import { BASS_SHAPES, KITS, MODES, PAD_SHAPES } from '../../src-main/contract/documents/mapping.ts';
import { parameterIds, parameters } from '../../src-main/contract/documents/parameters.ts';
import { sourceIds, sources } from '../../src-main/contract/documents/sources.ts';
import { CURVE_POINTS } from '../../src-main/core/sonify/mapping/index.ts';

interface SoundTables {
  readonly sources: readonly { id: string; min: number; max: number }[];
  readonly parameters: readonly { id: string; min: number; max: number; default: number; scale: string }[];
  readonly curvePoints: number;
  readonly traceHeader: number;
  readonly modes: number;
  readonly basses: number;
  readonly kits: number;
  readonly pads: number;
}

const { soundTables: native } = loadAddon() as { soundTables: SoundTables };
const f = Math.fround;

test('sources have the same order, names and ranges in C++ and TypeScript', () => {
  expect(native.sources).toEqual(sourceIds.map((id) => ({ id, min: f(sources[id].min), max: f(sources[id].max) })));
});

test('parameters have the same order, names, ranges, defaults and scales in C++ and TypeScript', () => {
  expect(native.parameters).toEqual(
    parameterIds.map((id) => {
      const { min, max, default: rest, scale } = parameters[id];
      return { id, min: f(min), max: f(max), default: f(rest), scale };
    }),
  );
});

test('curve tables, trace and the lists of shapes have the same length on both sides', () => {
  expect(native).toMatchObject({
    curvePoints: CURVE_POINTS,
    traceHeader: TRACE_HEADER.length,
    modes: MODES.length,
    basses: BASS_SHAPES.length,
    kits: KITS.length,
    pads: PAD_SHAPES.length,
  });
});
