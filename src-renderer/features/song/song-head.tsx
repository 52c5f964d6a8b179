/** The head of a song: name, state of the analysis with its progress in place, undo, reset, analyse. */
import { ChevronLeft, Ear, Redo2, RotateCcw, TriangleAlert, Undo2, X } from 'lucide-react';

import type { MediaItem } from '../../../src-main/contract/documents/media-item.ts';
import type { Song } from '../../../src-main/contract/documents/song.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { percent } from '../../model/format.ts';
import { isEdited } from '../../model/song-edit.ts';
import { commands, useChord } from '../../stores/command-store.ts';
import { cancelJob, useJob } from '../../stores/jobs-store.ts';
import { Button, CommandButton, IconButton } from '../../ui/button.tsx';
import { ProgressBar } from '../../ui/progress.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { useSongDocument } from './song-document.ts';

const say = en.song;

interface SongHeadProps {
  readonly item: MediaItem;
  readonly song: Song | null;
  readonly onBack?: () => void;
}

export function SongHead({ item, song, onBack }: SongHeadProps): React.JSX.Element {
  const chord = useChord('song.analyse');
  const title = song?.info.title ?? item.name;
  return (
    <header className="song-head">
      {onBack ? (
        <Button tone="quiet" icon={ChevronLeft} onClick={onBack} className="song-back">
          {say.back}
        </Button>
      ) : null}
      <h2 className="song-title truncate selectable" title={item.name}>
        {title}
        {song?.info.artist ? <span className="song-artist">{song.info.artist}</span> : null}
      </h2>
      {song ? <SongState song={song} /> : null}
      <span className="song-gap" />
      <EditButtons song={song} />
      <Tooltip text={say.editsStay} chord={chord}>
        <Button
          tone={song?.analysis ? 'plain' : 'primary'}
          icon={Ear}
          disabled={!song || song.state === 'making'}
          onClick={() => commands.run('song.analyse')}
        >
          {song?.analysis ? say.analyseAgain : say.analyse}
        </Button>
      </Tooltip>
    </header>
  );
}

function SongState({ song }: { readonly song: Song }): React.JSX.Element | null {
  const job = useJob(song.job_id);
  if (song.state === 'making')
    return (
      <span className="song-making" role="status">
        <span>{say.state.making}</span>
        <ProgressBar label={say.state.making} percent={job?.progress ?? 0} />
        <span className="figures">{percent((job?.progress ?? 0) / 100)}</span>
        {job ? <IconButton label={en.jobs.cancel} icon={X} className="icon-button-small" onClick={() => cancelJob(job.id)} /> : null}
      </span>
    );
  if (song.state === 'stale')
    return (
      <Tooltip text={say.staleLine}>
        <span className="song-badge song-stale" tabIndex={0}>
          <TriangleAlert size={12} aria-hidden="true" />
          {say.state.stale}
        </span>
      </Tooltip>
    );
  const badge = song.edits.grid?.kind === 'tapped' ? say.edit.tappedGrid : song.edits.grid ? say.edit.lockedGrid : say.edit.edited;
  return isEdited(song.edits) ? <span className="song-badge">{badge}</span> : null;
}

function EditButtons({ song }: { readonly song: Song | null }): React.JSX.Element {
  const past = useSongDocument((state) => state.history.past.at(-1)?.label ?? null);
  const future = useSongDocument((state) => state.history.future[0]?.label ?? null);
  return (
    <>
      <CommandButton
        command="edit.undo"
        icon={Undo2}
        isDisabled={past === null}
        label={past === null ? en.frame.nothingToUndo : en.frame.undo(past)}
      />
      <CommandButton
        command="edit.redo"
        icon={Redo2}
        isDisabled={future === null}
        label={future === null ? en.frame.nothingToRedo : en.frame.redo(future)}
      />
      <CommandButton command="song.reset" icon={RotateCcw} isDisabled={!song || !isEdited(song.edits)} />
    </>
  );
}
