/** What is known of a song in one line: tempo with its alternatives, time signature and key to choose, and figures. */
import { Hand } from 'lucide-react';

import type { Song } from '../../../src-main/contract/documents/song.ts';
import { TIME_SIGNATURES } from '../../../src-main/contract/documents/song-analysis.ts';
import type { SongAnalysis, TimeSignature } from '../../../src-main/contract/documents/song-analysis.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { fixed, percent } from '../../model/format.ts';
import { withAlternative } from '../../model/song-edit.ts';
import { clock } from '../../model/timecode.ts';
import { commands } from '../../stores/command-store.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { editSong, editSongBy } from './song-document.ts';

const say = en.song.facts;
const MOST_ALTERNATIVES = 3;
const NOTES = ['C', 'C#', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B'];
const KEYS = ['major', 'minor'].map((mode) => NOTES.map((note) => `${note} ${mode}`));

export function SongFacts({ song }: { readonly song: Song | null }): React.JSX.Element {
  const analysis = song?.analysis ?? null;
  return (
    <div className="song-facts" role="group" aria-label={say.title}>
      {song && analysis ? <Known song={song} analysis={analysis} /> : song ? <Unknown song={song} /> : null}
    </div>
  );
}

function Unknown({ song }: { readonly song: Song }): React.JSX.Element {
  return (
    <p className="song-unknown">
      <strong>{song.state === 'making' ? en.song.state.making : en.song.none.title}</strong>
      <span>{song.state === 'making' ? en.song.makingLine : en.song.none.line}</span>
    </p>
  );
}

interface KnownProps {
  readonly song: Song;
  readonly analysis: SongAnalysis;
}

function Known({ song, analysis }: KnownProps): React.JSX.Element {
  return (
    <>
      {analysis.tempo === null ? <NoBeat /> : <Tempo song={song} analysis={analysis} tempo={analysis.tempo} />}
      <SignatureChoice song={song} analysis={analysis} />
      <KeyChoice song={song} analysis={analysis} />
      <dl className="song-figures">
        <Figure name={say.duration} value={clock(analysis.duration, 1)} />
        <Figure name={say.rhythm} value={fixed(analysis.rhythm_strength, 2)} title={say.rhythmLine} />
        <Figure name={say.syncopation} value={fixed(analysis.syncopation, 2)} title={say.syncopationLine} />
        <Figure name={say.bars} value={String(analysis.downbeats.length)} />
        <Figure name={say.beats} value={String(analysis.beats.length)} title={sourceOf(song, analysis)} />
      </dl>
    </>
  );
}

function sourceOf(song: Song, analysis: SongAnalysis): string {
  const known: Readonly<Record<string, string>> = say.sources;
  return `${say.source}: ${song.edits.grid === null ? (known[analysis.beat_source] ?? analysis.beat_source) : say.yours}`;
}

function Figure({ name, value, title }: { readonly name: string; readonly value: string; readonly title?: string }): React.JSX.Element {
  return (
    <div title={title}>
      <dt>{name}</dt>
      <dd className="figures selectable">{value}</dd>
    </div>
  );
}

function Tempo({ song, analysis, tempo }: KnownProps & { readonly tempo: number }): React.JSX.Element {
  return (
    <div className="song-tempo">
      <span className="song-bpm figures selectable" aria-label={`${say.tempo}: ${say.bpm(fixed(tempo, 2))}`}>
        {fixed(tempo, 2)}
      </span>
      <span className="song-sure">
        <span>BPM{analysis.is_tempo_variable ? `, ${say.variable}` : ''}</span>
        <span>{song.edits.grid === null && song.edits.tempo_factor === 1 ? say.sure(percent(analysis.tempo_confidence)) : say.yours}</span>
      </span>
      <ul className="song-alternatives" aria-label={say.alternatives}>
        {analysis.tempo_alternatives.slice(0, MOST_ALTERNATIVES).map((alternative) => (
          <li key={`${alternative.relation}-${alternative.tempo}`}>
            <Tooltip text={say.alternative(fixed(alternative.tempo, 2), percent(alternative.confidence))}>
              <button
                type="button"
                className="song-alternative"
                aria-label={say.alternative(fixed(alternative.tempo, 2), percent(alternative.confidence))}
                onClick={() => editSongBy((now) => now.analysis && withAlternative(now.edits, now.analysis, alternative), { label: en.song.undo.tempo })}
              >
                <span className="figures">{fixed(alternative.tempo, 1)}</span>
                <small>
                  {say.relation[alternative.relation]} {percent(alternative.confidence)}
                </small>
              </button>
            </Tooltip>
          </li>
        ))}
      </ul>
    </div>
  );
}

function NoBeat(): React.JSX.Element {
  return (
    <div className="song-unknown" role="status">
      <strong>{en.song.noBeat.title}</strong>
      <span>{en.song.noBeat.line}</span>
      <Button icon={Hand} onClick={() => commands.run('tempo.tap')}>
        {en.song.noBeat.tap}
      </Button>
    </div>
  );
}

/** The choice that takes an edit back. */
const FOUND = 'found';

function SignatureChoice({ song, analysis }: KnownProps): React.JSX.Element | null {
  if (analysis.time_signature === null) return null;
  const choices = TIME_SIGNATURES.map((value) => ({ value: value as TimeSignature | typeof FOUND, label: value }));
  const edited = song.edits.time_signature;
  return (
    <Select
      label={say.signature}
      className="song-signature figures"
      value={edited ?? analysis.time_signature}
      groups={[{ choices }, ...(edited === null ? [] : [{ choices: [{ value: FOUND as TimeSignature | typeof FOUND, label: en.song.edit.resetLine }] }])]}
      onChange={(value) => editSong({ time_signature: value === FOUND ? null : value }, { label: en.song.undo.signature })}
    />
  );
}

function KeyChoice({ song, analysis }: KnownProps): React.JSX.Element {
  const groups = KEYS.map((keys) => ({ choices: keys.map((key) => ({ value: key, label: key })) }));
  const known = KEYS.flat().includes(analysis.key ?? '') || analysis.key === null ? [] : [{ value: analysis.key, label: analysis.key }];
  const back = song.edits.key === null ? [] : [{ value: FOUND, label: en.song.edit.resetLine }];
  return (
    <Select
      label={say.key}
      className="song-key"
      value={analysis.key ?? ''}
      face={analysis.key ?? say.noKey}
      groups={[...(known.length + back.length > 0 ? [{ choices: [...known, ...back] }] : []), ...groups]}
      onChange={(key) => editSong({ key: key === FOUND ? null : key }, { label: en.song.undo.key })}
    />
  );
}
