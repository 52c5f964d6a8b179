/** Output devices as PortAudio lists them. Writes ALSA's messages to stderr: called in a host process. */
import { z } from 'zod';

import { type DeviceList, DeviceListSchema, type Latency } from '../../contract/hosts/live.ts';
import { loadAddon } from './addon.ts';

const NativeListSchema = z.object({
  library: z.string(),
  error: z.string(),
  devices: z.array(z.object({ id: z.string(), name: z.string(), host_api: z.string(), channels: z.number(), default_rate: z.number(), rates: z.array(z.number()), latency_ms: z.number(), inputs: z.number(), is_default: z.boolean() })),
});

const LatencySchema = z.object({ error: z.string(), latencyMs: z.number(), heard: z.number(), sent: z.number() });

interface DevicesAddon {
  outputDevices(withRates: boolean): Promise<unknown>;
  measureLatency(request: { output: number; input: number; rate: number; bufferFrames: number }): Promise<unknown>;
}

/** A device with the number PortAudio gives it now; the number changes when devices come and go, the id does not. */
export interface NumberedDevice {
  readonly id: string;
  readonly index: number;
  readonly hasInput: boolean;
}

/**
 * @param withRates  asks each device for its rates, which takes longer; else `rates` is empty.
 * @returns the list in the library's order, that of before while a stream is open here; `numbers` has the default device first.
 * Cost: up to a second.
 */
export async function listOutputDevices({ withRates = false } = {}): Promise<DeviceList & { numbers: NumberedDevice[] }> {
  const list = NativeListSchema.parse(await (loadAddon() as DevicesAddon).outputDevices(withRates));
  const seen = new Map<string, number>();
  const devices = list.devices.map((device) => {
    const name = `${device.host_api}: ${device.name}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    // Two of one kind are told apart by their order.
    return { ...device, id: count === 1 ? name : `${name} #${count}`, index: Number(device.id) };
  });
  return {
    ...DeviceListSchema.parse({ library: list.library, error: list.error, devices }),
    numbers: devices.toSorted((a, b) => Number(b.is_default) - Number(a.is_default)).map(({ id, index, inputs }) => ({ id, index, hasInput: inputs > 0 })),
  };
}

/**
 * Clicks out of a device and back in by its own input, or by the default one where it has none. Cost: about five seconds.
 * @param id  of the output; null for the default one.
 * @returns milliseconds from the callback to the outside, or why there is no figure.
 */
export async function measureLatency(id: string | null, rate: number, bufferFrames: number): Promise<Latency> {
  const { numbers } = await listOutputDevices();
  const device = id === null ? numbers[0] : numbers.find((each) => each.id === id);
  if (!device) return { latency_ms: null, problem: id === null ? 'There is no sound device.' : `The device ${id} is not there.` };
  const result = LatencySchema.parse(await (loadAddon() as DevicesAddon).measureLatency({ output: device.index, input: device.hasInput ? device.index : -1, rate, bufferFrames }));
  return result.error === '' ? { latency_ms: result.latencyMs, problem: null } : { latency_ms: null, problem: result.error };
}
