/** Before there is a dance: describe it if you like, choose a song; and the dances that were made before. */
import { Drum, FolderPlus, Music } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';

import type { ParsedRequest, SongChoice } from '../../../src-main/contract/documents/choreography.ts';
import type { MediaItem } from '../../../src-main/contract/documents/media-item.ts';
import type { Patch } from '../../../src-main/contract/documents/project.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { call } from '../../api/client.ts';
import { clock } from '../../model/timecode.ts';
import { useMedia } from '../../stores/media-store.ts';
import { useMoves } from '../../stores/move-store.ts';
import { startChoreography, useProjectList, visitProject } from '../../stores/project-list-store.ts';
import { useSongs } from '../../stores/song-store.ts';
import { attempt } from '../../stores/toast-store.ts';
import { Button } from '../../ui/button.tsx';
import { addFolder } from '../library/folder-actions.ts';
import { pickAndImport } from '../library/pick-media.ts';
import { since } from '../project/since.ts';
import { documentNow, edit } from './dance-store.ts';
import { DescribeField } from './inspector/describe-field.tsx';
import { describedPatches } from './inspector/described.ts';
import { makePlan } from './plan-actions.ts';
import './new-choreography.css';

const say = en.dance.fresh;

interface Wish {
  readonly text: string;
  readonly request: ParsedRequest | null;
}

/** Starts a project with the song, takes the description over, and plans at once. */
async function begin(song: MediaItem, { text, request }: Wish, isForOpenProject: boolean): Promise<void> {
  if (!isForOpenProject) await startChoreography(song);
  const document = documentNow();
  if (!document) return;
  const patches: Patch[] = text.trim() === '' ? [] : describedPatches(text, request, document);
  if (document.media_id !== song.id) patches.push({ op: 'replace', path: '/media_id', value: song.id });
  if (patches.length > 0) edit({ label: en.dance.edit.text, patches });
  makePlan();
}

export function NewChoreography({ isForOpenProject = false }: { readonly isForOpenProject?: boolean }): React.JSX.Element {
  const [wish, setWish] = useState<Wish>({ text: '', request: null });
  const songs = useOfferedSongs(wish.text);
  const first = songs[0]?.item;
  const start = (song: MediaItem): void => attempt(begin(song, wish, isForOpenProject));
  return (
    <div className="fresh">
      <div className="fresh-inner">
        <h1>{say.title}</h1>
        <p className="muted">{say.line}</p>
        <MoveCount />
        <DescribeField text={wish.text} request={wish.request} onRead={(text, request) => setWish({ text, request })} {...(first ? { onEnter: () => start(first) } : {})} />
        <section className="fresh-songs" aria-label={say.songs}>
          <header>
            <h2 className="section-title">{wish.text.trim() === '' ? say.songs : say.suggested}</h2>
            <Button tone="quiet" icon={Music} onClick={() => attempt(pickAndImport('files'))}>
              {say.importSong}
            </Button>
          </header>
          {songs.length === 0 ? (
            <p className="fresh-none">
              <strong>{say.noSongs}</strong> {say.noSongsLine}
            </p>
          ) : (
            <ul>
              {songs.map(({ item, choice }) => (
                <li key={item.id}>
                  <SongRow item={item} choice={choice} onUse={() => start(item)} />
                </li>
              ))}
            </ul>
          )}
        </section>
        <RecentDances />
      </div>
    </div>
  );
}

function MoveCount(): React.JSX.Element {
  const many = useMoves((state) => state.moves.size);
  if (many > 0) return <p className="muted">{say.moves(many)}</p>;
  return (
    <p className="fresh-moves">
      {say.noMoves}
      <Button icon={FolderPlus} onClick={() => attempt(addFolder())}>
        {say.addMoves}
      </Button>
    </p>
  );
}

interface OfferedSong {
  readonly item: MediaItem;
  readonly choice: SongChoice | null;
}

/** Songs of the library; with a description those that suit it best come first, with their reasons. */
function useOfferedSongs(text: string): readonly OfferedSong[] {
  const items = useMedia((state) => state.items);
  const [answer, setAnswer] = useState<{ readonly of: string; readonly songs: readonly SongChoice[] }>({ of: '', songs: [] });
  useEffect(() => {
    if (text.trim() === '') return undefined;
    const abort = new AbortController();
    // Without an answer the songs stay in the order of the library.
    call('suggestSongs', { body: { text, top: 100 }, signal: abort.signal }).then(
      ({ songs }) => setAnswer({ of: text, songs }),
      () => undefined,
    );
    return () => abort.abort();
  }, [text]);
  return useMemo(() => {
    const choices = text.trim() === '' ? [] : answer.songs;
    const songs = items.filter((item) => item.kind === 'audio');
    const rank = new Map(choices.map((choice, i) => [choice.song_id, i]));
    const offered = songs.map((item) => ({ item, choice: choices[rank.get(item.id) ?? -1] ?? null }));
    return offered.sort((a, b) => (rank.get(a.item.id) ?? songs.length) - (rank.get(b.item.id) ?? songs.length));
  }, [items, answer, text]);
}

function SongRow({ item, choice, onUse }: OfferedSong & { readonly onUse: () => void }): React.JSX.Element {
  const song = useSongs((state) => state.songs.get(item.id));
  const facts = [clock(item.probe.duration_s), song?.tempo == null ? say.notHeard : `${song.tempo.toFixed(0)} BPM`, ...(song?.key == null ? [] : [song.key])];
  const name = song?.info.title ?? item.name;
  return (
    <button type="button" className="song-row" disabled={item.is_missing} aria-label={say.use(name)} onClick={onUse}>
      <Music size={16} aria-hidden="true" />
      <span className="alternative-words">
        <strong className="truncate">{name}</strong>
        <span className="truncate">{choice && choice.reasons.length > 0 ? choice.reasons.join(' · ') : (song?.info.artist ?? '')}</span>
      </span>
      <span className="figures muted">{facts.join(' · ')}</span>
    </button>
  );
}

function RecentDances(): React.JSX.Element | null {
  const projects = useProjectList((state) => state.projects).filter((project) => project.kind === 'choreography');
  if (projects.length === 0) return null;
  return (
    <section className="fresh-songs" aria-label={say.recent}>
      <header>
        <h2 className="section-title">{say.recent}</h2>
      </header>
      <ul>
        {projects.slice(0, 8).map((project) => (
          <li key={project.id}>
            <button type="button" className="song-row" onClick={() => attempt(visitProject(project.id))}>
              <Drum size={16} aria-hidden="true" />
              <span className="alternative-words">
                <strong className="truncate">{project.name}</strong>
              </span>
              <span className="muted">{since(project.updated_at, new Date())}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
