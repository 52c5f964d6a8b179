/**
 * A canvas at device resolution, painted outside React's render: its painter says by a key what the picture depends on,
 * and is asked to paint only when the key or the size has changed. It is hidden from assistive technology; the twin
 * beside it speaks.
 */
import { useEffect, useRef } from 'react';

import { onFrame, wake } from './animation.ts';

export interface Surface {
  readonly context: CanvasRenderingContext2D;
  /** CSS pixels. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** Device pixels per CSS pixel. */
  readonly scale: number;
}

export interface Painter {
  /** Everything the picture depends on besides size; compared item by item. `isMoving` asks for the next frame. */
  readonly key: (nowMs: number) => { readonly values: readonly unknown[]; readonly isMoving: boolean };
  /** Paints all of it; the surface is cleared and scaled to CSS pixels. */
  readonly paint: (surface: Surface) => void;
}

interface CanvasProps {
  readonly painter: Painter;
  readonly className?: string;
  readonly onSize?: (widthPx: number, heightPx: number) => void;
}

const isSame = (a: readonly unknown[] | null, b: readonly unknown[]): boolean =>
  a !== null && a.length === b.length && a.every((value, i) => Object.is(value, b[i]));

export function Canvas({ painter, className, onSize }: CanvasProps): React.JSX.Element {
  const ref = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const canvas = ref.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return undefined;
    let shown: readonly unknown[] | null = null;
    let size = { widthPx: 0, heightPx: 0 };
    const observer = new ResizeObserver((entries) => {
      const box = entries[0]?.contentRect;
      if (!box) return;
      size = { widthPx: box.width, heightPx: box.height };
      canvas.width = Math.max(1, Math.round(box.width * devicePixelRatio));
      canvas.height = Math.max(1, Math.round(box.height * devicePixelRatio));
      shown = null;
      onSize?.(box.width, box.height);
      wake();
    });
    observer.observe(canvas);
    const stop = onFrame((nowMs) => {
      const { values, isMoving } = painter.key(nowMs);
      if (!isSame(shown, values) && size.widthPx > 0) {
        shown = values;
        const scale = canvas.width / size.widthPx;
        context.setTransform(scale, 0, 0, scale, 0, 0);
        context.clearRect(0, 0, size.widthPx, size.heightPx);
        painter.paint({ context, ...size, scale });
      }
      return isMoving;
    });
    return () => {
      observer.disconnect();
      stop();
    };
  }, [painter, onSize]);
  return <canvas ref={ref} className={className} aria-hidden="true" />;
}
