import { describe, expect, it } from 'vitest';

import type { SonifyDocument } from '../../src-main/contract/documents/project.ts';
import { applyPatches } from './json-patch.ts';
import { addMarker, removeMarker, setFilm, setRange, setRangeEnd } from './project-edit.ts';

const document = {
  range: { start_s: 2, end_s: 6 },
  markers: [],
  media_id: 'a',
  result_artifact_id: 'r',
} as unknown as SonifyDocument;
const rangeAfter = (command: ReturnType<typeof setRange>) =>
  command ? applyPatches(document, command.patches).range : 'none';

describe('range', () => {
  it('takes its ends in any order and stays within the film', () => {
    expect(rangeAfter(setRange(9, 3, 8))).toEqual({ start_s: 3, end_s: 8 });
  });

  it('is nothing without length', () => {
    expect(rangeAfter(setRange(3, 3.05, 8))).toBe('none');
  });

  it('keeps the other end where that leaves a range, else reaches to the film’s end or beginning', () => {
    expect(rangeAfter(setRangeEnd('start', 4, document, 8))).toEqual({ start_s: 4, end_s: 6 });
    expect(rangeAfter(setRangeEnd('start', 7, document, 8))).toEqual({ start_s: 7, end_s: 8 });
    expect(rangeAfter(setRangeEnd('end', 1, document, 8))).toEqual({ start_s: 0, end_s: 1 });
  });
});

describe('markers', () => {
  it('never share an id, also after one is removed', () => {
    let doc = applyPatches(document, addMarker(1, []).patches);
    doc = applyPatches(doc, addMarker(2, doc.markers).patches);
    doc = applyPatches(doc, removeMarker('marker-1', doc.markers)?.patches ?? []);
    doc = applyPatches(doc, addMarker(3, doc.markers).patches);
    expect(new Set(doc.markers.map((marker) => marker.id)).size).toBe(2);
  });
});

describe('another film', () => {
  it('drops what belonged to the one before', () => {
    const after = applyPatches(document, setFilm('b').patches);
    expect([after.media_id, after.range, after.result_artifact_id]).toEqual(['b', null, null]);
  });
});
