/** The migrations, in order. A version is never changed once it has shipped; the next change is a new file. */
import { jobs } from './001-jobs.ts';
import { media } from './002-media.ts';
import { projects } from './003-projects.ts';
import { sonify } from './004-sonify.ts';
import { jobInterruptions } from './005-job-interruptions.ts';
import { jobRevision } from './006-job-revision.ts';
import { sessions } from './007-sessions.ts';
import { songs } from './008-songs.ts';
import { library } from './009-library.ts';
import { choreography } from './010-choreography.ts';
import { libraryRemovals } from './011-library-removals.ts';
import { curveStamps } from './012-curve-stamps.ts';
import { songFacts } from './013-song-facts.ts';

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly up: string;
}

export const migrations: readonly Migration[] = [jobs, media, projects, sonify, jobInterruptions, jobRevision, sessions, songs, library, choreography, libraryRemovals, curveStamps, songFacts];
