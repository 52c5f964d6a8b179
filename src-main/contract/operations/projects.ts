/** Operations on projects: documents, commands, undo, history. */
import { z } from 'zod';

import { CommandSchema, HistoryEntrySchema, OpenProjectSchema, PROJECT_KINDS, ProjectSchema } from '../documents/project.ts';
import { IdSchema } from '../ids.ts';
import { MAX_PLAN_BYTES } from '../limits.ts';
import { operations } from '../operation.ts';

const params = z.object({ id: IdSchema });

export const projectOperations = operations({
  listProjects: { method: 'GET', path: '/api/projects', summary: 'Projects, last edited first.', response: z.object({ projects: z.array(ProjectSchema) }) },
  createProject: {
    method: 'POST',
    path: '/api/projects',
    summary: 'Start a project; `media_id` is the film of a sonification, the song of a choreography.',
    body: z.object({ kind: z.enum(PROJECT_KINDS), name: z.string().min(1).max(120), media_id: IdSchema.nullable().default(null) }),
    response: OpenProjectSchema,
    status: 201,
  },
  openProject: { method: 'GET', path: '/api/projects/:id', summary: 'A project with its document.', params, response: OpenProjectSchema },
  renameProject: { method: 'PATCH', path: '/api/projects/:id', summary: 'Rename.', params, body: z.object({ name: z.string().min(1).max(120) }), response: ProjectSchema },
  deleteProject: { method: 'DELETE', path: '/api/projects/:id', summary: 'Move to the trash (kept 30 days).', params, status: 204 },
  restoreProject: { method: 'POST', path: '/api/projects/:id/restore', summary: 'Bring back from the trash.', params, response: ProjectSchema },
  applyCommand: {
    method: 'POST',
    path: '/api/projects/:id/commands',
    summary: 'Apply one named edit. `base_seq` is the journal position the page saw; an older one answers project-conflict with the newest document.',
    params,
    body: z.object({ base_seq: z.number().int(), command: CommandSchema }),
    mostBytes: MAX_PLAN_BYTES,
    response: OpenProjectSchema,
  },
  undoProject: { method: 'POST', path: '/api/projects/:id/undo', summary: 'Undo the last command.', params, response: OpenProjectSchema },
  redoProject: { method: 'POST', path: '/api/projects/:id/redo', summary: 'Redo the last undone command.', params, response: OpenProjectSchema },
  getHistory: { method: 'GET', path: '/api/projects/:id/history', summary: 'The journal, newest first.', params, response: z.object({ entries: z.array(HistoryEntrySchema) }) },
});
