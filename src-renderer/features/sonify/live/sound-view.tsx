/** A picture of the sound that plays, with its twin in words. */
import { useEffect, useState } from 'react';

import { onFrame } from '../../../ui/animation.ts';
import { Canvas } from '../../../ui/canvas.tsx';
import type { Painter } from '../../../ui/canvas.tsx';

const WORDS_MS = 500;

interface SoundViewProps {
  readonly label: string;
  readonly painter: () => Painter;
  readonly words: () => string[];
  readonly className: string;
}

export function SoundView({ label, painter, words, className }: SoundViewProps): React.JSX.Element {
  const [own] = useState(painter);
  const [lines, setLines] = useState<readonly string[]>(words);
  useEffect(() => {
    let saidMs = 0;
    return onFrame((nowMs) => {
      if (nowMs - saidMs < WORDS_MS) return undefined;
      saidMs = nowMs;
      const next = words();
      setLines((before) => (before.join() === next.join() ? before : next));
      return undefined;
    });
  }, [words]);
  return (
    <div className={className} title={label}>
      <Canvas painter={own} />
      <ul className="visually-hidden" role="list" aria-label={label}>
        {lines.map((line, i) => (
          <li key={i}>{line}</li>
        ))}
      </ul>
    </div>
  );
}
