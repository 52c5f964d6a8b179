/** kinetone devices: what can play, by the name --device takes. */
import type { Command } from './command.ts';

export const devices: Command = {
  options: {},
  async run({ client, terminal }) {
    const { devices: found, problem } = await client.call('listDevices');
    const lines = found.map((device) => {
      const facts = `${device.channels} channels, ${device.rates.map((rate) => rate / 1000).join('/')} kHz, ${device.latency_ms.toFixed(1)} ms`;
      return `${device.is_default ? '*' : ' '} ${device.id}  (${facts})`;
    });
    if (problem !== null) terminal.note(problem);
    terminal.result({ devices: found }, lines.length > 0 ? lines.join('\n') : 'No sound device is here.');
  },
};
