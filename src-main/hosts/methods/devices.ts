/** The host method `devices`: output devices as the sound library lists them. Here, because the library writes to stderr. */
import { listOutputDevices } from '../../adapters/native/audio-devices.ts';
import type { HostMethod } from '../../core/host.ts';

export const devicesMethod: HostMethod = async () => {
  const { library, error, devices } = await listOutputDevices({ withRates: true });
  return { library, error, devices };
};
