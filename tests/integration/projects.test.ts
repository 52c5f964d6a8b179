/** Projects over real SQLite: commands, undo over restarts, merging of gestures, conflicts, the trash. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { OpenProjectSchema, type OpenProject, type Patch } from '../../src-main/contract/documents/project.ts';
import type { AppError } from '../../src-main/contract/errors.ts';
import { plainMapping } from '../fixtures/mapping.ts';
import { asSonify, projectWorld } from '../fixtures/projects.ts';

const replace = (path: string, value: unknown): Patch => ({ op: 'replace', path, value });
const seed = (value: number): { label: string; patches: Patch[] } => ({ label: `Seed ${value}`, patches: [replace('/seed', value)] });
const DAY_MS = 24 * 3600 * 1000;

describe('commands', () => {
  test('a new project has the default mapping and is a valid document; a command changes it and is named in undo', () => {
    const { projects, events } = projectWorld().open();
    const created = projects.create({ kind: 'sonify', name: 'Dance', media_id: 'film' });
    OpenProjectSchema.parse(created);
    expect(created.project).toMatchObject({ seq: 0, undo_label: null, redo_label: null, media_id: 'film' });
    const after = projects.apply(created.project.id, 0, seed(7));
    expect([after.document.seed, after.project.seq, after.project.undo_label]).toEqual([7, 1, 'Seed 7']);
    expect(events.states.map((event) => event.type)).toEqual(['project-list-changed', 'project-changed']);
  });

  test('kinds without a workspace and media that do not exist are refused', () => {
    const { projects } = projectWorld().open();
    expect(() => projects.create({ kind: 'music-video', name: 'x', media_id: null })).toThrow(expect.objectContaining({ code: 'workspace-unavailable' }));
    expect(() => projects.create({ kind: 'sonify', name: 'x', media_id: 'gone' })).toThrow(expect.objectContaining({ code: 'media-not-found' }));
    expect(projects.list()).toEqual([]);
  });

  test('a choreography holds words, parameters and export settings; an edit is a step, undo takes it back after a restart', () => {
    const world = projectWorld();
    const { projects } = world.open();
    const { project, document } = projects.create({ kind: 'choreography', name: 'Dance', media_id: 'film' });
    OpenProjectSchema.parse({ project, document });
    const after = projects.apply(project.id, 0, { label: 'Style', patches: [replace('/parameters/style', 'romantic'), replace('/export/preset', 'low')] });
    expect(after.document).toMatchObject({ kind: 'choreography', media_id: 'film', plan: null, parameters: { style: 'romantic' }, export: { preset: 'low' } });
    expect(() => projects.apply(project.id, 1, { label: 'Speed', patches: [replace('/parameters/counts', 5)] })).toThrow(expect.objectContaining({ code: 'project-invalid' }));
    expect(world.open().projects.undo(project.id).document).toEqual(document);
  });

  test('a project from before there were scenes takes one, and undo takes it back', () => {
    const world = projectWorld();
    const { project } = world.open().projects.create({ kind: 'sonify', name: 'Old', media_id: null });
    const database = new Database(join(world.folder, 'kinetone.sqlite'));
    database.prepare("UPDATE project_snapshots SET document = json_remove(document, '$.scenes')").run();
    database.close();
    const { projects } = world.open();
    const scene = { id: 'scene-1', name: 'Drop', mapping: plainMapping, morph_ms: 500 };
    const after = projects.apply(project.id, 0, { label: 'Store scene Drop', patches: [{ op: 'add', path: '/scenes/-', value: scene }] });
    expect(asSonify(after.document).scenes).toEqual([scene]);
    expect(asSonify(projects.undo(project.id).document).scenes).toEqual([]);
  });

  test.each([
    ['a value out of range', replace('/mapping/tempo/bpm', 1000)],
    ['a path to nowhere', replace('/mapping/nothing/here', 1)],
    ['a field nobody knows', { op: 'add', path: '/mapping/secret', value: 1 } as Patch],
    ['a required field removed', { op: 'remove', path: '/seed' } as Patch],
    ['the whole document removed', { op: 'remove', path: '' } as Patch],
    ['a prototype', { op: 'add', path: '/__proto__', value: { polluted: true } } as Patch],
    ['a place beyond the list', { op: 'add', path: '/markers/5', value: { id: 'm', at_s: 1, label: '' } } as Patch],
    ['something that is no pointer', replace('seed', 1)],
  ])('%s is refused and nothing is stored', (_, patch) => {
    const { projects } = projectWorld().open();
    const { project, document } = projects.create({ kind: 'sonify', name: 'x', media_id: null });
    expect(() => projects.apply(project.id, 0, { label: 'Bad', patches: [replace('/seed', 3), patch] })).toThrow(expect.objectContaining({ code: 'project-invalid' }));
    expect(projects.open(project.id)).toMatchObject({ project: { seq: 0 }, document });
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('an edit on an older state answers project-conflict with the newest document', () => {
    const { projects } = projectWorld().open();
    const { id } = projects.create({ kind: 'sonify', name: 'x', media_id: null }).project;
    projects.apply(id, 0, seed(1));
    let thrown: unknown;
    try {
      projects.apply(id, 0, seed(2));
    } catch (error) {
      thrown = error;
    }
    expect((thrown as AppError).code).toBe('project-conflict');
    expect(OpenProjectSchema.parse((thrown as AppError).details)).toMatchObject({ project: { seq: 1 }, document: { seed: 1 } });
  });

  test('a job’s result enters by a command that can be undone; a project in the trash is left alone', () => {
    const { projects } = projectWorld().open();
    const { id } = projects.create({ kind: 'sonify', name: 'x', media_id: null }).project;
    expect(projects.applyResult(id, 'artifact1')?.document.result_artifact_id).toBe('artifact1');
    expect(projects.undo(id).document.result_artifact_id).toBeNull();
    projects.trash(id);
    expect(projects.applyResult(id, 'artifact2')).toBeNull();
    expect(projects.applyResult('unknown', 'artifact2')).toBeNull();
  });
});

describe('undo', () => {
  test('reaches the beginning and back over restarts', () => {
    const world = projectWorld();
    const first = world.open().projects;
    const { id } = first.create({ kind: 'sonify', name: 'x', media_id: null }).project;
    for (let value = 1; value <= 120; value += 1) first.apply(id, value - 1, seed(value));
    const second = world.open().projects;
    for (let value = 119; value >= 0; value -= 1) expect(second.undo(id).document.seed).toBe(value);
    expect(second.undo(id).project).toMatchObject({ undo_label: null, redo_label: 'Seed 1', seq: 240 });
    const third = world.open().projects;
    for (let value = 1; value <= 120; value += 1) expect(third.redo(id).document.seed).toBe(value);
    expect(third.redo(id).project).toMatchObject({ undo_label: 'Seed 120', redo_label: null, seq: 360 });
    expect(world.open().projects.open(id).document.seed).toBe(120);
  });

  test('an edit after an undo starts a new branch; what was undone is kept in the history but not redone', () => {
    const { projects } = projectWorld().open();
    const { id } = projects.create({ kind: 'sonify', name: 'x', media_id: null }).project;
    projects.apply(id, 0, seed(1));
    projects.apply(id, 1, seed(2));
    projects.undo(id);
    projects.apply(id, 3, seed(3));
    expect(projects.redo(id).document.seed).toBe(3);
    expect(projects.history(id).map(({ label, is_undone: isUndone }) => [label, isUndone])).toEqual([['Seed 3', false], ['Seed 2', true], ['Seed 1', false]]);
    expect(projects.undo(id).document.seed).toBe(1);
    expect(projects.undo(id).document.seed).toBe(0);
  });

  test('edits of one gesture within a second are one step, later ones are not', async () => {
    const world = projectWorld();
    const { projects } = world.open();
    const { id } = projects.create({ kind: 'sonify', name: 'x', media_id: null }).project;
    const drag = (bpm: number): unknown => projects.apply(id, projects.open(id).project.seq, { label: 'Change tempo', patches: [replace('/mapping/tempo/bpm', bpm)], merge_key: 'bpm' });
    for (const bpm of [121, 125, 130]) {
      await world.clock.advance(900);
      drag(bpm);
    }
    await world.clock.advance(1001);
    drag(140);
    expect(projects.history(id)).toHaveLength(2);
    expect(projects.undo(id).document).toMatchObject({ mapping: { tempo: { bpm: 130 } } });
    expect(projects.undo(id).document).toMatchObject({ mapping: { tempo: { bpm: 120 } } });
    // An undone gesture does not go on.
    projects.redo(id);
    drag(131);
    expect(projects.history(id)).toHaveLength(3);
  });

  test('a merged step of additions and removals is undone whole', () => {
    const { projects } = projectWorld().open();
    const { id } = projects.create({ kind: 'sonify', name: 'x', media_id: null }).project;
    const marker = (at: number): { id: string; at_s: number; label: string } => ({ id: `m${at}`, at_s: at, label: '' });
    projects.apply(id, 0, { label: 'Mark', merge_key: 'k', patches: [{ op: 'add', path: '/markers/-', value: marker(1) }, { op: 'add', path: '/markers/-', value: marker(2) }] });
    projects.apply(id, 1, { label: 'Mark', merge_key: 'k', patches: [{ op: 'remove', path: '/markers/0' }] });
    expect(projects.history(id)).toHaveLength(1);
    expect(asSonify(projects.undo(id).document).markers).toEqual([]);
    expect(asSonify(projects.redo(id).document).markers).toEqual([marker(2)]);
  });
});

describe('any sequence of edits', () => {
  const runs = Number(process.env['KINETONE_PROPERTY_OPERATIONS'] ?? 500);
  const hashOf = (document: unknown): string => createHash('sha256').update(canonical(document)).digest('hex');

  const command = fc.oneof(
    fc.record({ label: fc.constant('Seed'), patches: fc.nat(1000).map((value) => [replace('/seed', value)]), merge_key: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }) }),
    fc.record({ label: fc.constant('Mark'), patches: fc.nat(60).map((at) => [{ op: 'add', path: '/markers/-', value: { id: `m${at}`, at_s: at, label: 'm' } }] as Patch[]) }),
    fc.record({ label: fc.constant('Unmark'), patches: fc.constant([{ op: 'remove', path: '/markers/0' }] as Patch[]) }),
    fc.record({ label: fc.constant('Insert'), patches: fc.nat(60).map((at) => [{ op: 'add', path: '/markers/0', value: { id: `i${at}`, at_s: at, label: 'i' } }] as Patch[]) }),
    fc.record({ label: fc.constant('Rest'), patches: fc.double({ min: 0, max: 1, noNaN: true }).map((value) => [{ op: 'add', path: '/mapping/resting/bass_intensity', value }] as Patch[]), merge_key: fc.constant('rest') }),
    fc.record({ label: fc.constant('Unrest'), patches: fc.constant([{ op: 'remove', path: '/mapping/resting/bass_intensity' }] as Patch[]) }),
    fc.record({ label: fc.constant('Range'), patches: fc.constantFrom(null, { start_s: 1, end_s: 2 }).map((value) => [replace('/range', value)]) }),
    fc.record({ label: fc.constant('Tempo'), patches: fc.integer({ min: 40, max: 240 }).map((value) => [replace('/mapping/tempo/bpm', value), replace('/mapping/sync', value % 2 === 0)]), merge_key: fc.constant('bpm') }),
  );
  const operation = fc.oneof({ weight: 6, arbitrary: command }, { weight: 2, arbitrary: fc.constant('undo' as const) }, { weight: 1, arbitrary: fc.constant('redo' as const) }, { weight: 1, arbitrary: fc.constant('restart' as const) }, { weight: 1, arbitrary: fc.constant('wait' as const) });

  test(`undo to the beginning gives the first document and redo the last (${runs} operations)`, async () => {
    const world = projectWorld();
    let { projects } = world.open();
    const created = projects.create({ kind: 'sonify', name: 'x', media_id: null });
    const { id } = created.project;
    let restarts = 0;
    for (const next of fc.sample(operation, { numRuns: runs, seed: 20260101 })) {
      if (next === 'undo') projects.undo(id);
      else if (next === 'redo') projects.redo(id);
      else if (next === 'wait') await world.clock.advance(1500);
      else if (next === 'restart' && restarts < 20) {
        restarts += 1;
        const before = projects.open(id);
        ({ projects } = world.open());
        expect(projects.open(id)).toEqual(before);
      } else if (typeof next === 'object') applyIfValid(projects.open(id), next);
    }
    let last = projects.open(id);
    while (last.project.redo_label !== null) last = projects.redo(id);
    let now = last;
    let undone = 0;
    for (; now.project.undo_label !== null; undone += 1) now = projects.undo(id);
    expect(hashOf(now.document)).toBe(hashOf(created.document));
    ({ projects } = world.open());
    for (now = projects.open(id); now.project.redo_label !== null; undone -= 1) now = projects.redo(id);
    expect([hashOf(now.document), undone]).toEqual([hashOf(last.document), 0]);

    function applyIfValid(open: OpenProject, edit: { label: string; patches: Patch[]; merge_key?: string | undefined }): void {
      const { merge_key: key, ...rest } = edit;
      try {
        projects.apply(id, open.project.seq, key === undefined ? rest : { ...rest, merge_key: key });
      } catch (error) {
        // Removing from an empty list and the like: refused, and the state is the one before.
        expect(error).toMatchObject({ code: 'project-invalid' });
        expect(projects.open(id)).toEqual(open);
      }
    }
  });
});

describe('the list and the trash', () => {
  test('projects are listed with the last edited first; renaming shows in the list', async () => {
    const world = projectWorld();
    const { projects } = world.open();
    const [a, b] = ['A', 'B'].map((name) => projects.create({ kind: 'sonify', name, media_id: null }).project.id) as [string, string];
    await world.clock.advance(10);
    projects.apply(a, 0, seed(1));
    expect(projects.list().map(({ name }) => name)).toEqual(['A', 'B']);
    await world.clock.advance(10);
    projects.rename(b, 'Bee');
    expect(projects.list().map(({ name }) => name)).toEqual(['Bee', 'A']);
  });

  test('a deleted project comes back with its undo, and is gone for good after 30 days', async () => {
    const world = projectWorld();
    const { projects } = world.open();
    const { id } = projects.create({ kind: 'sonify', name: 'x', media_id: null }).project;
    projects.apply(id, 0, seed(1));
    projects.trash(id);
    expect(projects.list()).toEqual([]);
    expect(() => projects.open(id)).toThrow(expect.objectContaining({ code: 'not-found' }));
    await world.clock.advance(29 * DAY_MS);
    expect(projects.purgeTrash()).toBe(0);
    projects.restore(id);
    expect(projects.undo(id).document.seed).toBe(0);
    projects.trash(id);
    await world.clock.advance(31 * DAY_MS);
    expect(projects.purgeTrash()).toBe(1);
    expect(() => projects.restore(id)).toThrow(expect.objectContaining({ code: 'not-found' }));
  });
});

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    member !== null && typeof member === 'object' && !Array.isArray(member) ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1))) : member,
  );
}
