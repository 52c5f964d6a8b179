/**
 * The open project. An edit shows at once and goes to the journal in order; bursts of one gesture become one command; an
 * edit the journal refuses is taken back and said. Undo and redo are the journal's.
 */
import { create } from 'zustand';

import { AppError } from '../../src-main/contract/errors.ts';
import type { ChoreographyDocument, Command, OpenProject, Project, ProjectDocument, SonifyDocument } from '../../src-main/contract/documents/project.ts';
import { en } from '../../src-main/contract/text/en.ts';
import { call } from '../api/client.ts';
import { applyPatches, mergePatches } from '../model/json-patch.ts';
import { say, sayError } from './toast-store.ts';

export type SaveState = 'saved' | 'saving' | 'unsaved';

interface ProjectState {
  readonly project: Project | null;
  /** As shown: the journal's document with the edits that are on their way; null where the project is of another kind. */
  readonly document: SonifyDocument | null;
  /** The same, where it is a choreography. */
  readonly choreography: ChoreographyDocument | null;
  readonly save: SaveState;
}

export const useProject = create<ProjectState>()(() => ({ project: null, document: null, choreography: null, save: 'saved' }));

const byKind = (document: ProjectDocument | null): Pick<ProjectState, 'document' | 'choreography'> => ({
  document: document?.kind === 'sonify' ? document : null,
  choreography: document?.kind === 'choreography' ? document : null,
});

const RETRY_MS = 1000;
/** An edit whose project moves on under it this often in a row is taken back. */
const MOST_REBASES = 5;

/** The edits of one project that are on their way; it outlives the look at another project. */
interface EditQueue {
  readonly id: string;
  /** The journal position the next edit builds on. */
  seq: number;
  waiting: readonly Command[];
  isSending: boolean;
  sent: Promise<void>;
  rebases: number;
}

const queues = new Map<string, EditQueue>();

const sentOf = (id: string | undefined): Promise<void> => (id === undefined ? undefined : queues.get(id)?.sent) ?? Promise.resolve();

/** The document with the edits that are on their way; one that no longer fits there ends them: later ones may build on it. */
function withWaiting(queue: EditQueue | undefined, document: ProjectDocument): ProjectDocument {
  if (!queue) return document;
  try {
    return queue.waiting.reduce((result, command) => applyPatches(result, command.patches), document);
  } catch {
    queue.waiting = [];
    say(en.project.conflict);
    return document;
  }
}

/** The newest state of a project, whether or not it is the one that is shown. */
function accept(open: OpenProject): void {
  const queue = queues.get(open.project.id);
  if (queue) queue.seq = open.project.seq;
  if (useProject.getState().project?.id === open.project.id) show(open);
}

/** Shows a project; the edits of the one before go on to where they belong. */
export function show(open: OpenProject): void {
  const queue = queues.get(open.project.id);
  const document = withWaiting(queue, open.document);
  useProject.setState({ project: open.project, ...byKind(document), save: queue?.waiting.length ? 'saving' : 'saved' });
}

export async function openProject(id: string): Promise<void> {
  await sentOf(id);
  show(await call('openProject', { params: { id } }));
}

export async function createProject(name: string, mediaId: string | null, kind: 'sonify' | 'choreography' = 'sonify'): Promise<void> {
  show(await call('createProject', { body: { kind, name: name.slice(0, 120), media_id: mediaId } }));
}

export async function closeProject(): Promise<void> {
  await sentOf(useProject.getState().project?.id);
  useProject.setState({ project: null, ...byKind(null), save: 'saved' });
}

/** Applies an edit at once and sends it to the journal. Null is no edit, for callers whose thing has gone. */
export function edit(command: Command | null): void {
  const { document: sonify, choreography, project } = useProject.getState();
  const document = sonify ?? choreography;
  if (!command || !document || !project) return;
  useProject.setState({ ...byKind(applyPatches<ProjectDocument>(document, command.patches)), save: 'saving' });
  const fresh = { id: project.id, seq: project.seq, waiting: [], isSending: false, sent: Promise.resolve(), rebases: 0 };
  const queue = queues.get(project.id) ?? fresh;
  queues.set(project.id, queue);
  // The first of the queue is on its way and is left as it is.
  const last = queue.waiting.length > (queue.isSending ? 1 : 0) ? queue.waiting.at(-1) : undefined;
  if (last?.merge_key !== undefined && last.merge_key === command.merge_key) {
    const merged = { ...last, label: command.label, patches: mergePatches(last.patches, command.patches) };
    queue.waiting = queue.waiting.with(-1, merged);
  } else queue.waiting = [...queue.waiting, command];
  if (!queue.isSending) queue.sent = sendAll(queue);
}

async function sendAll(queue: EditQueue): Promise<void> {
  queue.isSending = true;
  while (queue.waiting[0]) {
    const command = queue.waiting[0];
    try {
      const open = await call('applyCommand', { params: { id: queue.id }, body: { base_seq: queue.seq, command } });
      if (queue.waiting[0] === command) queue.waiting = queue.waiting.slice(1);
      queue.rebases = 0;
      accept(open);
    } catch (error) {
      await refused(queue, command, error);
    }
  }
  queues.delete(queue.id);
}

/** A conflict is answered by the newest document with the waiting edits on it: a finished render moves the journal too. */
async function refused(queue: EditQueue, command: Command, error: unknown): Promise<void> {
  const code = error instanceof AppError ? error.code : null;
  if (error instanceof AppError && error.retryable) return pause(queue);
  const isRebased = code === 'project-conflict' && (queue.rebases += 1) <= MOST_REBASES;
  if (!isRebased) {
    queue.waiting = [];
    if (code === 'project-conflict') say(en.project.conflict);
    else sayError(error, en.project.editRefused(command.label));
  }
  try {
    accept(await call('openProject', { params: { id: queue.id } }));
  } catch (again) {
    if (isRebased && again instanceof AppError && again.retryable) return pause(queue);
    queue.waiting = [];
    sayError(again);
    markUnsaved(queue);
  }
}

async function pause(queue: EditQueue): Promise<void> {
  markUnsaved(queue);
  await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
}

function markUnsaved(queue: EditQueue): void {
  if (useProject.getState().project?.id === queue.id) useProject.setState({ save: 'unsaved' });
}

async function travel(operation: 'undoProject' | 'redoProject'): Promise<void> {
  await sentOf(useProject.getState().project?.id);
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
  if (!project || project.id !== projectId || queues.get(projectId)?.isSending || seq <= project.seq) return;
  accept(await call('openProject', { params: { id: projectId } }));
}
