/** Edits of a Sonify project outside its mapping, as named commands: film, range, markers, export settings, seed. */
import type { Command, SonifyDocument } from '../../src-main/contract/documents/project.ts';
import type { ExportSettings } from '../../src-main/contract/documents/sonify.ts';
import type { Mapping } from '../../src-main/contract/documents/mapping.ts';
import { en } from '../../src-main/contract/text/en.ts';
import { pointer } from './json-patch.ts';

const say = en.sonify.edit;

/** Shortest range that is worth a name: a tenth of a second. */
export const LEAST_RANGE_S = 0.1;

/** Sets the range from two times in any order, within the film; null when nothing of length is left. */
export function setRange(aS: number, bS: number, durationS: number): Command | null {
  const startS = Math.max(0, Math.min(aS, bS));
  const endS = Math.min(durationS, Math.max(aS, bS));
  if (endS - startS < Math.min(LEAST_RANGE_S, durationS)) return null;
  return {
    label: say.range,
    patches: [{ op: 'replace', path: '/range', value: { start_s: startS, end_s: endS } }],
    merge_key: 'range',
  };
}

export function clearRange(): Command {
  return { label: say.clearRange, patches: [{ op: 'replace', path: '/range', value: null }] };
}

/** Puts an end of the range at a time; the other end stays where that leaves a range, else goes to the film's end. */
export function setRangeEnd(
  end: 'start' | 'end',
  timeS: number,
  document: SonifyDocument,
  durationS: number,
): Command | null {
  const { range } = document;
  if (end === 'start')
    return setRange(timeS, range && range.end_s > timeS + LEAST_RANGE_S ? range.end_s : durationS, durationS);
  return setRange(range && range.start_s < timeS - LEAST_RANGE_S ? range.start_s : 0, timeS, durationS);
}

type Marker = SonifyDocument['markers'][number];

export function addMarker(timeS: number, markers: readonly Marker[]): Command {
  const taken = new Set(markers.map((marker) => marker.id));
  let number = markers.length + 1;
  while (taken.has(`marker-${number}`)) number += 1;
  const value: Marker = { id: `marker-${number}`, at_s: timeS, label: en.sonify.lanes.markerName(number) };
  return { label: say.marker, patches: [{ op: 'add', path: '/markers/-', value }] };
}

export function removeMarker(id: string, markers: readonly Marker[]): Command | null {
  const index = markers.findIndex((marker) => marker.id === id);
  return index === -1
    ? null
    : { label: say.removeMarker, patches: [{ op: 'remove', path: pointer('markers', index) }] };
}

/** Another film: range, markers and result belong to the one before and go. */
export function setFilm(mediaId: string): Command {
  return {
    label: say.media,
    patches: [
      { op: 'replace', path: '/media_id', value: mediaId },
      { op: 'replace', path: '/range', value: null },
      { op: 'replace', path: '/markers', value: [] },
      { op: 'replace', path: '/result_artifact_id', value: null },
    ],
  };
}

export function setExport<Field extends keyof ExportSettings>(field: Field, value: ExportSettings[Field]): Command {
  return {
    label: say.export,
    patches: [{ op: 'replace', path: pointer('export', field), value }],
    merge_key: `export:${field}`,
  };
}

export function setSeed(seed: number): Command {
  return { label: say.seed, patches: [{ op: 'replace', path: '/seed', value: seed }], merge_key: 'seed' };
}

/** Begins to compare: the present mapping is kept as A, an equal B is edited. */
export function startComparing(mapping: Mapping): Command {
  return { label: en.mapping.edit.compareStart, patches: [{ op: 'replace', path: '/compared', value: mapping }] };
}

/** Ends comparing; B takes the place of A when it is kept. */
export function stopComparing(compared: Mapping, isBKept: boolean): Command {
  const drop = { op: 'replace' as const, path: '/compared', value: null };
  return isBKept
    ? { label: en.mapping.edit.keepB, patches: [{ op: 'replace', path: '/mapping', value: compared }, drop] }
    : { label: en.mapping.edit.compareStop, patches: [drop] };
}
