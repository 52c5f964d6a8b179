/** Output devices as PortAudio lists them. Writes ALSA's messages to stderr: called in a host process. */
import { z } from 'zod';

import { AudioDeviceSchema } from '../../contract/documents/system.ts';
import { loadAddon } from './addon.ts';

export const DeviceListSchema = z.object({ library: z.string(), error: z.string(), devices: z.array(AudioDeviceSchema) });
/** `error` is empty when there is a list. */
export type DeviceList = z.infer<typeof DeviceListSchema>;

interface DevicesAddon {
  outputDevices(): Promise<unknown>;
}

/** Cost: up to a second. */
export async function listOutputDevices(): Promise<DeviceList> {
  return DeviceListSchema.parse(await (loadAddon() as DevicesAddon).outputDevices());
}
