/**
 * Mapping → CompiledMapping: the document as plain numbers and tables, the form native code takes. Pure.
 * The native reader is native/src/binding/compiled_mapping.cc; column orders must agree, and a test renders through both.
 */
import { curveAt } from '../../../contract/documents/curve.ts';
import { BASS_SHAPES, KITS, MODES, type Mapping, type MappingRow, PAD_SHAPES, TONICS } from '../../../contract/documents/mapping.ts';
import { VOICES, parameterIds, parameters } from '../../../contract/documents/parameters.ts';
import { sourceIds, sources } from '../../../contract/documents/sources.ts';

export const CURVE_POINTS = 513;
const ROW_COLUMNS = 13;
const TEMPO_SOURCES = ['fixed', 'tapped', 'song', 'motion'] as const;
const QUANTISATIONS = ['none', 'steps', 'scale', 'divisions'] as const;
const COMBINES = ['set', 'add', 'multiply'] as const;

/** Structured-clonable: it crosses process borders as it is. */
export interface CompiledMapping {
  readonly rowCount: number;
  /** rowCount × 13: source, target, input low, high, output low, high, attack ms, release ms, quantisation, steps, combine, active, id. */
  readonly rows: Float64Array;
  /** rowCount × 513: the curve at i/512, 0..1. */
  readonly curves: Float32Array;
  /** Value of every parameter that no row drives, in table order. */
  readonly resting: Float64Array;
  /** Tempo source, bpm, tonic, mode, sync, bass, kit, pad, master gain in dB, compression, whether cuts are played. */
  readonly settings: Float64Array;
  /** 3 × (gain in dB, pan, mute, solo): bass, rhythm, atmosphere. */
  readonly strips: Float64Array;
}

/** 32-bit FNV-1a: rows with one id keep their smoothing when the mapping is replaced. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

function rowNumbers(row: MappingRow, isActive: boolean): number[] {
  return [
    sourceIds.indexOf(row.source),
    parameterIds.indexOf(row.target),
    ...row.input,
    ...row.output,
    row.smoothing.attack_ms,
    row.smoothing.release_ms,
    QUANTISATIONS.indexOf(row.quantisation.kind),
    row.quantisation.kind === 'steps' ? row.quantisation.count : 2,
    COMBINES.indexOf(row.combine),
    Number(isActive),
    hashOf(row.id),
  ];
}

const soloedRows = (mapping: Mapping): MappingRow[] => mapping.rows.filter((row) => row.enabled && row.solo);

function settingNumbers(mapping: Mapping): number[] {
  const soloed = soloedRows(mapping);
  return [
    TEMPO_SOURCES.indexOf(mapping.tempo.source),
    mapping.tempo.bpm,
    TONICS.indexOf(mapping.key.tonic),
    MODES.indexOf(mapping.key.mode),
    Number(mapping.sync),
    BASS_SHAPES.indexOf(mapping.sound.bass),
    KITS.indexOf(mapping.sound.kit),
    PAD_SHAPES.indexOf(mapping.sound.pad),
    mapping.master.gain_db,
    mapping.master.compression,
    Number(soloed.length === 0 || soloed.some((row) => sources[row.source].sense === 'edges')),
  ];
}

/**
 * The numbers the engine runs on. The tempo of the mapping is what the parameter `bpm` rests at.
 * @param mapping  already validated (MappingSchema).
 */
export function compileMapping(mapping: Mapping): CompiledMapping {
  const hasSolo = soloedRows(mapping).length > 0;
  const rows = Float64Array.from(mapping.rows.flatMap((row) => rowNumbers(row, row.enabled && (row.solo || !hasSolo))));
  const curves = new Float32Array(mapping.rows.length * CURVE_POINTS);
  for (const [index, row] of mapping.rows.entries()) {
    for (let i = 0; i < CURVE_POINTS; i += 1) curves[index * CURVE_POINTS + i] = curveAt(row.curve, i / (CURVE_POINTS - 1));
  }
  const resting = Float64Array.from(parameterIds, (id) => (id === 'bpm' ? mapping.tempo.bpm : (mapping.resting[id] ?? parameters[id].default)));
  const strips = Float64Array.from(
    VOICES.flatMap((voice) => {
      const strip = mapping.mixer[voice];
      return [strip.gain_db, strip.pan, Number(strip.mute), Number(strip.solo)];
    }),
  );
  return { rowCount: rows.length / ROW_COLUMNS, rows, curves, resting, settings: Float64Array.from(settingNumbers(mapping)), strips };
}
