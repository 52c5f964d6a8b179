/** The camera of the page: asked for at analysis size, chosen among those there are, its refusal said in words. */
import { create } from 'zustand';

import { remember, remembered } from '../../../../stores/settings-store.ts';

export type CameraState = 'off' | 'asking' | 'on' | 'refused' | 'missing' | 'busy';

export interface CameraDevice {
  readonly id: string;
  readonly label: string;
}

interface CameraStore {
  readonly state: CameraState;
  readonly devices: readonly CameraDevice[];
  /** The one that is wanted; null for the system's own. */
  readonly deviceId: string | null;
  readonly isMirrored: boolean;
  readonly stream: MediaStream | null;
  /** Width over height of its picture. */
  readonly aspect: number;
}

export const useCamera = create<CameraStore>()(() => ({ state: 'off', devices: [], deviceId: null, isMirrored: true, stream: null, aspect: 16 / 9 }));

const WANTED = { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 30 } };

/** What a failed request says, by the names of Media Capture and Streams. */
const FAILURES: Readonly<Record<string, CameraState>> = {
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
};

function stopTracks(): void {
  for (const track of useCamera.getState().stream?.getTracks() ?? []) track.stop();
}

async function listDevices(): Promise<void> {
  const all = await navigator.mediaDevices.enumerateDevices();
  const cameras = all.filter((device) => device.kind === 'videoinput' && device.deviceId !== '');
  useCamera.setState({ devices: cameras.map((device, i) => ({ id: device.deviceId, label: device.label || String(i + 1) })) });
}

let asked = 0;

/** Opens the wanted camera; the newest wish wins. */
export async function openCamera(): Promise<void> {
  if (!navigator.mediaDevices?.getUserMedia) {
    useCamera.setState({ state: 'missing' });
    return;
  }
  const request = (asked += 1);
  const { deviceId } = useCamera.getState();
  useCamera.setState({ state: 'asking' });
  try {
    const video = deviceId === null ? WANTED : { ...WANTED, deviceId: { exact: deviceId } };
    const stream = await navigator.mediaDevices.getUserMedia({ video, audio: false });
    if (request !== asked) {
      for (const track of stream.getTracks()) track.stop();
      return;
    }
    stopTracks();
    for (const track of stream.getTracks()) track.onended = () => useCamera.setState({ state: 'missing', stream: null });
    useCamera.setState({ state: 'on', stream });
    await listDevices();
  } catch (error) {
    if (request !== asked) return;
    const name = error instanceof DOMException ? error.name : '';
    useCamera.setState({ state: FAILURES[name] ?? 'busy', stream: null });
  }
}

export function closeCamera(): void {
  asked += 1;
  stopTracks();
  useCamera.setState({ state: 'off', stream: null });
}

export function chooseCamera(deviceId: string | null): Promise<void> {
  useCamera.setState({ deviceId });
  remember('camera.device', deviceId);
  return openCamera();
}

export function setMirrored(isMirrored: boolean): void {
  useCamera.setState({ isMirrored });
  remember('camera.mirrored', isMirrored);
}

export function restoreCamera(): void {
  const device = remembered('camera.device');
  const mirrored = remembered('camera.mirrored');
  useCamera.setState({
    ...(typeof device === 'string' ? { deviceId: device } : {}),
    ...(typeof mirrored === 'boolean' ? { isMirrored: mirrored } : {}),
  });
}
