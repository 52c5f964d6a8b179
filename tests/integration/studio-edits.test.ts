/** The studio's edits against the real journal: what is on its way when a render finishes or another project is opened. */
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';

import { projectHandlers } from '../../src-main/api/index.ts';
import type { Command } from '../../src-main/contract/documents/project.ts';
import type { Projects } from '../../src-main/core/projects/index.ts';
import { closeProject, edit, openProject, useProject } from '../../src-renderer/stores/project-store.ts';
import { useToasts } from '../../src-renderer/stores/toast-store.ts';
import { apiOf } from '../fixtures/api.ts';
import { asSonify, projectWorld } from '../fixtures/projects.ts';

const seedOf = (value: number): Command => ({ label: 'Change seed', patches: [{ op: 'replace', path: '/seed', value }] });
const stemsOf = (value: boolean): Command => ({ label: 'Change stems', patches: [{ op: 'replace', path: '/export/stems', value }] });

/** The page's fetch goes to the real handler; `before` runs as each request arrives and may hold it back. */
function studio(): { projects: Projects; before: (hook: (request: Request) => Promise<void> | void) => void } {
  const { projects } = projectWorld().open();
  const api = apiOf(projectHandlers(projects));
  let hook: (request: Request) => Promise<void> | void = () => undefined;
  const ownFetch = globalThis.fetch;
  globalThis.fetch = async (address, init) => {
    const request = new Request(`http://kinetone.local${String(address)}`, { method: init?.method ?? 'GET', headers: init?.headers ?? {}, body: init?.body ?? null });
    await hook(request);
    return api.fetch(request, 'electron');
  };
  onTestFinished(() => void (globalThis.fetch = ownFetch));
  return { projects, before: (next) => void (hook = next) };
}

const newProject = (projects: Projects, name: string): string => projects.create({ kind: 'sonify', name, media_id: null }).project.id;

/** Once, when the first edit arrives. */
function onFirstEdit(act: () => Promise<void> | void): (request: Request) => Promise<void> | void {
  let isDone = false;
  return (request) => {
    if (isDone || !request.url.includes('/commands')) return;
    isDone = true;
    return act();
  };
}

describe('an edit on its way', () => {
  beforeEach(() => {
    useProject.setState({ project: null, document: null, save: 'saved' });
    useToasts.setState({ toasts: [] });
  });

  test('survives a render that finishes meanwhile, and so do those behind it', async () => {
    const { projects, before } = studio();
    const id = newProject(projects, 'A');
    await openProject(id);
    before(onFirstEdit(() => void projects.applyResult(id, 'result')));
    edit(seedOf(7));
    edit(stemsOf(true));
    await closeProject();
    const { document } = projects.open(id);
    expect([document.seed, asSonify(document).export.stems, document.result_artifact_id]).toEqual([7, true, 'result']);
    expect(useToasts.getState().toasts).toEqual([]);
  });

  test('is shown with the result of that render', async () => {
    const { projects, before } = studio();
    const id = newProject(projects, 'A');
    await openProject(id);
    before(onFirstEdit(() => void projects.applyResult(id, 'result')));
    edit(seedOf(7));
    await expect.poll(() => useProject.getState()).toMatchObject({ save: 'saved', document: { seed: 7, result_artifact_id: 'result' } });
  });

  test('reaches its own project when another one is opened and edited before it arrives', async () => {
    const { projects, before } = studio();
    const [a, b] = [newProject(projects, 'A'), newProject(projects, 'B')];
    await openProject(a);
    const held = Promise.withResolvers<void>();
    before(onFirstEdit(() => held.promise));
    edit(seedOf(1));
    edit(stemsOf(true));
    const opening = openProject(b);
    setTimeout(held.resolve, 50);
    await opening;
    edit(seedOf(2));
    await closeProject();
    await expect.poll(() => projects.open(a).document).toMatchObject({ seed: 1, export: { stems: true } });
    expect(projects.open(b).document).toMatchObject({ seed: 2, export: { stems: false } });
  });

  test('of a project that was opened again meanwhile is shown on what the journal has', async () => {
    const { projects, before } = studio();
    const [a, b] = [newProject(projects, 'A'), newProject(projects, 'B')];
    await openProject(a);
    const held = Promise.withResolvers<void>();
    before(onFirstEdit(() => held.promise));
    edit(seedOf(1));
    await openProject(b);
    const again = openProject(a);
    held.resolve();
    await again;
    expect(useProject.getState()).toMatchObject({ save: 'saved', project: { id: a }, document: { seed: 1 } });
  });

  test('is taken back and said when the journal refuses it', async () => {
    const { projects } = studio();
    const id = newProject(projects, 'A');
    await openProject(id);
    edit(seedOf(-1));
    await expect.poll(() => useProject.getState()).toMatchObject({ save: 'saved', document: { seed: 0 } });
    expect(useToasts.getState().toasts).toHaveLength(1);
  });
});
