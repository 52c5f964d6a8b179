/**
 * The open project. An edit shows at once and goes to the journal in order; bursts of one gesture become one command; an
 * edit the journal refuses is taken back and said. Undo and redo are the journal's.
 */
import { create } from 'zustand';

import { AppError } from '../../src-main/contract/errors.ts';
import type { Command, OpenProject, Project, SonifyDocument } from '../../src-main/contract/documents/project.ts';
import { en } from '../../src-main/contract/text/en.ts';
import { call } from '../api/client.ts';
import { applyPatches, mergePatches } from '../model/json-patch.ts';
import { say, sayError } from './toast-store.ts';

export type SaveState = 'saved' | 'saving' | 'unsaved';

interface ProjectState {
  readonly project: Project | null;
  /** As shown: the journal's document with the edits that are on their way. */
  readonly document: SonifyDocument | null;
  readonly save: SaveState;
}

export const useProject = create<ProjectState>()(() => ({ project: null, document: null, save: 'saved' }));

const RETRY_MS = 1000;
let waiting: Command[] = [];
let isSending = false;
let sent: Promise<void> = Promise.resolve();

function accept(open: OpenProject): void {
  const current = useProject.getState().project;
  if (current && current.id !== open.project.id) return;
  const document = waiting.reduce((result, command) => applyPatches(result, command.patches), open.document);
  useProject.setState({ project: open.project, document, save: waiting.length === 0 ? 'saved' : 'saving' });
}

/** Shows a project; edits of the one before are already on their way. */
export function show(open: OpenProject): void {
  waiting = [];
  useProject.setState({ project: open.project, document: open.document, save: 'saved' });
}

export async function openProject(id: string): Promise<void> {
  await sent;
  show(await call('openProject', { params: { id } }));
}

export async function createProject(name: string, mediaId: string | null): Promise<void> {
  await sent;
  show(await call('createProject', { body: { kind: 'sonify', name: name.slice(0, 120), media_id: mediaId } }));
}

export async function closeProject(): Promise<void> {
  await sent;
  useProject.setState({ project: null, document: null, save: 'saved' });
}

/** Applies an edit at once and sends it to the journal. Null is no edit, for callers whose thing has gone. */
export function edit(command: Command | null): void {
  const { document } = useProject.getState();
  if (!command || !document) return;
  useProject.setState({ document: applyPatches(document, command.patches), save: 'saving' });
  // The first of the queue is on its way and is left as it is.
  const last = waiting.length > (isSending ? 1 : 0) ? waiting.at(-1) : undefined;
  if (last?.merge_key !== undefined && last.merge_key === command.merge_key) {
    waiting = waiting.with(-1, { ...last, label: command.label, patches: mergePatches(last.patches, command.patches) });
  } else waiting = [...waiting, command];
  if (!isSending) sent = sendAll();
}

async function sendAll(): Promise<void> {
  isSending = true;
  while (waiting[0]) {
    const command = waiting[0];
    const { project } = useProject.getState();
    if (!project) break;
    try {
      const open = await call('applyCommand', { params: { id: project.id }, body: { base_seq: project.seq, command } });
      waiting = waiting.slice(1);
      accept(open);
    } catch (error) {
      await refused(project.id, command, error);
    }
  }
  isSending = false;
}

async function refused(projectId: string, command: Command, error: unknown): Promise<void> {
  if (error instanceof AppError && error.retryable) {
    useProject.setState({ save: 'unsaved' });
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    return;
  }
  waiting = [];
  if (error instanceof AppError && error.code === 'project-conflict') say(en.project.conflict);
  else sayError(error, en.project.editRefused(command.label));
  try {
    accept(await call('openProject', { params: { id: projectId } }));
  } catch (again) {
    sayError(again);
    useProject.setState({ save: 'unsaved' });
  }
}

async function travel(operation: 'undoProject' | 'redoProject'): Promise<void> {
  await sent;
  const { project } = useProject.getState();
  if (project) accept(await call(operation, { params: { id: project.id } }));
}

export function undo(): void {
  travel('undoProject').catch((error: unknown) => sayError(error));
}

export function redo(): void {
  travel('redoProject').catch((error: unknown) => sayError(error));
}

/** Another window or a finished job moved the journal: take its newest state. */
export async function followJournal(projectId: string, seq: number): Promise<void> {
  const { project } = useProject.getState();
  if (!project || project.id !== projectId || isSending || seq <= project.seq) return;
  accept(await call('openProject', { params: { id: projectId } }));
}
