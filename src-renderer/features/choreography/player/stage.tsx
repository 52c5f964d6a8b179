/** The picture of the dance: two films taking turns after the song, or the exported film. */
import { ArrowLeft, Film } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

import { en } from '../../../../src-main/contract/text/en.ts';
import { call, urlOf } from '../../../api/client.ts';
import { mixAt } from '../../../model/deck.ts';
import { useJobs } from '../../../stores/jobs-store.ts';
import { useMoves } from '../../../stores/move-store.ts';
import { attempt } from '../../../stores/toast-store.ts';
import { onFrame, wake } from '../../../ui/animation.ts';
import { Button } from '../../../ui/button.tsx';
import { songPlayer, useSongPlayer } from '../../song/song-player.ts';
import { loopStretch, planNow, shownSegments, useDance, usePlan } from '../dance-store.ts';
import { Deck } from './deck.ts';
import './stage.css';

const say = en.dance.stage;

export function Stage(): React.JSX.Element {
  const resultId = useDance((state) => state.resultId);
  return (
    <section className="dance-stage" aria-label={say.title}>
      {resultId === null ? <PlanPicture /> : <ResultPicture artifactId={resultId} />}
    </section>
  );
}

function PlanPicture(): React.JSX.Element {
  const [deck] = useState(() => new Deck());
  const frame = useRef<HTMLDivElement>(null);
  const isMirrored = useDance((state) => state.isMirrored);
  const [unplayable, setUnplayable] = useState<string | null>(null);
  const hasPlan = usePlan() !== null;
  useEffect(() => {
    const stop = onFrame(() => {
      const { isPlaying } = useSongPlayer.getState();
      const { rate, isLooping } = useDance.getState();
      const transitionS = planNow()?.parameters.transition_s ?? 0.5;
      const state = { segments: shownSegments(), transitionS, timeS: songPlayer.positionS, isPlaying, rate, loop: isLooping ? loopStretch() : null };
      deck.show(state);
      if (frame.current) describe(frame.current, deck.seen, mixAt(state.segments, state.timeS, transitionS).kind);
      return isPlaying;
    });
    return () => {
      stop();
      deck.release();
    };
  }, [deck]);
  const place = (at: 0 | 1) => (video: HTMLVideoElement | null) => deck.attach(at, video);
  const [first, second] = [useRefOnce(() => place(0)), useRefOnce(() => place(1))];
  const failed = (at: 0 | 1) => () => setUnplayable(deck.moveIn(at));
  return (
    <>
      <div ref={frame} className="dance-frame" data-mirrored={isMirrored ? '' : undefined} hidden={!hasPlan}>
        <DanceVideo label={say.first} attach={first} onFailed={failed(0)} onPlays={() => setUnplayable(null)} />
        <DanceVideo label={say.second} attach={second} onFailed={failed(1)} onPlays={() => setUnplayable(null)} />
      </div>
      {unplayable === null ? null : <Unplayable moveId={unplayable} />}
    </>
  );
}

/** A function that stays the same from render to render. */
function useRefOnce<Value>(make: () => Value): Value {
  const [value] = useState(make);
  return value;
}

/** What is seen, for styles and for tests: the segment's place and whether a transition is a fade to white. */
function describe(frame: HTMLElement, seen: number | null, kind: string): void {
  const segment = seen === null ? '' : String(seen + 1);
  if (frame.dataset['segment'] !== segment) frame.dataset['segment'] = segment;
  if (frame.dataset['kind'] !== kind) frame.dataset['kind'] = kind;
}

interface DanceVideoProps {
  readonly label: string;
  readonly attach: (video: HTMLVideoElement | null) => void;
  readonly onFailed: () => void;
  readonly onPlays: () => void;
}

function DanceVideo({ label, attach, onFailed, onPlays }: DanceVideoProps): React.JSX.Element {
  return (
    <video
      ref={attach}
      className="dance-video"
      muted
      playsInline
      disablePictureInPicture
      preload="auto"
      tabIndex={-1}
      aria-label={`${say.title}, ${label}`}
      onLoadedMetadata={wake}
      onLoadedData={() => {
        onPlays();
        wake();
      }}
      onSeeked={wake}
      onError={(event) => (event.currentTarget.hasAttribute('src') ? onFailed() : undefined)}
    />
  );
}

function Unplayable({ moveId }: { readonly moveId: string }): React.JSX.Element {
  const name = useMoves((state) => state.moves.get(moveId)?.labels.name?.value ?? state.moves.get(moveId)?.path ?? '');
  const make = async (): Promise<void> => {
    const { job_id } = await call('makeProxy', { params: { id: moveId } });
    useJobs.getState().put(await call('getJob', { params: { id: job_id } }));
  };
  return (
    <div className="dance-problem">
      <Film size={20} aria-hidden="true" />
      <p>
        <strong>{say.cannotPlay(name)}</strong> {say.cannotPlayLine}
      </p>
      <Button onClick={() => attempt(make())}>{say.makeCopy}</Button>
    </div>
  );
}

function ResultPicture({ artifactId }: { readonly artifactId: string }): React.JSX.Element {
  useEffect(() => songPlayer.pause(), []);
  return (
    <>
      <video
        className="dance-result"
        src={urlOf('getArtifactFile', { params: { id: artifactId } })}
        controls
        autoPlay
        playsInline
        aria-label={say.result}
      />
      <Button className="dance-back" icon={ArrowLeft} onClick={() => useDance.setState({ resultId: null })}>
        {say.back}
      </Button>
    </>
  );
}
