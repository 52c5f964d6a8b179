/** One item of the library: poster, hover runs through the film, name, what is known and what is being made. */
import { FileAudio, Film, Image, LoaderCircle, ScanEye, Trash2, Unlink } from 'lucide-react';
import { AudioWaveform } from 'lucide-react';

import type { MediaItem } from '../../../src-main/contract/documents/media-item.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { urlOf } from '../../api/client.ts';
import { clock } from '../../model/timecode.ts';
import { useMedia } from '../../stores/media-store.ts';
import { attempt } from '../../stores/toast-store.ts';
import { ContextMenu } from '../../ui/menu.tsx';
import type { MenuGroups } from '../../ui/menu.tsx';
import { analyse } from './analyse.ts';
import { HoverScrub } from './hover-scrub.tsx';
import { openItem } from './media-grid.tsx';

const ICONS = { video: Film, audio: FileAudio, image: Image };

interface MediaCellProps {
  readonly item: MediaItem;
  readonly isSelected: boolean;
  readonly isReachable: boolean;
  readonly onSelect: () => void;
}

function menuOf(item: MediaItem): MenuGroups {
  const isVideo = item.kind === 'video';
  return [
    isVideo
      ? [
          { label: en.library.item.sonify, icon: AudioWaveform, run: () => openItem(item) },
          {
            label: en.library.item.analyse,
            icon: ScanEye,
            isDisabled: item.features === 'ready' || item.features === 'making',
            run: () => analyse(item.id),
          },
        ]
      : [],
    [
      {
        label: en.library.item.remove,
        icon: Trash2,
        chord: 'Delete',
        isDanger: true,
        run: () => attempt(useMedia.getState().remove(item)),
      },
    ],
  ];
}

export function MediaCell({ item, isSelected, isReachable, onSelect }: MediaCellProps): React.JSX.Element {
  return (
    <ContextMenu groups={menuOf(item)} label={item.name}>
      <div
        role="gridcell"
        data-id={item.id}
        aria-selected={isSelected}
        aria-label={item.name}
        tabIndex={isReachable ? 0 : -1}
        className="media-cell"
        onClick={onSelect}
        onContextMenu={onSelect}
        onDoubleClick={() => openItem(item)}
      >
        <div className="media-picture">
          <Picture item={item} />
          {item.kind === 'video' && item.filmstrip === 'ready' ? <HoverScrub item={item} /> : null}
          <Badges item={item} />
          {item.kind === 'image' ? null : (
            <span className="media-duration figures">{clock(item.probe.duration_s)}</span>
          )}
        </div>
        <span className="media-name truncate" title={item.name}>
          {item.name}
        </span>
        <span className="media-line truncate">{lineOf(item)}</span>
      </div>
    </ContextMenu>
  );
}

function Picture({ item }: { readonly item: MediaItem }): React.JSX.Element {
  const Icon = ICONS[item.kind];
  if (item.poster === 'ready' || item.poster === 'stale')
    return <img src={urlOf('getPoster', { params: { id: item.id } })} alt="" loading="lazy" draggable={false} />;
  return <Icon size={24} strokeWidth={1.25} aria-hidden="true" />;
}

function Badges({ item }: { readonly item: MediaItem }): React.JSX.Element {
  return (
    <span className="media-badges">
      {item.is_missing ? (
        <span className="media-badge media-badge-missing">
          <Unlink size={12} aria-hidden="true" />
          {en.library.item.missing}
        </span>
      ) : null}
      {item.features === 'making' ? (
        <span className="media-badge">
          <LoaderCircle size={12} className="spin" aria-hidden="true" />
          {en.library.item.analysing}
        </span>
      ) : null}
      {item.features === 'ready' ? (
        <span className="media-badge" title={en.library.item.analysed}>
          <ScanEye size={12} aria-label={en.library.item.analysed} />
        </span>
      ) : null}
    </span>
  );
}

function lineOf(item: MediaItem): string {
  const { video, audio } = item.probe;
  if (video) return `${video.display_width} × ${video.display_height} · ${video.codec}`;
  return audio ? `${audio.codec} · ${audio.sample_rate / 1000} kHz` : en.library.kind[item.kind];
}
