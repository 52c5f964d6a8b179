/** The detail of a move: the clip, its labels, its movement, what it is compared by, where it is used. */
import { ArrowRightFromLine, RefreshCw, Sparkles } from 'lucide-react';

import { EMBEDDING_KINDS } from '../../../src-main/contract/documents/move.ts';
import type { Move } from '../../../src-main/contract/documents/move.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import type { Entry } from '../../model/library-entries.ts';
import { attempt } from '../../stores/toast-store.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { ClipView } from './clip-view.tsx';
import { CommandAction, RemoveButton } from './detail-actions.tsx';
import { analyseMoves } from './folder-actions.ts';
import { LabelForm } from './label-form.tsx';
import { Facts, UsedIn } from './media-detail.tsx';
import { MissingFile } from './missing-file.tsx';
import { MoveCurvesView } from './move-curves.tsx';

const say = en.moves;

export function MoveDetail({ entry, move }: { readonly entry: Entry; readonly move: Move }): React.JSX.Element {
  const isComparable = move.embeddings.pose !== null || move.embeddings.audio !== null || move.embeddings.text !== null;
  return (
    <>
      <ClipView item={entry.item} />
      <div className="detail-body">
        <h2 className="detail-name selectable" title={move.path}>
          {entry.name}
        </h2>
        {entry.item.is_missing || move.is_missing ? <MissingFile item={entry.item} /> : null}
        <div className="detail-actions">
          <CommandAction command="library.like" icon={Sparkles} isDisabled={!isComparable} />
          <CommandAction command="library.follow" icon={ArrowRightFromLine} label={say.action.followShort} isDisabled={!isComparable} />
        </div>
        <LabelForm key={move.id} moves={[move]} />
        <AnalysisState move={move} />
        <MoveCurvesView move={move} />
        <Embeddings move={move} />
        <UsedIn item={entry.item} />
        <Facts item={entry.item} />
        <RemoveButton entries={[entry]} />
      </div>
    </>
  );
}

/** Said only where something is missing or amiss. */
function AnalysisState({ move }: { readonly move: Move }): React.JSX.Element | null {
  const again = (): void => attempt(analyseMoves([move.id]));
  if (move.state === 'failed')
    return (
      <ErrorNotice error={{ code: 'internal', message: say.analysis.failed, hint: move.problem ?? undefined, details: undefined }}>
        <Button icon={RefreshCw} onClick={again}>
          {say.action.retry}
        </Button>
      </ErrorNotice>
    );
  if (move.state === 'ready' || move.state === 'not-applicable') return null;
  return (
    <p className="detail-state" role="status">
      <span className={`derived-${move.state}`}>{say.analysis[move.state]}</span>
      {move.state === 'making' ? null : (
        <Button icon={RefreshCw} onClick={again}>
          {say.action.analyse}
        </Button>
      )}
    </p>
  );
}

/** Which space each embedding lives in, and why it is not the best there could be. */
function Embeddings({ move }: { readonly move: Move }): React.JSX.Element {
  return (
    <section>
      <h3 className="section-title">{say.embeddings.title}</h3>
      <dl className="facts">
        {EMBEDDING_KINDS.map((kind) => {
          const embedding = move.embeddings[kind];
          return (
            <div key={kind} className={embedding?.note ? 'facts-noted' : ''}>
              <dt>{say.embeddings[kind]}</dt>
              <dd className="figures selectable">{embedding?.space ?? say.embeddings.missing}</dd>
              {embedding?.note ? <dd className="facts-note">{embedding.note}</dd> : null}
            </div>
          );
        })}
      </dl>
    </section>
  );
}
