/**
 * Projects: documents changed only by commands, whose journal is undo, autosave, recovery and history in one. Every call
 * is on disk when it returns, and undo reaches back to the beginning over any number of restarts.
 */
import { isDeepStrictEqual } from 'node:util';

import type { Mapping } from '../../contract/documents/mapping.ts';
import { ProjectDocumentSchema, type Command, type HistoryEntry, type OpenProject, type Patch, type Project, type ProjectDocument } from '../../contract/documents/project.ts';
import { AppError } from '../../contract/errors.ts';
import type { Clock, NewId } from '../clock.ts';
import type { EventSink } from '../event-sink.ts';
import { MERGE_WINDOW_MS, MOST_MERGED_PATCHES, mergedEdit } from './merge.ts';
import { newDocument, upToDate } from './new-document.ts';
import { applyPatches } from './patch.ts';
import type { ProjectStore, StoredProject, StoredStep } from './ports.ts';

export interface ProjectsOptions {
  readonly store: ProjectStore;
  readonly events: EventSink;
  readonly clock: Clock;
  readonly newId: NewId;
  /** The mapping a new sonify project starts with. */
  readonly defaultMapping: () => Mapping;
  /** Throws 'media-not-found' for an id that is no media item. */
  readonly checkMedia: (mediaId: string) => void;
}

/** Opening replays at most this many steps. */
const STEPS_PER_SNAPSHOT = 50;
const TRASH_MS = 30 * 24 * 3600 * 1000;
const MOST_HISTORY = 5000;
/** Documents kept in memory; a page edits one, a job finishes into another. */
const MOST_CACHED = 8;

export class Projects {
  private readonly options: ProjectsOptions;
  private readonly store: ProjectStore;
  private readonly cache = new Map<string, { readonly seq: number; readonly document: ProjectDocument }>();

  constructor(options: ProjectsOptions) {
    this.options = options;
    this.store = options.store;
  }

  /** Deletes what has been in the trash for 30 days; called once at start-up. */
  purgeTrash(): number {
    return this.store.purgeTrash(this.now() - TRASH_MS);
  }

  list(): Project[] {
    return this.store.list().map((project) => this.projectOf(project));
  }

  create(input: { kind: Project['kind']; name: string; media_id: string | null }): OpenProject {
    if (input.media_id !== null) this.options.checkMedia(input.media_id);
    const document = newDocument(input.kind, { mediaId: input.media_id, defaultMapping: this.options.defaultMapping });
    const nowMs = this.now();
    const project: StoredProject = {
      id: this.options.newId(),
      kind: document.kind,
      name: input.name,
      mediaId: document.media_id,
      seq: 0,
      head: 0,
      createdMs: nowMs,
      updatedMs: nowMs,
      trashedMs: null,
    };
    this.store.atomically(() => this.store.insert(project, document));
    this.tellList();
    return this.opened(project, document);
  }

  /** @throws AppError 'not-found'. Cost: at most 50 steps replayed, nothing when it is in memory. */
  open(id: string): OpenProject {
    const project = this.stored(id);
    return this.opened(project, this.documentOf(project));
  }

  rename(id: string, name: string): Project {
    const project = this.store.atomically(() => this.changed(this.stored(id), { name }));
    this.tellList();
    return this.projectOf(project);
  }

  /** Moves it to the trash, where it stays for 30 days. */
  trash(id: string): void {
    this.store.atomically(() => this.changed(this.stored(id), { trashedMs: this.now() }));
    this.tellList();
  }

  restore(id: string): Project {
    const project = this.store.atomically(() => {
      const trashed = this.store.get(id);
      if (trashed === null) throw notFound(id);
      return trashed.trashedMs === null ? trashed : this.changed(trashed, { trashedMs: null });
    });
    this.tellList();
    return this.projectOf(project);
  }

  /**
   * Applies one edit.
   * @param baseSeq  the journal position its author saw
   * @throws AppError 'project-conflict' with the newest project in its details, 'project-invalid' when a pointer leads
   *         nowhere or the result is no valid document; nothing is stored then.
   */
  apply(id: string, baseSeq: number, command: Command): OpenProject {
    return this.edited(id, (project) => {
      if (project.seq !== baseSeq) throw this.conflict(project);
      return this.applied(project, command);
    });
  }

  /** A job's result becomes part of its project; null when that project is gone by now. */
  applyResult(id: string, artifactId: string): OpenProject | null {
    const project = this.store.get(id);
    if (project === null || project.trashedMs !== null) return null;
    const command: Command = { label: 'Render', patches: [{ op: 'replace', path: '/result_artifact_id', value: artifactId }] };
    return this.edited(id, (current) => this.applied(current, command));
  }

  /** Takes back the newest step; nothing happens where there is none. */
  undo(id: string): OpenProject {
    return this.edited(id, (project) => {
      const step = this.store.step(id, project.head);
      return step === null ? null : this.moved(project, step.previous, step.inverse);
    });
  }

  redo(id: string): OpenProject {
    return this.edited(id, (project) => {
      const step = this.store.newestAfter(id, project.head);
      return step === null ? null : this.moved(project, step.step, step.patches);
    });
  }

  history(id: string): HistoryEntry[] {
    const project = this.stored(id);
    const steps = this.store.history(id, project.head, MOST_HISTORY);
    return steps.map(({ seq, label, atMs, isUndone }) => ({ seq, label, at: new Date(atMs).toISOString(), is_undone: isUndone }));
  }

  /** One edit as a transaction; `null` means that there was nothing to do. */
  private edited(id: string, edit: (project: StoredProject) => OpenProject | null): OpenProject {
    try {
      const after = this.store.atomically(() => edit(this.stored(id)));
      if (after === null) return this.open(id);
      this.options.events.state({ type: 'project-changed', topic: 'projects', project_id: id, project_seq: after.project.seq });
      return after;
    } catch (error) {
      // What a rolled back transaction left in memory is not what the disk holds.
      this.cache.delete(id);
      throw error;
    }
  }

  private applied(project: StoredProject, command: Command): OpenProject {
    const before = this.documentOf(project);
    const { value, inverse } = applyPatches(before, command.patches);
    const document = validDocument(value, project.kind);
    const seq = project.seq + 1;
    const step = this.mergedStep(project, command, inverse, seq) ?? this.newStep(project, before, { command, inverse, seq });
    this.store.saveStep(project.id, step);
    const after = this.changed(project, { seq, head: step.step, mediaId: document.media_id });
    return this.opened(after, document);
  }

  /** The head step with the edit merged in, or null when the edit is a step of its own. */
  private mergedStep(project: StoredProject, command: Command, inverse: readonly Patch[], seq: number): StoredStep | null {
    const head = this.store.step(project.id, project.head);
    const isGesture = head !== null && command.merge_key !== undefined && head.mergeKey === command.merge_key;
    // A step that is not the newest entry of the journal was undone and redone since: the gesture is over.
    if (!isGesture || head.seq !== project.seq || this.now() - head.atMs > MERGE_WINDOW_MS) return null;
    const edit = mergedEdit(head, { patches: command.patches, inverse });
    return edit.patches.length > MOST_MERGED_PATCHES ? null : { ...head, ...edit, label: command.label, seq, atMs: this.now() };
  }

  private newStep(project: StoredProject, before: ProjectDocument, edit: { command: Command; inverse: readonly Patch[]; seq: number }): StoredStep {
    const previous = this.store.step(project.id, project.head);
    const depth = (previous?.depth ?? 0) + 1;
    // The step before is closed now, so what it led to can be kept.
    if (previous !== null && previous.depth % STEPS_PER_SNAPSHOT === 0) this.store.saveSnapshot(project.id, previous.step, before);
    return {
      step: this.store.nextStep(project.id),
      previous: project.head,
      depth,
      seq: edit.seq,
      label: edit.command.label,
      mergeKey: edit.command.merge_key ?? null,
      patches: edit.command.patches,
      inverse: edit.inverse,
      atMs: this.now(),
    };
  }

  private moved(project: StoredProject, head: number, patches: readonly Patch[]): OpenProject {
    const document = applyPatches(this.documentOf(project), patches).value as ProjectDocument;
    return this.opened(this.changed(project, { seq: project.seq + 1, head, mediaId: document.media_id }), document);
  }

  private changed(project: StoredProject, fields: Partial<StoredProject>): StoredProject {
    const after = { ...project, ...fields, updatedMs: this.now() };
    this.store.save(after);
    return after;
  }

  private documentOf(project: StoredProject): ProjectDocument {
    const cached = this.cache.get(project.id);
    if (cached?.seq === project.seq) return cached.document;
    const { document, steps } = this.store.pathTo(project.id, project.head);
    return this.remembered(project, steps.reduce<unknown>((value, step) => applyPatches(value, step.patches).value, upToDate(document)) as ProjectDocument);
  }

  private opened(project: StoredProject, document: ProjectDocument): OpenProject {
    this.remembered(project, document);
    return { project: this.projectOf(project), document };
  }

  private remembered({ id, seq }: StoredProject, document: ProjectDocument): ProjectDocument {
    this.cache.delete(id);
    this.cache.set(id, { seq, document });
    const [oldest] = this.cache.keys();
    if (this.cache.size > MOST_CACHED && oldest !== undefined) this.cache.delete(oldest);
    return document;
  }

  private projectOf(project: StoredProject): Project {
    return {
      id: project.id,
      kind: project.kind,
      name: project.name,
      created_at: new Date(project.createdMs).toISOString(),
      updated_at: new Date(project.updatedMs).toISOString(),
      seq: project.seq,
      undo_label: this.store.step(project.id, project.head)?.label ?? null,
      redo_label: this.store.newestAfter(project.id, project.head)?.label ?? null,
      media_id: project.mediaId,
    };
  }

  private stored(id: string): StoredProject {
    const project = this.store.get(id);
    if (project === null) throw notFound(id);
    if (project.trashedMs !== null) throw new AppError('not-found', `“${project.name}” is in the trash.`, { hint: 'Restore it first.', details: { id } });
    return project;
  }

  private conflict(project: StoredProject): AppError {
    return new AppError('project-conflict', 'The project was changed in another window.', {
      hint: 'The newest version was loaded; make the change again.',
      details: this.opened(project, this.documentOf(project)),
    });
  }

  private tellList(): void {
    this.options.events.state({ type: 'project-list-changed', topic: 'projects' });
  }

  private now(): number {
    return this.options.clock.nowMs();
  }
}

/** What the schema does not know would be lost on the next load, so it is refused and not dropped. */
function validDocument(value: unknown, kind: ProjectDocument['kind']): ProjectDocument {
  const parsed = ProjectDocumentSchema.safeParse(value);
  if (!parsed.success) {
    const issues = parsed.error.issues.map((issue) => ({ pointer: `/${issue.path.join('/')}`, message: issue.message }));
    throw new AppError('project-invalid', `The edit does not fit: ${issues[0]?.message ?? 'the document would be invalid'} (${issues[0]?.pointer ?? '/'}).`, { details: { issues } });
  }
  if (parsed.data.kind !== kind) throw new AppError('project-invalid', 'A project keeps its kind.');
  if (!isDeepStrictEqual(parsed.data, value)) throw new AppError('project-invalid', 'The edit adds a field that a project does not have.');
  return parsed.data;
}

function notFound(id: string): AppError {
  return new AppError('not-found', 'There is no such project.', { details: { id } });
}
