/** The ProjectStore over SQLite: projects, their steps and snapshots. */
import type { Patch, ProjectDocument } from '../../contract/documents/project.ts';
import type { HistoryStep, ProjectStore, StoredProject, StoredStep } from '../../core/projects/ports.ts';
import type { SqliteDatabase } from './database.ts';
import { translatingErrors } from './errors.ts';

interface StepRow extends Omit<StoredStep, 'patches' | 'inverse'> {
  readonly patches: string;
  readonly inverse: string;
}

const PROJECT = 'id, kind, name, media_id AS mediaId, seq, head, created_ms AS createdMs, updated_ms AS updatedMs, trashed_ms AS trashedMs';
const STEP = 's.step, s.previous, s.depth, s.seq, s.label, s.merge_key AS mergeKey, s.patches, s.inverse, s.at_ms AS atMs';
/** From a step back to the document as created, nearest first. */
const LINEAGE = `
  WITH RECURSIVE lineage (step, previous) AS (
    SELECT step, previous FROM project_steps WHERE project_id = @id AND step = @step
    UNION ALL
    SELECT s.step, s.previous FROM project_steps AS s JOIN lineage ON s.project_id = @id AND s.step = lineage.previous
  )`;
/** The same, but it ends at the first step that has a snapshot. */
const LINEAGE_TO_SNAPSHOT = `
  WITH RECURSIVE lineage (step, previous, isKept) AS (
    SELECT step, previous, EXISTS (SELECT 1 FROM project_snapshots AS k WHERE k.project_id = @id AND k.step = s.step)
      FROM project_steps AS s WHERE project_id = @id AND step = @step
    UNION ALL
    SELECT s.step, s.previous, EXISTS (SELECT 1 FROM project_snapshots AS k WHERE k.project_id = @id AND k.step = s.step)
      FROM project_steps AS s JOIN lineage ON s.project_id = @id AND s.step = lineage.previous
      WHERE NOT lineage.isKept
  )`;

/** @throws AppError (translated) from every method. */
export function createProjectStore(database: SqliteDatabase): ProjectStore {
  return translatingErrors<ProjectStore>(new SqliteProjectStore(database), database);
}

class SqliteProjectStore implements ProjectStore {
  private readonly database: SqliteDatabase;
  private readonly statements: ReturnType<typeof prepare>;

  constructor(database: SqliteDatabase) {
    this.database = database;
    this.statements = prepare(database);
  }

  atomically<T>(action: () => T): T {
    return this.database.transaction(action).immediate();
  }

  insert(project: StoredProject, document: ProjectDocument): void {
    this.statements.insert.run(project);
    this.saveSnapshot(project.id, 0, document);
  }

  get(id: string): StoredProject | null {
    return this.statements.get.get(id) ?? null;
  }

  list(): StoredProject[] {
    return this.statements.list.all();
  }

  save(project: StoredProject): void {
    this.statements.save.run(project);
  }

  step(id: string, step: number): StoredStep | null {
    return stepOf(this.statements.step.get({ id, step }));
  }

  newestAfter(id: string, step: number): StoredStep | null {
    return stepOf(this.statements.newestAfter.get({ id, step }));
  }

  nextStep(id: string): number {
    return this.statements.nextStep.get(id) ?? 1;
  }

  saveStep(id: string, step: StoredStep): void {
    this.statements.saveStep.run({ ...step, id, patches: JSON.stringify(step.patches), inverse: JSON.stringify(step.inverse) });
  }

  saveSnapshot(id: string, step: number, document: ProjectDocument): void {
    this.statements.saveSnapshot.run({ id, step, document: JSON.stringify(document) });
  }

  pathTo(id: string, step: number): { document: ProjectDocument; steps: StoredStep[] } {
    const rows = this.statements.path.all({ id, step });
    const kept = rows.find((row) => row.document !== null);
    const document = kept?.document ?? this.statements.snapshot.get({ id, step: 0 });
    if (document === undefined || document === null) throw new Error(`The project ${id} has no document at its beginning.`);
    const steps = rows.filter((row) => row !== kept).map((row) => stepOf(row) as StoredStep);
    return { document: JSON.parse(document) as ProjectDocument, steps: steps.sort((a, b) => a.depth - b.depth) };
  }

  history(id: string, head: number, limit: number): HistoryStep[] {
    return this.statements.history.all({ id, step: head, limit }).map(({ isUndone, ...entry }) => ({ ...entry, isUndone: isUndone === 1 }));
  }

  purgeTrash(trashedBeforeMs: number): number {
    return this.statements.purge.run(trashedBeforeMs).changes;
  }
}

function stepOf(row: StepRow | undefined): StoredStep | null {
  return row === undefined ? null : { ...row, patches: JSON.parse(row.patches) as Patch[], inverse: JSON.parse(row.inverse) as Patch[] };
}

function prepare(database: SqliteDatabase) {
  type At = { id: string; step: number };
  return {
    insert: database.prepare<[StoredProject]>(
      `INSERT INTO projects (id, kind, name, media_id, seq, head, created_ms, updated_ms, trashed_ms)
       VALUES (@id, @kind, @name, @mediaId, @seq, @head, @createdMs, @updatedMs, @trashedMs)`,
    ),
    get: database.prepare<[string], StoredProject>(`SELECT ${PROJECT} FROM projects WHERE id = ?`),
    list: database.prepare<[], StoredProject>(`SELECT ${PROJECT} FROM projects WHERE trashed_ms IS NULL ORDER BY updated_ms DESC, rowid DESC`),
    save: database.prepare<[StoredProject]>(
      'UPDATE projects SET name = @name, media_id = @mediaId, seq = @seq, head = @head, updated_ms = @updatedMs, trashed_ms = @trashedMs WHERE id = @id',
    ),
    step: database.prepare<[At], StepRow>(`SELECT ${STEP} FROM project_steps AS s WHERE project_id = @id AND step = @step`),
    newestAfter: database.prepare<[At], StepRow>(`SELECT ${STEP} FROM project_steps AS s WHERE project_id = @id AND previous = @step ORDER BY step DESC LIMIT 1`),
    nextStep: database.prepare<[string], number>('SELECT COALESCE(MAX(step), 0) + 1 FROM project_steps WHERE project_id = ?').pluck(),
    saveStep: database.prepare<[object]>(
      `INSERT OR REPLACE INTO project_steps (project_id, step, previous, depth, seq, label, merge_key, patches, inverse, at_ms)
       VALUES (@id, @step, @previous, @depth, @seq, @label, @mergeKey, @patches, @inverse, @atMs)`,
    ),
    saveSnapshot: database.prepare<[object]>('INSERT OR REPLACE INTO project_snapshots (project_id, step, document) VALUES (@id, @step, @document)'),
    snapshot: database.prepare<[At], string>('SELECT document FROM project_snapshots WHERE project_id = @id AND step = @step').pluck(),
    path: database.prepare<[At], StepRow & { document: string | null }>(
      `${LINEAGE_TO_SNAPSHOT} SELECT ${STEP}, k.document
       FROM lineage JOIN project_steps AS s ON s.project_id = @id AND s.step = lineage.step
       LEFT JOIN project_snapshots AS k ON k.project_id = @id AND k.step = s.step`,
    ),
    history: database.prepare<[At & { limit: number }], Omit<HistoryStep, 'isUndone'> & { isUndone: number }>(
      `${LINEAGE} SELECT seq, label, at_ms AS atMs, step NOT IN (SELECT step FROM lineage) AS isUndone
       FROM project_steps WHERE project_id = @id ORDER BY seq DESC LIMIT @limit`,
    ),
    purge: database.prepare<[number]>('DELETE FROM projects WHERE trashed_ms < ?'),
  };
}
