/** What the axis of a song shows, told a moment after it has come to rest: for the twins of its canvases. */
import { useEffect, useState } from 'react';

import { useSongView } from './song-view-store.ts';

/** What `look` says of the view: after `firstMs`, and again whenever the view has rested for `restMs`; `first` until then. */
export function useRestedView<Seen>(look: () => Seen, first: Seen, { firstMs, restMs }: { readonly firstMs: number; readonly restMs: number }): Seen {
  const [seen, setSeen] = useState(first);
  useEffect(() => {
    const take = (): void => setSeen(look);
    let timer = setTimeout(take, firstMs);
    const stop = useSongView.subscribe((state, before) => {
      if (state.transform === before.transform && state.widthPx === before.widthPx) return;
      clearTimeout(timer);
      timer = setTimeout(take, restMs);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [look, firstMs, restMs]);
  return seen;
}
