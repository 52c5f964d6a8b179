import { describe, expect, it } from 'vitest';

import { euclid } from './mapping-portrait.ts';

const text = (hits: number, steps: number) =>
  euclid(hits, steps)
    .map((isHit) => (isHit ? 'x' : '.'))
    .join('');

describe('euclid', () => {
  it('spreads hits as evenly as can be, beginning with one', () => {
    expect(text(4, 16)).toBe('x...x...x...x...');
    expect(text(3, 8)).toBe('x..x..x.');
    expect(text(0, 4)).toBe('....');
    expect(text(16, 16)).toBe('x'.repeat(16));
  });

  it('has exactly as many hits as asked', () => {
    for (let hits = 0; hits <= 16; hits += 1) expect(euclid(hits, 16).filter(Boolean)).toHaveLength(hits);
  });
});
