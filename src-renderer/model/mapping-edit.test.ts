import { describe, expect, it } from 'vitest';

import { MappingSchema } from '../../src-main/contract/documents/mapping.ts';
import type { Mapping } from '../../src-main/contract/documents/mapping.ts';
import type { Command } from '../../src-main/contract/documents/project.ts';
import { applyPatches } from './json-patch.ts';
import {
  addRow,
  freeRowId,
  moveRow,
  newRow,
  removeRow,
  setPart,
  setResting,
  setRowField,
  setRowSource,
  setRowTarget,
  setStrip,
  takePreset,
} from './mapping-edit.ts';

const strip = { gain_db: 0, pan: 0, mute: false, solo: false };
const empty: Mapping = {
  version: 1,
  id: 'test',
  name: 'Test',
  description: '',
  tempo: { source: 'fixed', bpm: 120 },
  key: { tonic: 'A', mode: 'minor' },
  sync: true,
  resting: {},
  rows: [],
  sound: { bass: 'wobble', kit: 'house', pad: 'warm' },
  mixer: { bass: strip, rhythm: strip, atmosphere: strip },
  master: { gain_db: 0, compression: 0.5 },
};
const first = newRow([], 'motion.magnitude', 'modulation_rate');
const second = newRow([first], 'edges.density', 'rhythm_complexity');
const mapping: Mapping = { ...empty, rows: [first, second] };

function after(command: Command | null): Mapping {
  if (!command) throw new Error('no command');
  return applyPatches({ mapping }, command.patches).mapping;
}

describe('mapping edits', () => {
  it('leave a valid mapping, each with a label', () => {
    const commands = [
      setRowField('mapping', mapping.rows, first.id, 'curve', { kind: 'power', exponent: 2 }),
      setRowTarget('mapping', mapping.rows, first.id, 'bass_cutoff'),
      setRowSource('mapping', mapping.rows, second.id, 'motion.direction_x'),
      addRow('mapping', newRow(mapping.rows, 'color.hue', 'pad_hue')),
      removeRow('mapping', mapping.rows, first.id),
      moveRow('mapping', mapping.rows, first.id, 1),
      setResting('mapping', mapping, 'bass_cutoff', 400),
      setResting('mapping', mapping, 'bass_cutoff', null),
      setStrip('mapping', 'bass', 'gain_db', -3),
      setPart('mapping', 'Change tempo', ['tempo', 'bpm'], 140),
      takePreset('mapping', { ...empty, id: 'other' }),
    ];
    for (const command of commands) {
      expect(MappingSchema.safeParse(after(command)).error).toBeUndefined();
      expect(command?.label.length).toBeGreaterThan(3);
    }
  });

  it('take the whole range of a new target', () => {
    expect(after(setRowTarget('mapping', mapping.rows, first.id, 'bass_pan')).rows[0]?.output).toEqual([-1, 1]);
  });

  it('move a row past its neighbour and not out of the list', () => {
    expect(after(moveRow('mapping', mapping.rows, first.id, 1)).rows.map((row) => row.id)).toEqual([
      second.id,
      first.id,
    ]);
    expect(moveRow('mapping', mapping.rows, first.id, -1)).toBeNull();
  });

  it('merge while one knob is dragged, and only then', () => {
    expect(setResting('mapping', mapping, 'bass_cutoff', 1).merge_key).toBe(
      setResting('mapping', mapping, 'bass_cutoff', 2).merge_key,
    );
    expect(setResting('mapping', mapping, 'bass_cutoff', 1).merge_key).not.toBe(
      setResting('mapping', mapping, 'bass_sub', 1).merge_key,
    );
  });

  it('never give two rows one id', () => {
    expect(freeRowId([{ ...first, id: 'row-2' }])).toBe('row-3');
  });
});
