/** Every operation of the product, by id. */
import { assemblyOperations } from './assembly.ts';
import { choreographyOperations } from './choreography.ts';
import { featureOperations } from './features.ts';
import { jobOperations } from './jobs.ts';
import { libraryOperations } from './library.ts';
import { liveOperations } from './live.ts';
import { mediaOperations } from './media.ts';
import { modelOperations } from './models.ts';
import { projectOperations } from './projects.ts';
import { sessionFeatureOperations } from './session-features.ts';
import { songOperations } from './songs.ts';
import { sonifyOperations } from './sonify.ts';
import { systemOperations } from './system.ts';

export const allOperations = {
  ...systemOperations,
  ...mediaOperations,
  ...featureOperations,
  ...songOperations,
  ...sonifyOperations,
  ...assemblyOperations,
  ...choreographyOperations,
  ...liveOperations,
  ...sessionFeatureOperations,
  ...libraryOperations,
  ...jobOperations,
  ...projectOperations,
  ...modelOperations,
} as const;

export type Operations = typeof allOperations;
export type OperationId = keyof Operations;
