/** The tokens hold what the look promises: text that can be read in every theme, and no colour anywhere else. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('..', import.meta.url));
const css = readFileSync(join(folder, 'styles/tokens.css'), 'utf8');

const THEMES = ['dark', 'light', 'high-contrast'] as const;

function tokensOf(theme: string): Map<string, string> {
  const block = new RegExp(`\\[data-theme='${theme}'\\]\\s*\\{([^}]*)\\}`).exec(css)?.[1] ?? '';
  return new Map(
    [...block.matchAll(/--([a-z0-9-]+):\s*(#[0-9a-f]{6})\s*;/g)].map((match) => [match[1] ?? '', match[2] ?? '']),
  );
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const linear = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0);
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const TEXT = ['text', 'text-2', 'text-3', 'motion', 'edges', 'colour', 'beat', 'accent', 'danger', 'warn', 'ok'];
const GROUND = ['app', 'panel', 'raised', 'well'];

describe('tokens', () => {
  it.each(THEMES)('of the %s theme keep 4.5 to 1 between every text and every ground', (theme) => {
    const tokens = tokensOf(theme);
    const low = TEXT.flatMap((text) =>
      GROUND.map((ground) => ({ text, ground, ratio: contrast(tokens.get(text) ?? '', tokens.get(ground) ?? '') })),
    ).filter(({ ratio }) => !(ratio >= 4.5));
    expect(low).toEqual([]);
    expect(contrast(tokens.get('on-accent') ?? '', tokens.get('accent') ?? '')).toBeGreaterThanOrEqual(4.5);
  });

  it('have the same names in every theme', () => {
    const [dark = [], ...others] = THEMES.map((theme) =>
      [...tokensOf(theme).keys()].filter((name) => name !== 'shade').sort(),
    );
    for (const other of others) expect(other).toEqual(dark);
  });

  it('are the only colours written in hex', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (file) => /\.(css|tsx?)$/.test(file) && !file.endsWith('tokens.css') && !file.includes('.test.'),
    );
    const hasHex = (file: string): boolean => {
      const text = readFileSync(join(folder, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '');
      return file.endsWith('.css')
        ? /[\s:(,]#[0-9a-f]{3,8}\b(?!\s*\{)/i.test(text)
        : /['"`]#[0-9a-f]{3,8}['"`]/i.test(text);
    };
    const offenders = files.filter(hasHex);
    expect(offenders).toEqual([]);
  });
});
