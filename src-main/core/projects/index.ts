/** Projects: documents, commands, undo, autosave. */
export { Projects, type ProjectsOptions } from './projects.ts';
export type { ProjectStore } from './ports.ts';
