/** What the lanes of a song draw: waveform tinted by its bands, beats, energy, ruler, and over them hover and playhead. */
import type { SongAnalysis } from '../../../src-main/contract/documents/song-analysis.ts';
import { between, holds } from '../../model/beat-lookup.ts';
import { LABEL_GAP_PX, RULER_FONT_PX, rulerTicks } from '../../model/ruler-ticks.ts';
import { peakColumns } from '../../model/waveform.ts';
import type { PeakSource } from '../../model/waveform.ts';
import type { Painter, Surface } from '../../ui/canvas.tsx';
import { palette } from '../../ui/palette.ts';
import type { SoundPeaks } from '../sonify/lanes/sound-peaks.ts';
import { bandShares } from './song-bands.ts';
import type { Bands } from './song-bands.ts';
import { useSongDocument } from './song-document.ts';
import { songPlayer, useSongPlayer } from './song-player.ts';
import { useSongView } from './song-view-store.ts';

const view = () => useSongView.getState();
const analysisNow = (): SongAnalysis | null => useSongDocument.getState().song?.analysis ?? null;

function painter(facts: () => readonly unknown[], paint: (surface: Surface) => void): Painter {
  return { key: () => ({ values: [view().transform, palette(), ...facts()], isMoving: false }), paint };
}

type Rgb = readonly [number, number, number];

const rgbOf = (hex: string): Rgb => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;

/** The mix of three colours by their shares, as bright as the strongest. */
function mixed(colours: readonly [Rgb, Rgb, Rgb], shares: readonly [number, number, number]): string {
  // Squared, so that a leading band is seen to lead.
  const weights = shares.map((share) => share * share);
  const sum = weights.reduce((total, weight) => total + weight, 0) || 1;
  const part = (channel: 0 | 1 | 2): number =>
    Math.round(colours.reduce((total, colour, i) => total + colour[channel] * (weights[i] ?? 0), 0) / sum);
  return `rgb(${part(0)} ${part(1)} ${part(2)})`;
}

/** Columns of the wave share a colour over this many pixels. */
const TINT_PX = 2;

export function wavePainter(peaks: SoundPeaks): Painter {
  return painter(
    () => [peaks.version, useSongPlayer.getState().bands, useSongPlayer.getState().peaks],
    (surface) => {
      const source = peaks.at(view().transform.pxPerS) ?? useSongPlayer.getState().peaks;
      if (source) paintWave(surface, source, useSongPlayer.getState().bands);
    },
  );
}

function paintWave({ context, widthPx, heightPx }: Surface, source: PeakSource, bands: Bands | null): void {
  const { transform } = view();
  const columns = Math.ceil(widthPx);
  const out = new Float32Array(columns * 3);
  peakColumns(source, transform.originS, 1 / transform.pxPerS, out);
  const colours = palette();
  const triple = [rgbOf(colours.motion), rgbOf(colours.colour), rgbOf(colours.edges)] as const;
  const middle = heightPx / 2;
  const reach = middle - 2;
  context.fillStyle = colours['text-3'];
  for (let x = 0; x < columns; x += 1) {
    const [low, high, rms] = [out[x * 3] ?? 0, out[x * 3 + 1] ?? 0, out[x * 3 + 2] ?? 0];
    if (Number.isNaN(high)) continue;
    if (bands && x % TINT_PX === 0) {
      const shares = bandShares(bands, transform.toS(x), transform.toS(x + TINT_PX));
      context.fillStyle = shares ? mixed(triple, shares) : colours['text-3'];
    }
    context.globalAlpha = 0.45;
    context.fillRect(x, middle - high * reach, 1, Math.max(1, (high - low) * reach));
    context.globalAlpha = 1;
    context.fillRect(x, middle - rms * reach, 1, Math.max(0.5, 2 * rms * reach));
  }
}

/** Beats closer than this are not drawn singly, nor are bars. */
const LEAST_BEAT_PX = 5;
const BAR_STEPS = [1, 2, 4, 8, 16, 32, 64];
const BAR_LABEL_PX = 44;

/** Ticks of the beats, downbeats taller and numbered, through the waveform where there is room. */
export function beatsPainter(): Painter {
  return painter(
    () => [analysisNow()],
    ({ context, widthPx, heightPx }) => {
      const analysis = analysisNow();
      if (!analysis || analysis.beats.length === 0) return;
      const { transform } = view();
      const colours = palette();
      const { startS, endS } = transform.visible(widthPx);
      const beatPx = (60 / (analysis.tempo ?? 120)) * transform.pxPerS;
      context.fillStyle = colours.beat;
      if (beatPx >= LEAST_BEAT_PX) {
        context.globalAlpha = 0.75;
        for (const beat of between(analysis.beats, startS, endS))
          if (!holds(analysis.downbeats, beat)) context.fillRect(Math.round(transform.toPx(beat)), heightPx - 7, 1, 7);
      }
      const barPx = (analysis.downbeats.length < 2 ? 4 : analysis.beats.length / analysis.downbeats.length) * beatPx;
      const lineEvery = BAR_STEPS.find((step) => step * barPx >= LEAST_BEAT_PX) ?? 128;
      const labelEvery = BAR_STEPS.find((step) => step * barPx >= BAR_LABEL_PX) ?? 128;
      context.font = `10.5px ${colours.figures}`;
      context.textBaseline = 'top';
      analysis.downbeats.forEach((beat, bar) => {
        if (beat < startS - 1 || beat > endS || bar % lineEvery !== 0) return;
        const x = Math.round(transform.toPx(beat));
        context.globalAlpha = 1;
        context.fillRect(x, heightPx - 14, 1, 14);
        if (bar % labelEvery === 0) context.fillText(String(bar + 1), x + 3, 1);
      });
      context.globalAlpha = 1;
    },
  );
}

/** Thin lines of beats and bars over the waveform, faint, and only where they do not hide it. */
export function gridPainter(): Painter {
  return painter(
    () => [analysisNow()],
    ({ context, widthPx, heightPx }) => {
      const analysis = analysisNow();
      if (!analysis) return;
      const { transform } = view();
      const { startS, endS } = transform.visible(widthPx);
      const beatPx = (60 / (analysis.tempo ?? 120)) * transform.pxPerS;
      context.fillStyle = palette().beat;
      if (beatPx * 4 < 14) return;
      for (const beat of between(analysis.beats, startS, endS)) {
        const isDownbeat = holds(analysis.downbeats, beat);
        if (!isDownbeat && beatPx < 14) continue;
        context.globalAlpha = isDownbeat ? 0.55 : 0.2;
        context.fillRect(Math.round(transform.toPx(beat)), 0, 1, heightPx);
      }
      context.globalAlpha = 1;
    },
  );
}

/** The energy of each second as an area, its line on top. */
export function energyPainter(): Painter {
  return painter(
    () => [analysisNow()],
    ({ context, widthPx, heightPx }) => {
      const analysis = analysisNow();
      if (!analysis || analysis.energy.length === 0) return;
      const { transform } = view();
      const y = (value: number): number => heightPx - 1 - value * (heightPx - 4);
      const { startS, endS } = transform.visible(widthPx);
      const first = Math.max(0, Math.floor(startS) - 1);
      const last = Math.min(analysis.energy.length, Math.ceil(endS) + 2);
      const trace = (): void => {
        context.beginPath();
        if (first === 0) context.moveTo(transform.toPx(0), y(analysis.energy[0] ?? 0));
        for (let second = first; second < last; second += 1)
          context.lineTo(transform.toPx(Math.min(analysis.duration, second + 0.5)), y(analysis.energy[second] ?? 0));
        if (last === analysis.energy.length) context.lineTo(transform.toPx(analysis.duration), y(analysis.energy.at(-1) ?? 0));
      };
      const colours = palette();
      trace();
      context.lineTo(transform.toPx(last === analysis.energy.length ? analysis.duration : last - 0.5), heightPx);
      context.lineTo(transform.toPx(first === 0 ? 0 : first + 0.5), heightPx);
      context.globalAlpha = 0.2;
      context.fillStyle = colours.beat;
      context.fill();
      context.globalAlpha = 1;
      trace();
      context.strokeStyle = colours.beat;
      context.lineWidth = 1.5;
      context.lineJoin = 'round';
      context.stroke();
    },
  );
}

export function rulerPainter(): Painter {
  return painter(
    () => [view().durationS],
    ({ context, widthPx, heightPx }) => {
      const { transform, durationS } = view();
      const colours = palette();
      context.font = `${RULER_FONT_PX}px ${colours.figures}`;
      context.textBaseline = 'top';
      for (const { px, isMain, label } of rulerTicks(transform, { widthPx, durationS })) {
        context.fillStyle = isMain ? colours['line-strong'] : colours.line;
        context.fillRect(px, isMain ? 0 : heightPx - 4, 1, isMain ? heightPx : 4);
        if (label === null) continue;
        context.fillStyle = colours['text-2'];
        context.fillText(label, px + LABEL_GAP_PX, 3);
      }
    },
  );
}

/** Hover and playhead over all lanes. */
export function headPainter(): Painter {
  return {
    key: () => {
      const { transform, hoverS } = view();
      return { values: [transform, hoverS, songPlayer.positionS, palette()], isMoving: useSongPlayer.getState().isPlaying };
    },
    paint: ({ context, heightPx, widthPx }) => {
      const { transform, hoverS } = view();
      const colours = palette();
      if (hoverS !== null) {
        context.fillStyle = colours['text-3'];
        context.globalAlpha = 0.6;
        context.fillRect(Math.round(transform.toPx(hoverS)), 0, 1, heightPx);
        context.globalAlpha = 1;
      }
      const x = Math.round(transform.toPx(songPlayer.positionS));
      if (x < -6 || x > widthPx + 6) return;
      context.fillStyle = colours.text;
      context.fillRect(x, 0, 1, heightPx);
      context.beginPath();
      context.moveTo(x - 4.5, 0);
      context.lineTo(x + 5.5, 0);
      context.lineTo(x + 0.5, 7);
      context.fill();
    },
  };
}
