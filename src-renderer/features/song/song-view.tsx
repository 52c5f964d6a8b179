/** The song view: facts, lanes on one time axis, playback with clicks, and edits in place, each undoable. */
import { useEffect, useMemo } from 'react';

import type { MediaItem } from '../../../src-main/contract/documents/media-item.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { SoundPeaks } from '../sonify/lanes/sound-peaks.ts';
import { useSongCommands } from './song-commands.ts';
import { analyseSong, useSongDocument } from './song-document.ts';
import { SongFacts } from './song-facts.tsx';
import { SongHead } from './song-head.tsx';
import { SongLanes } from './song-lanes.tsx';
import { useSongPlayer } from './song-player.ts';
import { SongTransport } from './song-transport.tsx';
import { setDuration } from './song-view-store.ts';
import { useOpenSong } from './use-open-song.ts';
import './song.css';

interface SongViewProps {
  readonly item: MediaItem;
  /** Leads back to where the song was opened from; absent where the view stays. */
  readonly onBack?: () => void;
}

export function SongView({ item, onBack }: SongViewProps): React.JSX.Element {
  const peaks = useMemo(() => new SoundPeaks(item.id), [item.id]);
  const song = useSongDocument((state) => (state.song?.id === item.id ? state.song : null));
  const durationS = song?.analysis?.duration ?? item.probe.duration_s;
  useOpenSong(item.id, item.probe.duration_s);
  useSongCommands(item.id);
  const hasPeaks = item.peaks === 'ready' || item.peaks === 'stale';
  useEffect(() => (hasPeaks ? void peaks.load() : undefined), [peaks, hasPeaks]);
  useEffect(() => setDuration(durationS), [durationS, item.id]);
  return (
    <section className="song-view" aria-label={`${en.song.title}: ${item.name}`}>
      <SongHead item={item} song={song} {...(onBack ? { onBack } : {})} />
      <SongFacts song={song} />
      <SongProblem />
      <SongLanes analysis={song?.analysis ?? null} peaks={peaks} durationS={durationS} />
      <SongTransport song={song} />
    </section>
  );
}

/** What went wrong, once, with what to do about it. */
function SongProblem(): React.JSX.Element | null {
  const error = useSongDocument((state) => state.error);
  const soundError = useSongPlayer((state) => state.error);
  const problem = useSongDocument((state) => (state.song?.state === 'making' ? null : (state.song?.problem ?? null)));
  if (error)
    return (
      <ErrorNotice error={error}>
        <Button onClick={() => useSongDocument.setState({ error: null })}>{en.frame.dismiss}</Button>
      </ErrorNotice>
    );
  if (problem !== null)
    return (
      <ErrorNotice error={{ code: 'internal', message: en.song.failed, hint: problem, details: undefined }}>
        <Button onClick={() => analyseSong(true)}>{en.song.analyseAgain}</Button>
      </ErrorNotice>
    );
  return soundError ? <ErrorNotice error={soundError} /> : null;
}
