/** Edits on their way to the journal: the page's store against the real one, over the real handler and SQLite. */
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';

import { projectHandlers } from '../../src-main/api/projects.ts';
import type { Command } from '../../src-main/contract/documents/project.ts';
import type { Projects } from '../../src-main/core/projects/index.ts';
import { apiOf } from '../../tests/fixtures/api.ts';
import { asSonify, projectWorld } from '../../tests/fixtures/projects.ts';
import { createProject, edit, followJournal, undo, useProject } from './project-store.ts';
import { useToasts } from './toast-store.ts';

const seedTo = (value: number, key?: string): Command => ({
  label: `Seed ${value}`,
  patches: [{ op: 'replace', path: '/seed', value }],
  ...(key === undefined ? {} : { merge_key: key }),
});
const shown = (): number | undefined => useProject.getState().document?.seed;
const saved = (): Promise<unknown> =>
  vi.waitFor(() => expect(useProject.getState().save).toBe('saved'), { timeout: 10_000 });
const newestToast = (): string => useToasts.getState().toasts.at(-1)?.text ?? '';

interface World {
  readonly projects: Projects;
  readonly line: { isDown: boolean };
  readonly id: () => string;
}

async function openWorld(): Promise<World> {
  const { projects } = projectWorld().open();
  const api = apiOf(projectHandlers(projects));
  const line = { isDown: false };
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    // As far away as a loopback is.
    await new Promise((resolve) => setTimeout(resolve, 3));
    if (line.isDown) throw new TypeError('Failed to fetch');
    return api.fetch(new Request(`http://127.0.0.1${path}`, init));
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  useToasts.setState({ toasts: [] });
  await createProject('Test', null);
  return { projects, line, id: () => useProject.getState().project?.id ?? '' };
}

describe('the open project', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });

  const labels = (): string[] =>
    world.projects
      .history(world.id())
      .map((entry) => entry.label)
      .reverse();

  it('shows an edit at once and saves it a moment later', async () => {
    edit(seedTo(7));
    expect([shown(), useProject.getState().save]).toEqual([7, 'saving']);
    await saved();
    expect(world.projects.open(world.id()).document.seed).toBe(7);
    expect(useProject.getState().project?.undo_label).toBe('Seed 7');
  });

  it('sends edits one after the other, in order', async () => {
    for (let seed = 1; seed <= 5; seed += 1) edit(seedTo(seed));
    expect(shown()).toBe(5);
    await saved();
    expect(labels()).toEqual(['Seed 1', 'Seed 2', 'Seed 3', 'Seed 4', 'Seed 5']);
  });

  it('makes one undo step of a drag, whatever is on its way meanwhile', async () => {
    for (let seed = 1; seed <= 40; seed += 1) edit(seedTo(seed, 'drag'));
    await saved();
    expect(shown()).toBe(40);
    undo();
    await vi.waitFor(() => expect(shown()).toBe(0));
  });

  it('takes back an edit the journal refuses, and says so', async () => {
    edit(seedTo(3));
    edit(seedTo(-9));
    await saved();
    await vi.waitFor(() => expect(shown()).toBe(3));
    expect(newestToast()).toContain('“Seed -9” could not be applied');
  });

  it('keeps an edit while the program does not answer and sends it when it does', async () => {
    world.line.isDown = true;
    edit(seedTo(3));
    await vi.waitFor(() => expect(useProject.getState().save).toBe('unsaved'));
    expect(shown()).toBe(3);
    world.line.isDown = false;
    await saved();
    expect(labels()).toEqual(['Seed 3']);
  });

  it('puts an edit onto the newest version when another window or a finished render moved the journal', async () => {
    const { project, document: opened } = world.projects.open(world.id());
    const document = asSonify(opened);
    const bpm: Command = {
      label: 'Tempo',
      patches: [{ op: 'replace', path: '/mapping/tempo/bpm', value: document.mapping.tempo.bpm + 9 }],
    };
    world.projects.apply(project.id, project.seq, bpm);
    edit(seedTo(5));
    await saved();
    await vi.waitFor(() => expect(labels()).toEqual(['Tempo', 'Seed 5']));
    expect([shown(), useProject.getState().document?.mapping.tempo.bpm]).toEqual([5, document.mapping.tempo.bpm + 9]);
  });

  it('follows the journal when another window or a job has moved it', async () => {
    const { project } = world.projects.open(world.id());
    const after = world.projects.apply(project.id, project.seq, seedTo(12));
    await followJournal(project.id, after.project.seq);
    expect(shown()).toBe(12);
  });

  it('undoes only after what was edited has arrived', async () => {
    edit(seedTo(4));
    undo();
    await vi.waitFor(() => expect(shown()).toBe(0));
    expect(useProject.getState().project?.redo_label).toBe('Seed 4');
  });
});
