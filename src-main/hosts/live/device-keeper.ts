/**
 * Keeps an instrument sounding: opens the wanted device, goes on with the next one when it vanishes, with a clock when there
 * is none, and returns when it is back. The instrument itself never stops; only where its sound goes changes.
 */
import type { LivePlayer, OutputInfo } from '../../adapters/native/live-player.ts';
import type { NumberedDevice } from '../../adapters/native/audio-devices.ts';
import type { AudioStreamInfo, OutputSettings } from '../../contract/documents/session.ts';
import { NO_DEVICE } from '../../contract/documents/session.ts';
import { toAppError } from '../../contract/errors.ts';

const RETURN_MS = 2000;
const MOST_WAIT_MS = 60_000;

export interface DeviceKeeperPorts {
  readonly player: LivePlayer;
  /** Devices that can play now, the default first. */
  readonly devices: () => Promise<NumberedDevice[]>;
  /** The same, listed by another process: the library of this one remembers the devices of before while a stream is open. */
  readonly devicesOutside: () => Promise<string[]>;
  readonly nowMs: () => number;
  readonly onStream: (stream: AudioStreamInfo) => void;
  /** Of the engine, ms: the device's own is added. */
  readonly engineLatencyMs: number;
}

type Place = { readonly kind: 'device'; readonly device: NumberedDevice | null } | { readonly kind: 'clock' };

export class DeviceKeeper {
  readonly #ports: DeviceKeeperPorts;
  #settings: OutputSettings;
  #stream: AudioStreamInfo | null = null;
  /** Id of the device that plays; null for the default one or the clock. */
  #playing: string | null = null;
  #problem: string | null = null;
  #work: Promise<unknown> = Promise.resolve();
  #isBusy = false;
  /** As last listed; the library's numbers hold until it lists anew, which it does only while nothing is open. */
  #known: readonly NumberedDevice[] = [];
  /** The default device that vanished, to go back to. */
  #lost: string | null = null;
  #waitMs = RETURN_MS;
  #isSearching = false;
  #lookedMs = 0;
  #opened = 0;

  constructor(ports: DeviceKeeperPorts, settings: OutputSettings) {
    this.#ports = ports;
    this.#settings = settings;
  }

  get stream(): AudioStreamInfo | null {
    return this.#stream;
  }

  /** Opens the wanted device, or what there is. @returns the stream as it runs. */
  async open(settings: OutputSettings = this.#settings): Promise<AudioStreamInfo> {
    this.#settings = settings;
    return this.#inTurn(async () => {
      this.#problem = null;
      this.#lost = null;
      this.#waitMs = RETURN_MS;
      if (settings.device === NO_DEVICE) return this.#start({ kind: 'clock' });
      // One that was plugged in since is known to the library only after everything is closed.
      if (settings.device !== null && this.#stream?.backend === 'portaudio' && !this.#known.some(({ id }) => id === settings.device)) {
        await this.#start({ kind: 'clock' });
        this.#problem = null;
      }
      return this.#startFirst(await this.#candidates(settings.device));
    });
  }

  async close(): Promise<void> {
    await this.#inTurn(() => this.#ports.player.close());
  }

  /** To be called often: notices a device that stands, and one that is back. */
  look(): void {
    if (this.#isBusy || this.#stream === null) return;
    // A clock that is late stands on a machine without time; there is nothing to go to instead.
    const isLost = this.#stream.backend === 'portaudio' && !this.#ports.player.health().isAlive;
    if (isLost) void this.#inTurn(() => this.#goOn()).catch(() => undefined);
    else if (this.#problem !== null && !this.#isSearching && this.#ports.nowMs() - this.#lookedMs > this.#waitMs) void this.#search().catch(() => undefined);
  }

  /** The device vanished: first a clock, so that time goes on, then whatever plays. */
  async #goOn(): Promise<void> {
    const lost = this.#stream?.device ?? 'The sound device';
    this.#problem = `${lost} is gone. Kinetone goes back to it when it returns.`;
    const before = this.#playing;
    this.#lost ??= before;
    this.#waitMs = RETURN_MS;
    await this.#start({ kind: 'clock' });
    const others = this.#known.filter(({ id }) => id !== before);
    await this.#startFirst([...others.map((device): Place => ({ kind: 'device', device })), { kind: 'clock' }]);
    this.#lookedMs = this.#ports.nowMs();
  }

  /** Looks whether the wanted device is back; meanwhile what plays may be lost as well. */
  async #search(): Promise<void> {
    this.#isSearching = true;
    this.#lookedMs = this.#ports.nowMs();
    try {
      const wanted = this.#settings.device ?? this.#lost;
      const isClock = this.#stream?.backend === 'null';
      const there = isClock ? await this.#inTurn(async () => (await this.#list()).map(({ id }) => id)) : await this.#ports.devicesOutside();
      const isThere = wanted === null ? isClock && there.length > 0 : there.includes(wanted);
      if (isThere) await this.#inTurn(() => this.#return(wanted));
      else this.#waitMs = RETURN_MS;
    } finally {
      this.#isSearching = false;
      this.#lookedMs = this.#ports.nowMs();
    }
  }

  async #return(wanted: string | null): Promise<void> {
    const problem = this.#problem;
    // The library lists anew only when nothing is open.
    if (this.#stream?.backend !== 'null') await this.#start({ kind: 'clock' });
    this.#problem = null;
    const stream = await this.#startFirst(await this.#candidates(wanted));
    if (wanted === null ? stream.backend !== 'null' : this.#playing === wanted) {
      this.#lost = null;
      this.#waitMs = RETURN_MS;
      return;
    }
    // It is there and does not open: what plays is not interrupted again and again for it.
    this.#problem ??= problem;
    this.#waitMs = Math.min(MOST_WAIT_MS, this.#waitMs * 4);
  }

  /** The wanted device, the default, the others, the clock. */
  async #candidates(wanted: string | null): Promise<Place[]> {
    const devices = await this.#list();
    const device = wanted === null ? null : (devices.find(({ id }) => id === wanted) ?? null);
    if (wanted !== null && device === null) this.#problem ??= `The device ${wanted} is not there. Kinetone goes to it when it comes.`;
    const rest = devices.filter(({ id }) => id !== wanted);
    return [...(device ? [device] : []), ...rest].map((each): Place => ({ kind: 'device', device: each })).concat({ kind: 'clock' });
  }

  async #list(): Promise<readonly NumberedDevice[]> {
    this.#known = await this.#ports.devices();
    return this.#known;
  }

  async #startFirst(places: readonly Place[]): Promise<AudioStreamInfo> {
    for (const place of places) {
      try {
        return await this.#start(place);
      } catch (error) {
        this.#problem ??= toAppError(error).message;
      }
    }
    return this.#start({ kind: 'clock' });
  }

  async #start(place: Place): Promise<AudioStreamInfo> {
    const { sample_rate: rate, buffer_frames: bufferFrames, first_channel: pair, device: wanted } = this.#settings;
    const isClock = place.kind === 'clock';
    const device = isClock ? -1 : (place.device?.index ?? -1);
    // The pair was chosen on one device; another may have no such channels.
    const isChosen = !isClock && place.device?.id === (wanted ?? this.#known[0]?.id);
    const firstChannel = isChosen ? pair : 0;
    const info = await this.#ports.player.open({ backend: isClock ? 'null' : 'portaudio', device, rate, bufferFrames, firstChannel, driftPpm: 0 });
    this.#playing = isClock ? null : (place.device?.id ?? null);
    if (isClock && this.#settings.device !== NO_DEVICE) this.#problem ??= 'There is no sound device here: nothing is heard.';
    this.#opened += 1;
    this.#stream = this.#describe(info, isClock);
    this.#ports.onStream(this.#stream);
    return this.#stream;
  }

  #describe(info: OutputInfo, isClock: boolean): AudioStreamInfo {
    return {
      stream_id: `stream-${this.#opened}`,
      backend: isClock ? 'null' : 'portaudio',
      device: info.device,
      host_api: info.hostApi,
      sample_rate: info.rate,
      channels: info.channels,
      buffer_frames: info.bufferFrames,
      latency_ms: info.latencyMs + this.#ports.engineLatencyMs,
      problem: this.#problem,
    };
  }

  /** One change at a time. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#work.then(async () => {
      this.#isBusy = true;
      try {
        return await work();
      } finally {
        this.#isBusy = false;
      }
    });
    this.#work = done.catch(() => undefined);
    return done;
  }
}
