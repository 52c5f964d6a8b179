/** Every text a user reads, so that languages come later at no cost. Areas in the order of the product. */
import { assemblyText } from './en/assembly.ts';
import { choreographyText } from './en/choreography.ts';
import { danceText } from './en/dance.ts';
import { commandText } from './en/commands.ts';
import { exportText } from './en/export.ts';
import { frameText } from './en/frame.ts';
import { jobsText } from './en/jobs.ts';
import { libraryText } from './en/library.ts';
import { liveText } from './en/live.ts';
import { mappingText } from './en/mapping.ts';
import { modelText } from './en/models.ts';
import { movesText } from './en/moves.ts';
import { projectText } from './en/project.ts';
import { settingsText } from './en/settings.ts';
import { songText } from './en/song.ts';
import { sonifyText } from './en/sonify.ts';
import { startText } from './en/start.ts';

export const en = {
  app: { name: 'Kinetone', tagline: 'Video becomes sound. Music becomes video.' },
  frame: frameText,
  command: commandText,
  start: startText,
  library: libraryText,
  models: modelText,
  moves: movesText,
  song: songText,
  project: projectText,
  sonify: sonifyText,
  mapping: mappingText,
  live: liveText,
  choreography: choreographyText,
  dance: danceText,
  export: exportText,
  assembly: assemblyText,
  jobs: jobsText,
  settings: settingsText,
} as const;

export type Text = typeof en;
