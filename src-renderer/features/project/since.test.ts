import { describe, expect, it } from 'vitest';

import { since } from './since.ts';

const now = new Date('2026-03-10T12:00:00Z');

describe('since', () => {
  it('speaks in the largest whole unit and turns to the date after a week', () => {
    expect(since('2026-03-10T11:59:40Z', now)).toBe('just now');
    expect(since('2026-03-10T11:55:00Z', now)).toBe('5 minutes ago');
    expect(since('2026-03-10T09:59:00Z', now)).toBe('2 hours ago');
    expect(since('2026-03-09T11:00:00Z', now)).toBe('yesterday');
    expect(since('2026-02-01T12:00:00Z', now)).toContain('2026');
  });
});
