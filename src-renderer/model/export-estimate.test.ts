import { describe, expect, it } from 'vitest';

import { estimateBytes, estimateS } from './export-estimate.ts';

const item = { size_bytes: 10_000_000, probe: { demuxer: 'mov', duration_s: 60, video: null, audio: null } };
const settings = { format: 'wav', loudness: -14, original: 'drop', stems: false } as const;

describe('estimateBytes', () => {
  it('is exact for 24-bit stereo WAV at 48 kHz', () => {
    expect(estimateBytes(item, settings)).toBe(60 * 48_000 * 2 * 3);
  });

  it('counts three stems beside the mix', () => {
    expect(estimateBytes(item, { ...settings, stems: true })).toBe(4 * 60 * 48_000 * 6);
  });

  it('keeps the picture of a film', () => {
    expect(estimateBytes(item, { ...settings, format: 'mp4' })).toBeGreaterThan(10_000_000);
  });
});

describe('estimateS', () => {
  const done = {
    kind: 'sonify',
    state: 'completed',
    started_at: '2026-01-01T00:00:00Z',
    finished_at: '2026-01-01T00:00:10Z',
    result: { duration_s: 100 },
  } as const;

  it('goes by the speed of the newest finished export', () => {
    expect(estimateS(300, [{ ...done, state: 'failed' }, done])).toBe(30);
  });

  it('is unknown before the first', () => {
    expect(estimateS(300, [])).toBeNull();
  });
});
