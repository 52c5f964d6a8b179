/** Planner: song + moves → blueprint. */
export { planToBlueprint } from './blueprint.ts';
export { Choreographer, type ChoreographerPorts } from './choreographer.ts';
export { type FilmMaker, choreographyHandler } from './choreography-job.ts';
export { ChoreographyTasks } from './tasks.ts';
export * from './ports.ts';
