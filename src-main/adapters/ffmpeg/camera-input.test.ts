/** Which camera FFmpeg is told to open, on each system. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { tempFolder } from '../../../tests/fixtures/temp-folder.ts';
import { cameraInput, firstDirectShowCamera, linuxCameras } from './camera-input.ts';

const noListing = (): Promise<string> => Promise.reject(new Error('not asked for'));
const LISTING = '[dshow @ 0] "Line in" (audio)\n[dshow @ 0] "USB Cam" (video)\n[dshow @ 0]   Alternative name "@device"\n[dshow @ 0] "Other" (video)\n';

test('Linux lists its cameras by number, with their names', () => {
  const folder = tempFolder();
  for (const [device, name] of [['video10', 'Tenth'], ['video2', 'Integrated Camera: x']] as const) {
    mkdirSync(join(folder, device));
    writeFileSync(join(folder, device, 'name'), `${name}\n`);
  }
  expect(linuxCameras(folder)).toEqual([
    { path: '/dev/video2', name: 'Integrated Camera: x' },
    { path: '/dev/video10', name: 'Tenth' },
  ]);
  expect(linuxCameras(join(folder, 'none'))).toEqual([]);
});

test('macOS opens by number or name, without its microphone', async () => {
  expect((await cameraInput(null, noListing, 'darwin')).at(-1)).toBe('0:none');
  expect((await cameraInput('FaceTime', noListing, 'darwin')).slice(-2)).toEqual(['-i', 'FaceTime:none']);
});

test('Windows opens the camera named, else the first that is listed', async () => {
  expect((await cameraInput('USB Cam', noListing, 'win32')).at(-1)).toBe('video=USB Cam');
  expect((await cameraInput(null, () => Promise.resolve(LISTING), 'win32')).at(-1)).toBe('video=USB Cam');
  expect(firstDirectShowCamera('"Line in" (audio)')).toBeNull();
  await expect(cameraInput(null, () => Promise.resolve(''), 'win32')).rejects.toMatchObject({ code: 'camera-failed' });
});

test('a camera that is not there is said by its name', async () => {
  await expect(cameraInput('No such camera', noListing, 'linux')).rejects.toMatchObject({ code: 'camera-failed', message: 'There is no camera "No such camera".' });
});
