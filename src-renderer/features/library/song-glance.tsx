/** A song in the detail pane: its waveform at a glance, and what is known of it in figures. */
import { useEffect, useMemo } from 'react';

import type { SongSummary } from '../../../src-main/contract/documents/song.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { fixed } from '../../model/format.ts';
import type { Entry } from '../../model/library-entries.ts';
import { peakColumns } from '../../model/waveform.ts';
import { Canvas } from '../../ui/canvas.tsx';
import type { Painter } from '../../ui/canvas.tsx';
import { palette } from '../../ui/palette.ts';
import { SoundPeaks } from '../sonify/lanes/sound-peaks.ts';

const say = en.song.facts;

function glancePainter(peaks: SoundPeaks, durationS: number): Painter {
  return {
    key: () => ({ values: [peaks.version, palette()], isMoving: false }),
    paint: ({ context, widthPx, heightPx }) => {
      const source = peaks.at(widthPx / Math.max(0.1, durationS));
      if (!source) return;
      const out = new Float32Array(Math.ceil(widthPx) * 3);
      peakColumns(source, 0, durationS / widthPx, out);
      const middle = heightPx / 2;
      context.fillStyle = palette()['text-3'];
      for (let x = 0; x * 3 < out.length; x += 1) {
        const [low, high, rms] = [out[x * 3] ?? 0, out[x * 3 + 1] ?? 0, out[x * 3 + 2] ?? 0];
        if (Number.isNaN(high)) continue;
        context.globalAlpha = 0.45;
        context.fillRect(x, middle - high * middle, 1, Math.max(1, (high - low) * middle));
        context.globalAlpha = 1;
        context.fillRect(x, middle - rms * middle, 1, Math.max(0.5, 2 * rms * middle));
      }
    },
  };
}

export function SongGlance({ entry: { item, song } }: { readonly entry: Entry }): React.JSX.Element {
  const peaks = useMemo(() => new SoundPeaks(item.id), [item.id]);
  const painter = useMemo(() => glancePainter(peaks, item.probe.duration_s), [peaks, item.probe.duration_s]);
  const hasPeaks = item.peaks === 'ready' || item.peaks === 'stale';
  useEffect(() => (hasPeaks ? void peaks.load() : undefined), [peaks, hasPeaks]);
  return (
    <div className="detail-poster song-glance">
      <Canvas painter={painter} />
      <ul className="visually-hidden" role="list" aria-label={en.song.lane.wave}>
        <li>{song?.state === undefined ? en.song.state.none : en.song.state[song.state]}</li>
      </ul>
    </div>
  );
}

export function SongKnown({ song }: { readonly song: SongSummary }): React.JSX.Element {
  const facts: [string, string][] = [
    [say.tempo, song.tempo === null ? say.noTempo : say.bpm(fixed(song.tempo, 2))],
    [say.signature, song.time_signature ?? say.noKey],
    [say.key, song.key ?? say.noKey],
  ];
  const isKnown = song.state === 'ready' || song.state === 'stale';
  return (
    <dl className="facts">
      <div>
        <dt>{en.song.title}</dt>
        <dd className={`derived-${song.state}`}>
          {song.problem ?? en.song.state[song.state]}
          {song.is_edited ? `, ${en.song.edit.edited.toLocaleLowerCase()}` : ''}
        </dd>
      </div>
      {isKnown
        ? facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="figures selectable">{value}</dd>
            </div>
          ))
        : null}
    </dl>
  );
}
