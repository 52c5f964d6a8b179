/** The operations on projects. */
import type { projectOperations } from '../contract/operations/projects.ts';
import type { Projects } from '../core/projects/index.ts';
import type { HandlersOf } from './handler.ts';

export function projectHandlers(projects: Projects): HandlersOf<typeof projectOperations> {
  return {
    listProjects: () => ({ projects: projects.list() }),
    createProject: ({ body }) => projects.create(body),
    openProject: ({ params }) => projects.open(params.id),
    renameProject: ({ params, body }) => projects.rename(params.id, body.name),
    deleteProject: ({ params }) => projects.trash(params.id),
    restoreProject: ({ params }) => projects.restore(params.id),
    applyCommand: ({ params, body }) => projects.apply(params.id, body.base_seq, body.command),
    undoProject: ({ params }) => projects.undo(params.id),
    redoProject: ({ params }) => projects.redo(params.id),
    getHistory: ({ params }) => ({ entries: projects.history(params.id) }),
  };
}
