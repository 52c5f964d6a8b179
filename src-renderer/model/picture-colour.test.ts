import { describe, expect, it } from 'vitest';

import { hueAndChroma, senseColour } from './picture-colour.ts';

describe('hueAndChroma', () => {
  it('has the OKLCH hues of the primaries', () => {
    expect(hueAndChroma('#ff0000').hueDeg).toBeCloseTo(29.2, 0);
    expect(hueAndChroma('#00ff00').hueDeg).toBeCloseTo(142.5, 0);
    expect(hueAndChroma('#0000ff').hueDeg).toBeCloseTo(264.1, 0);
    expect(hueAndChroma('#808080').chroma).toBeLessThan(0.001);
  });
});

describe('senseColour', () => {
  it('is null for a grey picture', () => {
    expect(senseColour([{ hex: '#777777', weight: 1 }], true)).toBeNull();
  });

  it('prefers a vivid colour to a larger dull one', () => {
    const vivid = senseColour(
      [
        { hex: '#6b6460', weight: 0.7 },
        { hex: '#0040ff', weight: 0.2 },
      ],
      true,
    );
    expect(vivid).toContain('oklch(0.78');
    expect(Number(/ ([\d.]+)\)$/.exec(vivid ?? '')?.[1])).toBeGreaterThan(250);
  });
});
