/**
 * A document from outside as a blueprint, or every fault of it at once, each with its JSON pointer and a hint. Pure;
 * whether files are there is found out later.
 */
import type { z } from 'zod';

import { pathFault } from '../../../contract/blueprint-path.ts';
import { BLUEPRINT_VERSION, type Blueprint, type BlueprintFault, BlueprintSchema, ShortBlueprintSchema } from '../../../contract/documents/blueprint.ts';
import { blueprintInvalid, faultText, pathFaultText } from '../../../contract/text/en/assembly.ts';
import { isShortForm, pointerInShortForm, upgraded } from './upgrade.ts';

export type Validated = { readonly blueprint: Blueprint; readonly faults: readonly [] } | { readonly blueprint: null; readonly faults: readonly BlueprintFault[] };

/** Boundaries that lie nearer than this are taken for rounding of the one who planned; seconds. */
const SEAM_S = 0.05;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const numberOr = (value: unknown, otherwise: number): number => (typeof value === 'number' && Number.isFinite(value) ? value : otherwise);

/** RFC 6901. */
export function jsonPointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, part) => (typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[part] : undefined), document);
}

function schemaFaults(issues: readonly z.core.$ZodIssue[], document: unknown): BlueprintFault[] {
  return issues.map((issue) => {
    const value = valueAt(document, issue.path);
    const isNewer = issue.path[0] === 'version' && value !== undefined;
    const words = isNewer ? faultText.newer(String(value)) : value === undefined ? faultText.missing : faultText.schema(issue.message.replace(/\.$/, ''));
    return { pointer: jsonPointer(issue.path), ...words };
  });
}

/** Paths by where they stand, whatever else is wrong. */
function pathFaults(document: Record<string, unknown>): BlueprintFault[] {
  const { moves, audio_path: song, output_config: output } = document;
  const paths: [string, unknown][] = [
    ['/audio_path', song],
    ...(Array.isArray(moves) ? moves.map((move, i): [string, unknown] => [`/moves/${i}/video_path`, isRecord(move) ? move['video_path'] : null]) : []),
    ['/output_config/output_path', isRecord(output) ? output['output_path'] : null],
  ];
  return paths.flatMap(([pointer, path]) => {
    // An empty one is the schema's business.
    const fault = typeof path === 'string' && path !== '' ? pathFault(path) : null;
    return fault === null ? [] : [{ pointer, ...pathFaultText[fault] }];
  });
}

/** How the moves follow one another; a move whose numbers are broken is named by the schema and passed over here. */
function orderFaults(moves: readonly unknown[]): BlueprintFault[] {
  const faults: BlueprintFault[] = [];
  const seen = new Set<string>();
  let end = 0;
  let last = Number.NEGATIVE_INFINITY;
  moves.forEach((move, i) => {
    if (!isRecord(move)) return;
    const id = move['clip_id'];
    if (typeof id === 'string' && seen.has(id)) faults.push({ pointer: `/moves/${i}/clip_id`, ...faultText.duplicate(id) });
    if (typeof id === 'string') seen.add(id);
    const start = numberOr(move['start_time'], Number.NaN);
    const pointer = `/moves/${i}/start_time`;
    if (i === 0 && start > SEAM_S) faults.push({ pointer, ...faultText.notAtZero(start) });
    else if (i > 0 && start <= last) faults.push({ pointer, ...faultText.backwards });
    else if (i > 0 && start - end > SEAM_S) faults.push({ pointer, ...faultText.gap(start - end) });
    else if (i > 0 && end - start > SEAM_S) faults.push({ pointer, ...faultText.overlap(end - start) });
    last = numberOr(start, last);
    end = numberOr(start, end) + numberOr(move['duration'], Number.NaN);
  });
  return faults;
}

function totalFaults(document: Record<string, unknown>, moves: readonly unknown[]): BlueprintFault[] {
  const ends = moves.map((move) => (isRecord(move) ? numberOr(move['start_time'], Number.NaN) + numberOr(move['duration'], Number.NaN) : Number.NaN));
  const end = Math.max(...ends);
  const total = numberOr(document['total_duration'], Number.NaN);
  return Math.abs(total - end) > SEAM_S ? [{ pointer: '/total_duration', ...faultText.total(end) }] : [];
}

function sizeFaults(output: unknown): BlueprintFault[] {
  if (!isRecord(output)) return [];
  const [width, height] = [output['width'] ?? null, output['height'] ?? null];
  if ((width === null) === (height === null)) return [];
  return [{ pointer: `/output_config/${width === null ? 'width' : 'height'}`, ...faultText.half }];
}

function validateFull(document: Record<string, unknown>): Validated {
  const parsed = BlueprintSchema.safeParse(document);
  const moves = Array.isArray(document['moves']) ? document['moves'] : [];
  const faults = [
    ...(parsed.success ? [] : schemaFaults(parsed.error.issues, document)),
    ...pathFaults(document),
    ...orderFaults(moves),
    ...totalFaults(document, moves),
    ...sizeFaults(document['output_config']),
  ];
  if (parsed.success && faults.length === 0) return { blueprint: parsed.data, faults: [] };
  return { blueprint: null, faults };
}

/** @param document  parsed JSON of either form. */
export function validateBlueprint(document: unknown): Validated {
  if (!isRecord(document)) return { blueprint: null, faults: [{ pointer: '', ...faultText.notObject }] };
  // Seen as a number in documents written by hand.
  if (typeof document['version'] === 'number') return validateBlueprint({ ...document, version: document['version'].toFixed(1) });
  if (!isShortForm(document)) return validateFull(document);
  const short = ShortBlueprintSchema.safeParse(document);
  if (!short.success) return { blueprint: null, faults: schemaFaults(short.error.issues, document) };
  const { blueprint, faults } = validateFull({ ...upgraded(short.data), version: document['version'] ?? BLUEPRINT_VERSION });
  if (blueprint !== null) return { blueprint, faults: [] };
  return { blueprint, faults: faults.map((fault) => ({ ...fault, pointer: pointerInShortForm(fault.pointer) })) };
}

/** @throws AppError 'blueprint-invalid' with every fault. */
export function requireBlueprint(document: unknown): Blueprint {
  const { blueprint, faults } = validateBlueprint(document);
  if (blueprint === null) throw blueprintInvalid(faults);
  return blueprint;
}

/** @throws AppError 'blueprint-invalid' */
export function parseBlueprint(text: string): Blueprint {
  let document: unknown;
  try {
    document = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw blueprintInvalid([{ pointer: '', ...faultText.notJson(error instanceof Error ? error.message : '') }]);
  }
  return requireBlueprint(document);
}
