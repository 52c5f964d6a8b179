import { describe, expect, it } from 'vitest';

import { markEdges } from './edge-picture.ts';

describe('markEdges', () => {
  it('marks the border of a dark and a bright half, and nothing else', () => {
    const [width, height] = [16, 8];
    const data = new Uint8ClampedArray(width * height * 4).fill(255);
    for (let y = 0; y < height; y += 1) for (let x = 0; x < 8; x += 1) data.set([0, 0, 0, 255], (y * width + x) * 4);
    markEdges({ data, width, height }, [76, 201, 240]);
    const marked = Array.from({ length: width }, (_, x) => (data[(4 * width + x) * 4 + 3] ?? 0) > 0);
    expect(marked.flatMap((isMarked, x) => (isMarked ? [x] : []))).toEqual([7, 8]);
    expect([...data.slice((4 * width + 7) * 4, (4 * width + 7) * 4 + 3)]).toEqual([76, 201, 240]);
  });
});
