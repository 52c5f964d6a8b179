import { expect, test } from 'vitest';

import { doctor } from './doctor.ts';
import type { MachineFacts } from './ports.ts';

const healthy: MachineFacts = {
  programVersion: '0.1.0',
  nodeVersion: '24.0.0',
  machine: 'linux x64, 2 cores, 24 GiB',
  platform: 'linux',
  ffmpeg: { found: { path: '/usr/bin/ffmpeg', version: '5.1', origin: 'system', encoders: new Set(['libx264', 'aac', 'flac', 'h264_nvenc']) } },
  addon: { found: 'kinetone.node' },
  audio: { found: { library: 'libportaudio.so.2', devices: [] } },
  electron: { missing: 'Electron’s binary is not here' },
  browser: { found: 'Chromium' },
  models: { known: 9, here: ['BeatNet'], unusable: [] },
  disk: { folder: '/data', freeBytes: 50 * 2 ** 30 },
};
const states = (facts: MachineFacts): Record<string, string> => Object.fromEntries(doctor(facts).checks.map((row) => [row.id, row.state]));

test('a healthy machine has no check that fails or warns', () => {
  expect(Object.values(states(healthy)).filter((state) => state === 'fail' || state === 'warn')).toEqual([]);
});

test('a machine without FFmpeg is told the command that installs it', () => {
  const report = doctor({ ...healthy, ffmpeg: { missing: 'FFmpeg was not found.' } });
  expect(report.checks.find((row) => row.id === 'ffmpeg')).toMatchObject({ state: 'fail', fix: 'sudo apt-get install -y ffmpeg' });
});

test('hardware encoders that are compiled in are said to be untried, not promised', () => {
  expect(doctor(healthy).checks.find((row) => row.id === 'encoders')?.detail).toContain('not tried: h264_nvenc');
});

test('every failing check says what to do', () => {
  const broken: MachineFacts = {
    ...healthy,
    ffmpeg: { missing: 'no' },
    addon: { missing: 'no' },
    electron: { missing: 'no' },
    browser: { missing: 'no' },
    disk: { folder: '/', freeBytes: 1 },
  };
  const bad = doctor(broken).checks.filter((row) => row.state === 'fail' || row.state === 'warn');
  expect(bad.length).toBe(4);
  expect(bad.filter((row) => row.fix === null)).toEqual([]);
});
