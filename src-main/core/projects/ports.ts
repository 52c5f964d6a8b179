/** What projects need from the outside: a journal of steps with snapshots, durable when a call returns. All times in ms. */
import type { Patch, ProjectDocument } from '../../contract/documents/project.ts';

export interface StoredProject {
  readonly id: string;
  readonly kind: ProjectDocument['kind'];
  readonly name: string;
  readonly mediaId: string | null;
  /** Position in the journal: raised by every command, undo and redo. */
  readonly seq: number;
  /** The newest step that is done; 0 is the document as created. */
  readonly head: number;
  readonly createdMs: number;
  readonly updatedMs: number;
  readonly trashedMs: number | null;
}

export interface StoredStep {
  /** From 1, in the order of creation. */
  readonly step: number;
  /** The step it was done on. */
  readonly previous: number;
  /** Steps between it and the document as created. */
  readonly depth: number;
  /** The project's `seq` when it was done or last merged into. */
  readonly seq: number;
  readonly label: string;
  readonly mergeKey: string | null;
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
  readonly atMs: number;
}

export interface HistoryStep {
  readonly seq: number;
  readonly label: string;
  readonly atMs: number;
  readonly isUndone: boolean;
}

export interface ProjectStore {
  /** Runs `action` as one write transaction: all of it, or nothing when it throws. */
  atomically<T>(action: () => T): T;
  insert(project: StoredProject, document: ProjectDocument): void;
  get(id: string): StoredProject | null;
  /** Not in the trash, last edited first. */
  list(): StoredProject[];
  save(project: StoredProject): void;
  step(id: string, step: number): StoredStep | null;
  /** The newest step done on `step`: what redo does next. */
  newestAfter(id: string, step: number): StoredStep | null;
  /** The number a new step takes. */
  nextStep(id: string): number;
  saveStep(id: string, step: StoredStep): void;
  saveSnapshot(id: string, step: number, document: ProjectDocument): void;
  /** The nearest snapshot at or before `step` and the steps from there, in order. Cost: at most the steps between snapshots. */
  pathTo(id: string, step: number): { readonly document: ProjectDocument; readonly steps: readonly StoredStep[] };
  /** Newest first. */
  history(id: string, head: number, limit: number): HistoryStep[];
  /** Deletes projects put into the trash before then. @returns how many. */
  purgeTrash(trashedBeforeMs: number): number;
}
