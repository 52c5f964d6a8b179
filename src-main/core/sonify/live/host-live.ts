/** The audio host behind its port: messages are parsed here. */
import { type LiveCommand, PlayEventSchema, type PlayInput, type Recorded, RecordedSchema } from '../../../contract/hosts/live.ts';
import type { HostCaller } from '../../host.ts';
import type { LiveHost } from './ports.ts';

export class HostLive implements LiveHost {
  readonly #host: HostCaller;

  constructor(host: HostCaller) {
    this.#host = host;
  }

  async play(input: PlayInput, { signal, onEvent }: Parameters<LiveHost['play']>[1]): Promise<void> {
    await this.#host.call('play', input, { signal, onEvent: (event) => onEvent(PlayEventSchema.parse(event)) });
  }

  async command(sessionId: string, command: LiveCommand): Promise<unknown> {
    return this.#host.call('command', { session_id: sessionId, command });
  }

  async stopRecording(sessionId: string, eventsPath: string): Promise<Recorded> {
    return RecordedSchema.parse(await this.command(sessionId, { kind: 'stop-recording', events_path: eventsPath }));
  }
}
