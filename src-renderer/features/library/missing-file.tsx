/** A file that is no longer where it was: says so, and finds it again where the desktop shell can ask for a path. */
import { FolderSearch } from 'lucide-react';

import type { MediaItem } from '../../../src-main/contract/documents/media-item.ts';
import { AppError } from '../../../src-main/contract/errors.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { call } from '../../api/client.ts';
import { shellBridge } from '../../api/shell-bridge.ts';
import { useMedia } from '../../stores/media-store.ts';
import { attempt } from '../../stores/toast-store.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';

export function MissingFile({ item }: { readonly item: MediaItem }): React.JSX.Element {
  const bridge = shellBridge();
  const relink = async (): Promise<void> => {
    const [path] = (await bridge?.pickFiles({ isFolder: false })) ?? [];
    if (path !== undefined)
      useMedia.getState().put(await call('relinkMedia', { params: { id: item.id }, body: { path } }));
  };
  return (
    <ErrorNotice error={new AppError('media-missing', en.library.item.missing, { hint: en.library.item.missingLine })}>
      {bridge ? (
        <Button icon={FolderSearch} onClick={() => attempt(relink())}>
          {en.library.item.relink}
        </Button>
      ) : null}
    </ErrorNotice>
  );
}
