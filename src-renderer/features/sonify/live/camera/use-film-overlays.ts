/** While a film plays live and motion or edges are shown, its picture is looked at for their maps as often as answers come. */
import { useEffect } from 'react';

import { useOverlays } from '../../viewer/overlay-store.ts';
import { player } from '../../player/player.ts';
import { usePlayer } from '../../player/player-store.ts';
import { FrameFeed } from './frame-feed.ts';
import { forgetSeen, keepSeen } from './seen.ts';

/** At most thirty a second: a map that is late lies beside what moves. */
const EVERY_MS = 1000 / 30;

export function useFilmOverlays(): void {
  const isWanted = useOverlays(({ on }) => on.includes('flow') || on.includes('edges'));
  const isLive = usePlayer(({ output, cannotPlay }) => output === 'live' && !cannotPlay);
  const isOn = isWanted && isLive;
  useEffect(() => {
    if (!isOn) return undefined;
    const feed = new FrameFeed({
      session: () => (player.live.isSounding ? player.live.session : null),
      feeds: false,
      wantsOverlay: () => true,
      everyMs: EVERY_MS,
      onSeen: keepSeen,
      // The maps are an extra: without them the features are drawn as ever.
      onError: forgetSeen,
    });
    feed.attach(player.picture.element);
    return () => {
      feed.attach(null);
      forgetSeen();
    };
  }, [isOn]);
}
