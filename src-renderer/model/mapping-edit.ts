/**
 * Edits of a mapping as named project commands: each returns the label the Edit menu shows and the patches, under the
 * document's path of the mapping that is being edited (`/mapping` or `/compared`).
 */
import type { Mapping, MappingRow, Strip } from '../../src-main/contract/documents/mapping.ts';
import { parameters } from '../../src-main/contract/documents/parameters.ts';
import type { ParameterId, Voice } from '../../src-main/contract/documents/parameters.ts';
import type { Command } from '../../src-main/contract/documents/project.ts';
import { sources } from '../../src-main/contract/documents/sources.ts';
import type { SourceId } from '../../src-main/contract/documents/sources.ts';
import { en } from '../../src-main/contract/text/en.ts';
import { pointer } from './json-patch.ts';

export type Slot = 'mapping' | 'compared';

const say = en.mapping.edit;

/** Replaces one field of a row. Commands of one gesture merge by row and field. */
export function setRowField<Field extends keyof MappingRow>(
  slot: Slot,
  rows: readonly MappingRow[],
  rowId: string,
  field: Field,
  value: MappingRow[Field],
): Command | null {
  const index = rows.findIndex((row) => row.id === rowId);
  if (index === -1) return null;
  return {
    label: say.row(
      say.field[field],
      parameters[(field === 'target' ? value : rows[index]?.target) as ParameterId].label,
    ),
    patches: [{ op: 'replace', path: pointer(slot, 'rows', index, field), value }],
    merge_key: `${slot}:row:${rowId}:${field}`,
  };
}

/** Points a row at another parameter, with that parameter's whole range and no leftover quantisation. */
export function setRowTarget(
  slot: Slot,
  rows: readonly MappingRow[],
  rowId: string,
  target: ParameterId,
): Command | null {
  const index = rows.findIndex((row) => row.id === rowId);
  const row = rows[index];
  if (!row) return null;
  const { min, max, label } = parameters[target];
  return {
    label: say.row(say.field.target, label),
    patches: [
      {
        op: 'replace',
        path: pointer(slot, 'rows', index),
        value: { ...row, target, output: [min, max], quantisation: { kind: 'none' } },
      },
    ],
  };
}

/** Starts a row from another feature, with that feature's whole range. */
export function setRowSource(slot: Slot, rows: readonly MappingRow[], rowId: string, source: SourceId): Command | null {
  const index = rows.findIndex((row) => row.id === rowId);
  const row = rows[index];
  if (!row) return null;
  const { min, max } = sources[source];
  return {
    label: say.row(say.field.source, parameters[row.target].label),
    patches: [{ op: 'replace', path: pointer(slot, 'rows', index), value: { ...row, source, input: [min, max] } }],
  };
}

/** An id that no row has. */
export function freeRowId(rows: readonly MappingRow[]): string {
  const taken = new Set(rows.map((row) => row.id));
  let number = rows.length + 1;
  while (taken.has(`row-${number}`)) number += 1;
  return `row-${number}`;
}

export function newRow(rows: readonly MappingRow[], source: SourceId, target: ParameterId): MappingRow {
  return {
    id: freeRowId(rows),
    enabled: true,
    solo: false,
    source,
    input: [sources[source].min, sources[source].max],
    curve: { kind: 'linear' },
    smoothing: { attack_ms: 30, release_ms: 250 },
    target,
    output: [parameters[target].min, parameters[target].max],
    quantisation: { kind: 'none' },
    combine: 'set',
  };
}

export function addRow(slot: Slot, row: MappingRow): Command {
  return {
    label: say.addRow(sources[row.source].label, parameters[row.target].label),
    patches: [{ op: 'add', path: pointer(slot, 'rows', '-'), value: row }],
  };
}

export function removeRow(slot: Slot, rows: readonly MappingRow[], rowId: string): Command | null {
  const index = rows.findIndex((row) => row.id === rowId);
  const row = rows[index];
  if (!row) return null;
  return {
    label: say.removeRow(sources[row.source].label, parameters[row.target].label),
    patches: [{ op: 'remove', path: pointer(slot, 'rows', index) }],
  };
}

/** Moves a row by one place: order matters where several rows drive one parameter. */
export function moveRow(slot: Slot, rows: readonly MappingRow[], rowId: string, by: 1 | -1): Command | null {
  const index = rows.findIndex((row) => row.id === rowId);
  const row = rows[index];
  const to = index + by;
  if (!row || to < 0 || to >= rows.length) return null;
  return {
    label: say.moveRow(parameters[row.target].label),
    patches: [
      { op: 'remove', path: pointer(slot, 'rows', index) },
      { op: 'add', path: pointer(slot, 'rows', to), value: row },
    ],
  };
}

/** Sets a parameter's resting value; null returns it to the table's default. */
export function setResting(slot: Slot, mapping: Mapping, id: ParameterId, value: number | null): Command {
  const path = pointer(slot, 'resting', id);
  const has = mapping.resting[id] !== undefined;
  const patch =
    value === null
      ? { op: 'remove' as const, path }
      : { op: has ? ('replace' as const) : ('add' as const), path, value };
  const nothing = { op: 'replace' as const, path: pointer(slot, 'resting'), value: mapping.resting };
  return {
    label: say.resting(parameters[id].label),
    patches: [value === null && !has ? nothing : patch],
    merge_key: `${slot}:resting:${id}`,
  };
}

export function setStrip<Field extends keyof Strip>(
  slot: Slot,
  voice: Voice,
  field: Field,
  value: Strip[Field],
): Command {
  return {
    label: say.strip(en.mapping.voice[voice], say.stripField[field]),
    patches: [{ op: 'replace', path: pointer(slot, 'mixer', voice, field), value }],
    merge_key: `${slot}:strip:${voice}:${field}`,
  };
}

/** Replaces one part of the mapping that is not a list: tempo, key, sound, master, sync. */
export function setPart(slot: Slot, label: string, path: readonly string[], value: unknown): Command {
  return {
    label,
    patches: [{ op: 'replace', path: pointer(slot, ...path), value }],
    merge_key: `${slot}:${path.join(':')}`,
  };
}

/** Takes a preset as the mapping that is heard. */
export function takePreset(slot: Slot, mapping: Mapping): Command {
  return { label: say.usePreset(mapping.name), patches: [{ op: 'replace', path: pointer(slot), value: mapping }] };
}

/** The voice or sense a row's ends belong to, for their colours. */
export function senseOfRow(row: MappingRow): 'motion' | 'edges' | 'colour' {
  return sources[row.source].sense;
}

/** The sense that plays a voice by design: its colour marks strips and meters. */
export const senseOfVoice = { bass: 'motion', rhythm: 'edges', atmosphere: 'colour' } as const satisfies Record<
  Voice,
  string
>;
