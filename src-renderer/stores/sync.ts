/** Ties the event stream to the stores: what each event changes, and what is loaded again after a break. */
import type { KinetoneEvent } from '../../src-main/contract/events.ts';
import { en } from '../../src-main/contract/text/en.ts';
import { EventStream } from '../api/events.ts';
import { useArtifacts } from './artifact-store.ts';
import { announce } from './announcements.ts';
import { featuresGrew } from './feature-growth.ts';
import { useJobs } from './jobs-store.ts';
import { takeFrame, useLive } from './live-store.ts';
import { useMedia } from './media-store.ts';
import { movesChanged, useMoves } from './move-store.ts';
import { useProjectList } from './project-list-store.ts';
import { followJournal } from './project-store.ts';
import { useSettings } from './settings-store.ts';
import { useShell } from './shell-store.ts';
import { useSongs } from './song-store.ts';
import { attempt } from './toast-store.ts';

export async function loadEverything(): Promise<void> {
  const shell = useShell.getState();
  await Promise.all([
    shell.loadSystem(),
    useMedia.getState().load(),
    useJobs.getState().load(),
    useProjectList.getState().load(),
    useLive.getState().load(),
    useSongs.getState().load(),
    useMoves.getState().load(),
  ]);
}

/** Loads the settings first (theme, layout), then the lists, then follows events. @throws AppError when nobody answers */
export async function boot(): Promise<void> {
  await useSettings.getState().load();
  // Opened before the lists are asked for, so that no change falls between.
  const stream = new EventStream({ onEvent: receive, onState: useShell.getState().setStream });
  stream.open();
  await loadEverything();
  // The self-check starts programs; it waits until the first screen is there.
  setTimeout(() => attempt(useShell.getState().loadDoctor()), 1500);
}

function receive(event: KinetoneEvent): void {
  switch (event.type) {
    case 'hello':
      return;
    case 'reset':
      attempt(loadEverything());
      return;
    case 'job-changed':
      sayJob(event.job.id, event.job.state, event.job.title);
      useJobs.getState().put(event.job);
      return;
    case 'job-dismissed':
      useJobs.getState().drop(event.job_id);
      return;
    case 'job-progress':
      useJobs.getState().progress(event);
      return;
    case 'media-changed':
      useMedia.getState().put(event.item);
      return;
    case 'project-list-changed':
      attempt(useProjectList.getState().load());
      return;
    case 'project-changed':
      attempt(followJournal(event.project_id, event.project_seq));
      return;
    case 'artifact-added':
      attempt(useArtifacts.getState().load());
      return;
    case 'features-grew':
      featuresGrew(event.media_id, event.until_s);
      return;
    case 'song-changed':
      useSongs.getState().put(event.song);
      return;
    case 'moves-changed':
      movesChanged(event.ids);
      return;
    case 'session-changed':
      useLive.getState().put(event.session);
      return;
    case 'session-closed':
      useLive.getState().drop(event.session_id);
      return;
    case 'live-frame':
      takeFrame(event.frame);
  }
}

/** Says the end of a job once, to those who listen instead of look. */
function sayJob(id: string, state: string, title: string): void {
  const before = useJobs.getState().jobs.find((job) => job.id === id)?.state;
  if (before === state) return;
  if (state === 'completed') announce(en.frame.live.jobDone(title));
  if (state === 'failed') announce(en.frame.live.jobFailed(title));
}
