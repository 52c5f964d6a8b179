/** Choosing the film of a project: from the library, or by importing one. */
import { Film, Import } from 'lucide-react';
import { useState } from 'react';

import type { MediaItem } from '../../../src-main/contract/documents/media-item.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { urlOf } from '../../api/client.ts';
import { search } from '../../model/fuzzy-search.ts';
import { setFilm } from '../../model/project-edit.ts';
import { clock } from '../../model/timecode.ts';
import { useMedia } from '../../stores/media-store.ts';
import { startProject } from '../../stores/project-list-store.ts';
import { edit, useProject } from '../../stores/project-store.ts';
import { attempt } from '../../stores/toast-store.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { pickAndImport } from '../library/pick-media.ts';
import './choose-video.css';

/** Puts the film into the open project, or starts one with it. */
async function take(item: MediaItem): Promise<void> {
  if (useProject.getState().project) edit(setFilm(item.id));
  else await startProject(item);
}

export function ChooseVideoDialog({ onClose }: { readonly onClose: () => void }): React.JSX.Element {
  const items = useMedia((state) => state.items);
  const [query, setQuery] = useState('');
  const films = search(
    items.filter((item) => item.kind === 'video' && !item.is_missing),
    query,
    (item) => item.name,
  );
  const choose = (item: MediaItem): void => {
    onClose();
    attempt(take(item));
  };
  const importOne = async (): Promise<void> => {
    const film = (await pickAndImport('files')).find((item) => item.kind === 'video');
    if (film) choose(film);
  };
  return (
    <Dialog
      title={en.sonify.chooseVideo}
      onClose={onClose}
      width="large"
      actions={
        <Button tone="primary" icon={Import} onClick={() => attempt(importOne())}>
          {en.library.importFiles}
        </Button>
      }
    >
      <TextField
        label={en.library.search}
        value={query}
        isBare
        isFocused
        type="search"
        onChange={setQuery}
        onEnter={() => (films[0] ? choose(films[0]) : undefined)}
      />
      {films.length === 0 ? (
        <EmptyState icon={Film} title={en.library.empty.title} line={en.library.empty.line} />
      ) : null}
      <ul className="choose-grid">
        {films.map((item) => (
          <li key={item.id}>
            <button type="button" className="choose-film" onClick={() => choose(item)}>
              {item.poster === 'ready' ? (
                <img src={urlOf('getPoster', { params: { id: item.id } })} alt="" loading="lazy" />
              ) : (
                <span className="choose-blank" />
              )}
              <span className="truncate">{item.name}</span>
              <span className="figures muted">{clock(item.probe.duration_s)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
