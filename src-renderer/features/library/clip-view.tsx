/** A clip in the detail pane: its poster until it is played, then the clip in a loop. */
import { Pause, Play } from 'lucide-react';
import { useEffect, useRef } from 'react';

import type { MediaItem } from '../../../src-main/contract/documents/media-item.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { urlOf } from '../../api/client.ts';
import { wake } from '../../ui/animation.ts';
import { attachClip, toggleClip, useClip } from './clip-player.ts';
import './clip-view.css';

export function ClipView({ item }: { readonly item: MediaItem }): React.JSX.Element {
  const ref = useRef<HTMLVideoElement>(null);
  const isPlaying = useClip((state) => state.isPlaying && state.id === item.id);
  const hasFailed = useClip((state) => state.hasFailed && state.id === item.id);
  useEffect(() => {
    attachClip(ref.current, item.id);
    return () => attachClip(null, null);
  }, [item.id]);
  const follow = (): void => {
    const { current } = ref;
    if (current) useClip.setState({ isPlaying: !current.paused });
    wake();
  };
  return (
    <div className="clip-view" data-playing={isPlaying ? '' : undefined}>
      <video
        key={item.id}
        ref={ref}
        className="detail-poster"
        loop
        playsInline
        preload="none"
        poster={item.poster === 'ready' || item.poster === 'stale' ? urlOf('getPoster', { params: { id: item.id } }) : undefined}
        onPlay={follow}
        onPause={follow}
        onSeeked={() => wake()}
        onError={() => (ref.current?.hasAttribute('src') ? useClip.setState({ hasFailed: true, isPlaying: false }) : undefined)}
        onClick={() => toggleClip()}
      />
      <button
        type="button"
        className="clip-button"
        aria-label={isPlaying ? en.moves.action.pause : en.moves.action.play}
        disabled={item.is_missing}
        onClick={() => toggleClip()}
      >
        {isPlaying ? <Pause size={20} aria-hidden="true" /> : <Play size={20} aria-hidden="true" />}
      </button>
      {hasFailed ? <span className="clip-failed">{en.moves.analysis.failed}</span> : null}
    </div>
  );
}
