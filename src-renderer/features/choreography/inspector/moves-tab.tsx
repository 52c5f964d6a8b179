/** The moves of the library to drag onto a clip, or to use in the selected one. */
import { useMemo, useState } from 'react';

import type { Move } from '../../../../src-main/contract/documents/move.ts';
import { en } from '../../../../src-main/contract/text/en.ts';
import { clock } from '../../../model/timecode.ts';
import { useMoves } from '../../../stores/move-store.ts';
import { TextField } from '../../../ui/text-field.tsx';
import { useSelected } from '../dance-store.ts';
import { MOVE_TYPE } from '../lane/clip-gestures.ts';
import { contentOfMove, placeMove } from '../plan-actions.ts';
import { MovePicture } from './move-picture.tsx';

const say = en.dance.moves;
const MOST = 120;

const wordsOf = ({ path, labels }: Move): string => [path, labels.name?.value, labels.category?.value, labels.style?.value, labels.difficulty?.value, ...(labels.tags?.value ?? [])].join(' ').toLocaleLowerCase();

export function MovesTab(): React.JSX.Element {
  const moves = useMoves((state) => state.moves);
  const selected = useSelected();
  const [words, setWords] = useState('');
  const shown = useMemo(() => {
    const asked = words.toLocaleLowerCase().split(/\s+/).filter((word) => word !== '');
    return [...moves.values()].filter((move) => asked.every((word) => wordsOf(move).includes(word))).slice(0, MOST);
  }, [moves, words]);
  return (
    <div className="moves-tab">
      <TextField label={say.search} value={words} onChange={setWords} isBare type="search" />
      <p className="muted">{shown.length === 0 ? say.none : say.line}</p>
      <ul className="move-strip">
        {shown.map((move) => (
          <li key={move.id}>
            <MoveTile move={move} onUse={selected ? () => placeMove(selected.index, move.id) : null} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function MoveTile({ move, onUse }: { readonly move: Move; readonly onUse: (() => void) | null }): React.JSX.Element {
  const { name } = contentOfMove(move);
  const facts = [move.labels.category?.value, move.labels.energy_level?.value, clock(move.duration, 1)].filter((fact) => fact !== undefined);
  return (
    <button
      type="button"
      className="move-tile"
      draggable
      aria-label={say.use(name)}
      aria-disabled={onUse === null || move.is_missing}
      title={move.path}
      onClick={() => (move.is_missing ? undefined : onUse?.())}
      onDragStart={(event) => {
        event.dataTransfer.setData(MOVE_TYPE, move.id);
        event.dataTransfer.effectAllowed = 'copy';
      }}
    >
      <MovePicture moveId={move.id} atS={move.duration / 2} className="move-tile-picture" />
      <span className="alternative-words">
        <strong className="truncate">{name}</strong>
        <span className="truncate">{facts.join(' · ')}</span>
      </span>
    </button>
  );
}
