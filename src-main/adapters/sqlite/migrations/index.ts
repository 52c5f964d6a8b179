/** The migrations, in order. A version is never changed once it has shipped; the next change is a new file. */
import { jobs } from './001-jobs.ts';
import { projects } from './003-projects.ts';

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly up: string;
}

export const migrations: readonly Migration[] = [jobs, projects];
