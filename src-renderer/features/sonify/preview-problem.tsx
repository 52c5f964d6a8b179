/** Why there is no sound, beside the work: the film is not analysed yet, or the preview failed. */
import { ScanEye } from 'lucide-react';

import type { MediaItem } from '../../../src-main/contract/documents/media-item.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { analyse } from '../library/analyse.ts';
import { player } from './player/player.ts';
import { usePlayer } from './player/player-store.ts';

export function PreviewProblem({ item }: { readonly item: MediaItem }): React.JSX.Element | null {
  const error = usePlayer((state) => state.error);
  if (!error) return null;
  const dismiss = (): void => usePlayer.setState({ error: null, sound: 'idle' });
  const isUnanalysed = error.code === 'features-missing';
  return (
    <div className="preview-problem">
      <ErrorNotice error={error} title={isUnanalysed ? en.sonify.analysis.needed : undefined}>
        {isUnanalysed ? (
          <Button
            icon={ScanEye}
            disabled={item.features === 'making'}
            onClick={() => {
              analyse(item.id);
              dismiss();
            }}
          >
            {item.features === 'making' ? en.library.item.analysing : en.sonify.analysis.start}
          </Button>
        ) : (
          <Button
            onClick={() => {
              dismiss();
              player.play();
            }}
          >
            {en.frame.retry}
          </Button>
        )}
        <Button tone="quiet" onClick={dismiss}>
          {en.frame.dismiss}
        </Button>
      </ErrorNotice>
    </div>
  );
}
