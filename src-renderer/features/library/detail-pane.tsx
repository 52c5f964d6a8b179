/** What is known about what is selected, and what can be done with it: one item, a move, or many at once. */
import { FileQuestion, PersonStanding, ScanEye } from 'lucide-react';

import { en } from '../../../src-main/contract/text/en.ts';
import type { Entry } from '../../model/library-entries.ts';
import { urlOf } from '../../api/client.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { CommandAction, RemoveButton } from './detail-actions.tsx';
import { LabelForm, useLabelFocus } from './label-form.tsx';
import { MediaDetail } from './media-detail.tsx';
import { MoveDetail } from './move-detail.tsx';
import './detail-pane.css';

const say = en.library.detail;
const MOST_POSTERS = 6;

export function DetailPane({ selected }: { readonly selected: readonly Entry[] }): React.JSX.Element {
  const ref = useLabelFocus();
  return (
    <aside ref={ref as React.RefObject<HTMLElement | null>} className="library-detail" aria-label={say.title}>
      <Detail selected={selected} />
    </aside>
  );
}

function Detail({ selected }: { readonly selected: readonly Entry[] }): React.JSX.Element {
  const [one] = selected;
  if (!one) return <EmptyState icon={FileQuestion} title={say.title} line={say.none} />;
  if (selected.length > 1) return <ManyDetail selected={selected} />;
  return one.move ? <MoveDetail entry={one} move={one.move} /> : <MediaDetail key={one.id} entry={one} />;
}

/** Many at once: labels hold for all moves among them. */
function ManyDetail({ selected }: { readonly selected: readonly Entry[] }): React.JSX.Element {
  const moves = selected.flatMap(({ move }) => (move ? [move] : []));
  const plainVideos = selected.filter(({ item, move }) => item.kind === 'video' && !move);
  const words = en.moves.batch;
  return (
    <>
      <div className="detail-many" aria-hidden="true">
        {selected
          .filter(({ item }) => item.poster === 'ready')
          .slice(0, MOST_POSTERS)
          .map(({ id }) => (
            <img key={id} src={urlOf('getPoster', { params: { id } })} alt="" />
          ))}
      </div>
      <div className="detail-body">
        <h2 className="detail-name">{moves.length === selected.length ? words.title(selected.length) : words.items(selected.length)}</h2>
        {moves.length === 0 ? null : (
          <>
            <p className="muted detail-note">{moves.length === selected.length ? words.line : words.onlyMoves(moves.length, selected.length)}</p>
            <LabelForm key={moves.map((move) => move.id).join()} moves={moves} />
          </>
        )}
        <div className="detail-actions">
          {plainVideos.length > 0 ? <CommandAction command="library.makeMoves" icon={PersonStanding} /> : null}
          <CommandAction command="library.analyse" icon={ScanEye} label={en.moves.action.analyse} />
        </div>
        <RemoveButton entries={selected} />
      </div>
    </>
  );
}
