/** One entry of the library: poster, hover runs through the film, name, what is known, what is being made, why it was found. */
import { FileAudio, Film, Image, LoaderCircle, ScanEye, TriangleAlert, Unlink } from 'lucide-react';
import { memo } from 'react';

import type { MoveHit } from '../../../src-main/contract/documents/move-search.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { urlOf } from '../../api/client.ts';
import { fixed } from '../../model/format.ts';
import { durationOf, stateOf } from '../../model/library-entries.ts';
import type { Entry } from '../../model/library-entries.ts';
import { clock } from '../../model/timecode.ts';
import { HoverScrub } from './hover-scrub.tsx';

const ICONS = { video: Film, audio: FileAudio, image: Image };

interface MediaCellProps {
  readonly entry: Entry;
  readonly hit: MoveHit | null;
  readonly isSelected: boolean;
  readonly isReachable: boolean;
}

export const MediaCell = memo(function MediaCell({ entry, hit, isSelected, isReachable }: MediaCellProps): React.JSX.Element {
  const { item } = entry;
  return (
    <div
      role="gridcell"
      data-id={item.id}
      aria-selected={isSelected}
      aria-label={entry.name}
      aria-description={hit?.reason ?? lineOf(entry)}
      tabIndex={isReachable ? 0 : -1}
      className="media-cell"
    >
      <div className="media-picture">
        <Picture entry={entry} />
        {item.kind === 'video' && item.filmstrip === 'ready' ? <HoverScrub item={item} /> : null}
        <Badges entry={entry} />
        {item.kind === 'image' ? null : <span className="media-duration figures">{clock(durationOf(entry))}</span>}
      </div>
      <span className="media-name">
        <span className="truncate" title={entry.move?.path ?? item.name}>
          {entry.name}
        </span>
        {hit && hit.score > 0 ? (
          <span className="media-score figures" title={en.moves.search.score(fixed(hit.score, 2))}>
            {fixed(hit.score, 2)}
          </span>
        ) : null}
      </span>
      <span className={hit ? 'media-line media-reason' : 'media-line truncate'} title={hit?.reason}>
        {hit?.reason ?? lineOf(entry)}
      </span>
    </div>
  );
});

function Picture({ entry: { item } }: { readonly entry: Entry }): React.JSX.Element {
  const Icon = ICONS[item.kind];
  if (item.poster === 'ready' || item.poster === 'stale')
    return <img src={urlOf('getPoster', { params: { id: item.id } })} alt="" loading="lazy" decoding="async" draggable={false} />;
  return <Icon size={24} strokeWidth={1.25} aria-hidden="true" />;
}

function Badges({ entry }: { readonly entry: Entry }): React.JSX.Element {
  const state = stateOf(entry);
  return (
    <span className="media-badges">
      {state === 'missing' ? (
        <span className="media-badge media-badge-missing">
          <Unlink size={12} aria-hidden="true" />
          {en.library.item.missing}
        </span>
      ) : null}
      {state === 'failed' ? (
        <span className="media-badge media-badge-missing" title={entry.move?.problem ?? undefined}>
          <TriangleAlert size={12} aria-hidden="true" />
          {en.moves.state.failed}
        </span>
      ) : null}
      {state === 'making' ? (
        <span className="media-badge">
          <LoaderCircle size={12} className="spin" aria-hidden="true" />
          {en.library.item.analysing}
        </span>
      ) : null}
      {state === 'analysed' && !entry.move && entry.item.kind === 'video' ? (
        <span className="media-badge" title={en.library.item.analysed}>
          <ScanEye size={12} aria-label={en.library.item.analysed} />
        </span>
      ) : null}
    </span>
  );
}

/** What is known, in a line: labels of a move, tempo and key of a song, else picture and sound. */
function lineOf({ item, move, song }: Entry): string {
  const bpm = (tempo: number): string => en.moves.line.bpm(fixed(tempo, 0));
  if (move) {
    const { category, difficulty, tempo } = move.labels;
    const parts = [category?.value, difficulty && en.moves.difficulty[difficulty.value], tempo && bpm(tempo.value)];
    return parts.filter(Boolean).join(' · ') || en.moves.line.noLabels;
  }
  if (song && song.tempo !== null) return [bpm(song.tempo), song.key, song.time_signature].filter(Boolean).join(' · ');
  const { video, audio } = item.probe;
  if (video) return `${video.display_width} × ${video.display_height} · ${video.codec}`;
  return audio ? `${audio.codec} · ${audio.sample_rate / 1000} kHz` : en.library.kind[item.kind];
}
