/** The sound methods over a host process: their messages are parsed here, progress becomes a fraction and a speed. */
import { type InspectPerformanceOutput, InspectPerformanceOutputSchema, type ReplayInput } from '../../contract/hosts/performance.ts';
import { type MasterInput, type MasterOutput, MasterOutputSchema, type RenderInput, type RenderOutput, RenderOutputSchema, SoundProgressSchema } from '../../contract/hosts/sound.ts';
import type { Clock } from '../clock.ts';
import type { HostCaller } from '../host.ts';
import type { RunOptions, SoundHost } from './ports.ts';

export class HostSound implements SoundHost {
  readonly #host: HostCaller;
  readonly #clock: Clock;

  constructor(host: HostCaller, clock: Clock) {
    this.#host = host;
    this.#clock = clock;
  }

  async render(input: RenderInput, options: RunOptions): Promise<RenderOutput> {
    const onEvent = this.#progress(input.samples, input.sample_rate, options);
    return RenderOutputSchema.parse(await this.#host.call('render', input, { signal: options.signal, onEvent }));
  }

  async replay({ sample_rate: sampleRate, ...input }: ReplayInput & { sample_rate: number }, options: RunOptions): Promise<void> {
    await this.#host.call('replay', input, { signal: options.signal, onEvent: this.#progress(input.samples, sampleRate, options) });
  }

  async inspectPerformance(eventsPath: string, { signal }: RunOptions): Promise<InspectPerformanceOutput> {
    return InspectPerformanceOutputSchema.parse(await this.#host.call('inspectPerformance', { events_path: eventsPath }, { signal }));
  }

  async master(input: MasterInput & { samples: number; sample_rate: number }, options: RunOptions): Promise<MasterOutput> {
    const { samples, sample_rate: sampleRate, ...message } = input;
    const onEvent = this.#progress(samples, sampleRate, options);
    return MasterOutputSchema.parse(await this.#host.call('master', message, { signal: options.signal, onEvent }));
  }

  #progress(samples: number, sampleRate: number, { onProgress }: RunOptions): (event: unknown) => void {
    const startMs = this.#clock.nowMs();
    let most = 0;
    return (event) => {
      const parsed = SoundProgressSchema.safeParse(event);
      if (!parsed.success || !onProgress) return;
      const { samples: done, pass, passes } = parsed.data;
      // How many passes there will be is known only at the end; what was shown never falls.
      most = Math.max(most, Math.min(1, (pass - 1 + done / samples) / passes));
      const elapsedS = (this.#clock.nowMs() - startMs) / 1000;
      onProgress({ done: most, ...(elapsedS > 0.2 ? { speed: ((pass - 1) * samples + done) / sampleRate / elapsedS } : {}) });
    };
  }
}
