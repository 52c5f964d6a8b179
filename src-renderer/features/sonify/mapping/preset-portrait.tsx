/** The picture of a mapping's character: wobble, hits and chord; it runs through its bar while pointed at. */
import { useMemo } from 'react';

import type { Mapping } from '../../../../src-main/contract/documents/mapping.ts';
import { portraitOf } from '../../../model/mapping-portrait.ts';
import type { Portrait } from '../../../model/mapping-portrait.ts';
import { Canvas } from '../../../ui/canvas.tsx';
import type { Painter, Surface } from '../../../ui/canvas.tsx';
import { palette } from '../../../ui/palette.ts';

const REDUCED = globalThis.matchMedia('(prefers-reduced-motion: reduce)');

function paint({ context, widthPx, heightPx }: Surface, portrait: Portrait, phase: number | null): void {
  const colours = palette();
  const at = (from: number): number => (phase === null ? from : (from + phase) % 1);
  context.fillStyle = colours.colour;
  portrait.notes.forEach((note, i) => {
    context.globalAlpha = 0.16 + 0.16 * portrait.brightness + (i === 0 ? 0.1 : 0);
    context.fillRect(0, (1 - note) * heightPx * 0.6 + 2, widthPx, 2 + portrait.brightness * 3);
  });
  context.globalAlpha = 1;
  context.beginPath();
  const floor = heightPx * 0.78;
  portrait.bass.forEach((_, i) => {
    const level = portrait.bass[Math.floor(at(i / portrait.bass.length) * portrait.bass.length)] ?? 0;
    const [x, y] = [(i / (portrait.bass.length - 1)) * widthPx, floor - level * (heightPx * 0.6)];
    if (i === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  });
  context.strokeStyle = colours.motion;
  context.lineWidth = 1.25;
  context.stroke();
  const stepPx = widthPx / portrait.hits.length;
  context.fillStyle = colours.edges;
  portrait.hits.forEach((_, i) => {
    const hit = portrait.hits[Math.floor(at(i / portrait.hits.length) * portrait.hits.length)] ?? 0;
    if (hit > 0) context.fillRect(i * stepPx + 1, heightPx - 2 - 6 * hit, Math.max(1.5, stepPx - 2.5), 6 * hit);
  });
}

class PortraitPainter implements Painter {
  readonly #portrait: Portrait;
  readonly #barMs: number;
  readonly #isMoving: boolean;
  /** Place in the bar, 0..1; null while it stands. */
  #phase: number | null = null;

  constructor(mapping: Mapping, isMoving: boolean) {
    this.#portrait = portraitOf(mapping);
    this.#barMs = 240_000 / mapping.tempo.bpm;
    this.#isMoving = isMoving && !REDUCED.matches;
  }

  key = (nowMs: number): { values: readonly unknown[]; isMoving: boolean } => {
    this.#phase = this.#isMoving ? (nowMs % this.#barMs) / this.#barMs : null;
    return { values: [this.#phase, palette()], isMoving: this.#isMoving };
  };

  paint = (surface: Surface): void => paint(surface, this.#portrait, this.#phase);
}

export function PresetPortrait({
  mapping,
  isMoving,
}: {
  readonly mapping: Mapping;
  readonly isMoving: boolean;
}): React.JSX.Element {
  const painter = useMemo(() => new PortraitPainter(mapping, isMoving), [mapping, isMoving]);
  return <Canvas painter={painter} className="preset-portrait" />;
}
