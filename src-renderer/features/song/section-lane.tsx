/** The sections as named blocks on the time axis: a click names them, a border is dragged or moved by keys from beat to beat. */
import { useEffect, useState } from 'react';

import { SECTION_LABELS } from '../../../src-main/contract/documents/song-analysis.ts';
import type { SongAnalysis, SongSection } from '../../../src-main/contract/documents/song-analysis.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { nearestOf } from '../../model/beat-lookup.ts';
import { neighbour } from '../../model/snapping.ts';
import { boundaryMoved, joined, relabelled, split } from '../../model/song-edit.ts';
import { clock } from '../../model/timecode.ts';
import { ContextMenu, DropMenu } from '../../ui/menu.tsx';
import type { MenuGroups } from '../../ui/menu.tsx';
import { editSong } from './song-document.ts';
import { songPlayer } from './song-player.ts';
import { useSongView, zoomToRange } from './song-view-store.ts';

const undo = en.song.undo;
const SNAP_PX = 8;
/** A name needs this much room. */
const LEAST_NAME_PX = 28;

const put = (sections: readonly SongSection[], label: string): void => editSong({ sections: [...sections] }, { label });

export function SectionLane({ analysis }: { readonly analysis: SongAnalysis }): React.JSX.Element {
  const dragged = useSongView((state) => state.draggedSections);
  const transform = useSongView((state) => state.transform);
  const widthPx = useSongView((state) => state.widthPx);
  const sections = dragged ?? analysis.sections;
  const isSeen = (section: SongSection): boolean => transform.toPx(section.end) >= -8 && transform.toPx(section.start) <= widthPx + 8;
  return (
    <ol className="song-sections" aria-label={en.song.lane.sections}>
      {sections.map((section, index) =>
        isSeen(section) ? (
          <li key={index}>
            <Block sections={sections} index={index} section={section} leftPx={transform.toPx(section.start)} rightPx={transform.toPx(section.end)} />
            {index > 0 ? <Border analysis={analysis} sections={sections} index={index - 1} atPx={transform.toPx(section.start)} /> : null}
          </li>
        ) : null,
      )}
    </ol>
  );
}

function menuOf(sections: readonly SongSection[], index: number): MenuGroups {
  const section = sections[index];
  if (!section) return [];
  const here = songPlayer.positionS;
  const halves = split(sections, here);
  return [
    SECTION_LABELS.map((label) => ({
      label: en.song.section[label],
      isChecked: label === section.label,
      run: () => (label === section.label ? undefined : put(relabelled(sections, index, label), undo.label)),
    })),
    [
      { label: en.song.edit.zoomTo, run: () => zoomToRange(section.start, section.end) },
      {
        label: en.song.edit.split,
        isDisabled: here <= section.start || here >= section.end || halves.length === sections.length,
        run: () => put(halves, undo.split),
      },
      { label: en.song.edit.join, isDisabled: sections.length < 2, run: () => put(joined(sections, index), undo.join) },
    ],
  ];
}

interface BlockProps {
  readonly sections: readonly SongSection[];
  readonly index: number;
  readonly section: SongSection;
  readonly leftPx: number;
  readonly rightPx: number;
}

function Block({ sections, index, section, leftPx, rightPx }: BlockProps): React.JSX.Element {
  const name = en.song.section[section.label];
  const label = en.song.lane.section(name, clock(section.start, 1), clock(section.end, 1));
  const shownPx = Math.max(2, rightPx - leftPx - 1);
  const groups = menuOf(sections, index);
  return (
    <ContextMenu groups={groups} label={label}>
      <span className="song-section-place" style={{ left: leftPx, width: shownPx }}>
        <DropMenu groups={groups} label={label}>
          <button
            type="button"
            className="song-section"
            data-label={section.label}
            style={{ '--energy': section.energy } as React.CSSProperties}
            aria-label={label}
            title={label}
          >
            {shownPx >= LEAST_NAME_PX ? <span style={{ marginLeft: Math.max(0, -leftPx) }}>{name}</span> : null}
          </button>
        </DropMenu>
      </span>
    </ContextMenu>
  );
}

interface BorderProps {
  readonly analysis: SongAnalysis;
  readonly sections: readonly SongSection[];
  /** The section before the border. */
  readonly index: number;
  readonly atPx: number;
}

/** Dragging snaps to downbeats and beats; Alt lets go; Escape gives up. */
function Border({ analysis, sections, index, atPx }: BorderProps): React.JSX.Element {
  const [isDragging, setDragging] = useState(false);
  const next = sections[index + 1];
  const start = next?.start ?? 0;
  useEffect(() => {
    if (!isDragging) return undefined;
    const giveUp = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      useSongView.setState({ draggedSections: null });
      setDragging(false);
    };
    document.addEventListener('keydown', giveUp, true);
    return () => document.removeEventListener('keydown', giveUp, true);
  }, [isDragging]);
  const drag = (event: React.PointerEvent<HTMLElement>): void => {
    if (!isDragging) return;
    const lane = event.currentTarget.closest('.song-sections');
    if (!lane) return;
    const { transform } = useSongView.getState();
    const timeS = transform.toS(event.clientX - lane.getBoundingClientRect().left);
    const near = (times: readonly number[]): number | null => {
      const found = nearestOf(times, timeS);
      return found !== null && Math.abs(found - timeS) * transform.pxPerS <= SNAP_PX ? found : null;
    };
    const toS = event.altKey ? timeS : (near(analysis.downbeats) ?? near(analysis.beats) ?? timeS);
    useSongView.setState({ draggedSections: boundaryMoved(analysis.sections, index, toS) });
  };
  const drop = (): void => {
    const { draggedSections } = useSongView.getState();
    setDragging(false);
    useSongView.setState({ draggedSections: null });
    if (isDragging && draggedSections) put(draggedSections, undo.boundary);
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const to = event.shiftKey ? start + by * 0.01 : neighbour(analysis.beats, start, by > 0 ? 1 : -1);
    const moved = to === null ? null : boundaryMoved(sections, index, to);
    if (moved) editSong({ sections: moved }, { label: undo.boundary, group: `border-${index}` });
  };
  const name = en.song.section[next?.label ?? 'verse'];
  return (
    <span
      role="slider"
      tabIndex={0}
      className="song-border"
      data-dragging={isDragging ? '' : undefined}
      style={{ left: atPx }}
      aria-label={en.song.lane.boundary(name)}
      aria-valuemin={0}
      aria-valuemax={analysis.duration}
      aria-valuenow={start}
      aria-valuetext={clock(start, 2)}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDragging(true);
      }}
      onPointerMove={drag}
      onPointerUp={drop}
      onPointerCancel={drop}
      onKeyDown={onKeyDown}
    />
  );
}
