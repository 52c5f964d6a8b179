/** The detail of an item that is no move. */
import { AudioWaveform, Download, Ear, PersonStanding, ScanEye } from 'lucide-react';

import type { DerivedState, MediaItem } from '../../../src-main/contract/documents/media-item.ts';
import { parseRational } from '../../../src-main/contract/units.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { urlOf } from '../../api/client.ts';
import { fileSize, frameRate } from '../../model/format.ts';
import type { Entry } from '../../model/library-entries.ts';
import { clock } from '../../model/timecode.ts';
import { useProjectList, visitProject } from '../../stores/project-list-store.ts';
import { attempt } from '../../stores/toast-store.ts';
import { Button } from '../../ui/button.tsx';
import { since } from '../project/since.ts';
import { analyse } from './analyse.ts';
import { CommandAction, RemoveButton } from './detail-actions.tsx';
import { openEntry } from './entry-actions.ts';
import { MissingFile } from './missing-file.tsx';
import { SongGlance, SongKnown } from './song-glance.tsx';

const say = en.library.detail;

/** Of one item that is no move: what it is, what was made of it, what can be done with it. */
export function MediaDetail({ entry }: { readonly entry: Entry }): React.JSX.Element {
  const { item } = entry;
  const isVideo = item.kind === 'video';
  return (
    <>
      {item.kind === 'audio' ? (
        <SongGlance entry={entry} />
      ) : item.poster === 'ready' ? (
        <img className="detail-poster" src={urlOf('getPoster', { params: { id: item.id } })} alt="" />
      ) : (
        <div className="detail-poster" />
      )}
      <div className="detail-body">
        <h2 className="detail-name selectable">{entry.name}</h2>
        {item.is_missing ? <MissingFile item={item} /> : null}
        <div className="detail-actions">
          {isVideo ? (
            <Button tone="primary" icon={AudioWaveform} disabled={item.is_missing} onClick={() => openEntry(entry)}>
              {en.library.item.sonify}
            </Button>
          ) : null}
          {item.kind === 'audio' ? (
            <Button tone="primary" icon={Ear} onClick={() => openEntry(entry)}>
              {en.song.open}
            </Button>
          ) : null}
          {isVideo ? <CommandAction command="library.makeMoves" icon={PersonStanding} /> : null}
          {isVideo && item.features !== 'ready' ? (
            <Button
              icon={ScanEye}
              disabled={item.features === 'making' || item.is_missing}
              onClick={() => analyse(item.id)}
            >
              {item.features === 'making' ? en.library.item.analysing : en.library.item.analyse}
            </Button>
          ) : null}
        </div>
        {entry.song ? <SongKnown song={entry.song} /> : null}
        <Facts item={item} />
        <UsedIn item={item} />
        {item.features === 'ready' ? <FeatureExport item={item} /> : null}
        <Made item={item} />
        <RemoveButton entries={[entry]} />
      </div>
    </>
  );
}

function factsOf(item: MediaItem): [string, string][] {
  const { video, audio, duration_s } = item.probe;
  const facts: [string, string][] = [[say.size, fileSize(item.size_bytes)]];
  if (item.kind !== 'image') facts.push([say.duration, clock(duration_s, 2)]);
  if (video) {
    facts.push([say.picture, `${video.width} × ${video.height}`]);
    if (video.display_width !== video.width || video.display_height !== video.height)
      facts.push([say.shownAs, `${video.display_width} × ${video.display_height}`]);
    const rate = video.frame_rate === null ? null : parseRational(video.frame_rate);
    if (rate && item.kind === 'video')
      facts.push([
        say.rate,
        `${frameRate(rate.numerator, rate.denominator)}${video.is_variable_rate ? `, ${say.variable}` : ''}`,
      ]);
    facts.push([say.codec, video.codec]);
    if (video.bit_depth !== 8) facts.push([say.depth, say.bits(video.bit_depth)]);
  }
  if (item.kind !== 'image')
    facts.push([
      say.sound,
      audio ? `${audio.codec}, ${audio.sample_rate / 1000} kHz, ${say.channels(audio.channels)}` : say.noSound,
    ]);
  facts.push(
    [say.imported, since(item.created_at, new Date())],
    [say.identity, item.sha256 === null ? say.identityPending : item.sha256.slice(0, 12)],
  );
  return facts;
}

export function Facts({ item }: { readonly item: MediaItem }): React.JSX.Element {
  return (
    <dl className="facts">
      {factsOf(item).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="figures selectable">{value}</dd>
        </div>
      ))}
      <div>
        <dd className="muted">{item.is_owned ? say.owned : say.inPlace}</dd>
      </div>
    </dl>
  );
}

export function UsedIn({ item }: { readonly item: MediaItem }): React.JSX.Element | null {
  const projects = useProjectList((state) => state.projects);
  const using = projects.filter((project) => project.media_id === item.id);
  if (using.length === 0) return null;
  return (
    <section>
      <h3 className="section-title">{say.usedIn}</h3>
      <ul>
        {using.map((project) => (
          <li key={project.id}>
            <button type="button" className="detail-link truncate" onClick={() => attempt(visitProject(project.id))}>
              {project.name}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function FeatureExport({ item }: { readonly item: MediaItem }): React.JSX.Element {
  return (
    <section>
      <h3 className="section-title">{say.exportFeatures}</h3>
      <div className="detail-actions">
        {(['json', 'csv'] as const).map((format) => (
          <a
            key={format}
            className="button button-plain"
            href={urlOf('exportFeatures', { params: { id: item.id }, query: { format } })}
            download={`${item.name}.features.${format}`}
          >
            <Download size={16} aria-hidden="true" />
            {format.toUpperCase()}
          </a>
        ))}
      </div>
    </section>
  );
}

const DERIVED = ['poster', 'filmstrip', 'peaks', 'proxy', 'features'] as const;

function Made({ item }: { readonly item: MediaItem }): React.JSX.Element {
  const made = DERIVED.map((name): [string, DerivedState] => [en.library.derived[name], item[name]]).filter(
    ([, state]) => state !== 'not-applicable',
  );
  return (
    <section>
      <h3 className="section-title">{say.made}</h3>
      <dl className="facts">
        {made.map(([name, state]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className={`derived-${state}`}>{en.library.derivedState[state]}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
