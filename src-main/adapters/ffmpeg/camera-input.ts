/** How FFmpeg opens a camera of this machine: v4l2 on Linux, AVFoundation on macOS, DirectShow on Windows. */
import { readFileSync, readdirSync } from 'node:fs';

import { AppError } from '../../contract/errors.ts';

const HINT = 'Connect a camera, or name another one with --camera NAME.';
/** Nothing is kept back for a better look at the stream: a frame is wanted as it comes. */
const AT_ONCE = ['-fflags', 'nobuffer', '-probesize', '32', '-analyzeduration', '0'];

export interface LinuxCamera {
  /** /dev/videoN */
  readonly path: string;
  readonly name: string;
}

/** Cameras that Linux lists; a card that has two devices has its pictures on the first. */
export function linuxCameras(folder = '/sys/class/video4linux'): LinuxCamera[] {
  try {
    return readdirSync(folder)
      .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
      .map((device) => ({ path: `/dev/${device}`, name: readFileSync(`${folder}/${device}/name`, 'utf8').trim() }));
  } catch {
    return [];
  }
}

function notThere(name: string | null): AppError {
  return new AppError('camera-failed', name === null ? 'There is no camera on this machine.' : `There is no camera "${name}".`, { hint: HINT });
}

function linuxInput(name: string | null, cameras: readonly LinuxCamera[]): string[] {
  const wanted = name?.toLowerCase() ?? '';
  const found = cameras.find(({ path }) => path === name) ?? cameras.find((camera) => camera.name.toLowerCase().includes(wanted));
  if (!found) throw notThere(name);
  return ['-f', 'v4l2', ...AT_ONCE, '-i', found.path];
}

/** The first camera in the list that `ffmpeg -f dshow -list_devices true` writes; null when there is none. */
export function firstDirectShowCamera(listing: string): string | null {
  return /"([^"]+)" \(video\)/.exec(listing)?.[1] ?? null;
}

/**
 * FFmpeg's arguments up to and with `-i`.
 * @param name  a part of the camera's name, or its device; null for the first
 * @param listing  what DirectShow lists, asked for only where no name was given
 * @throws AppError 'camera-failed' when there is none
 */
export async function cameraInput(name: string | null, listing: () => Promise<string>, platform: NodeJS.Platform = process.platform): Promise<string[]> {
  if (platform === 'linux') return linuxInput(name, linuxCameras());
  if (platform === 'darwin') return ['-f', 'avfoundation', '-framerate', '30', ...AT_ONCE, '-i', `${name ?? '0'}:none`];
  if (platform !== 'win32') throw notThere(name);
  const found = name ?? firstDirectShowCamera(await listing());
  if (found === null) throw notThere(null);
  return ['-f', 'dshow', ...AT_ONCE, '-i', `video=${found}`];
}
