/**
 * The page's one way to the loudspeaker: everything that sounds goes through one volume, one meter and the panic switch.
 * The context is made at the first sound, when the browser allows it.
 */
export interface Levels {
  readonly left: number;
  readonly right: number;
}

const SILENT: Levels = { left: 0, right: 0 };
const METER_FRAMES = 1024;
/** The engine's rate, so that stretches are joined sample for sample; the browser converts to the device's. */
const SAMPLE_RATE = 48_000;
/** Time constant of the panic fade: below -60 dB within 20 ms. */
const PANIC_S = 0.0028;

export class AudioOutput {
  #context: AudioContext | null = null;
  #volumeNode: GainNode | null = null;
  #analysers: readonly [AnalyserNode, AnalyserNode] | null = null;
  readonly #block = new Float32Array(METER_FRAMES);
  readonly #sources = new WeakMap<HTMLMediaElement, MediaElementAudioSourceNode>();
  #volume = 1;

  /** Makes the context when it is not there yet and lets it run. Must follow a gesture of the user. */
  async start(): Promise<AudioContext> {
    const context = this.context();
    if (context.state !== 'running') await context.resume();
    this.setVolume(this.#volume);
    return context;
  }

  context(): AudioContext {
    if (this.#context) return this.#context;
    const context = new AudioContext({ latencyHint: 'interactive', sampleRate: SAMPLE_RATE });
    const volume = context.createGain();
    volume.gain.value = this.#volume;
    const splitter = context.createChannelSplitter(2);
    const analyser = (): AnalyserNode => {
      const node = context.createAnalyser();
      node.fftSize = METER_FRAMES;
      return node;
    };
    const analysers = [analyser(), analyser()] as const;
    volume.connect(context.destination);
    volume.connect(splitter);
    analysers.forEach((node, channel) => splitter.connect(node, channel));
    this.#context = context;
    this.#volumeNode = volume;
    this.#analysers = analysers;
    return context;
  }

  /** Where sound goes in. */
  input(): AudioNode {
    this.context();
    if (!this.#volumeNode) throw new Error('The output has no input.');
    return this.#volumeNode;
  }

  /** Leads an element's sound through the output; the same element is led only once. */
  adopt(element: HTMLMediaElement): void {
    if (this.#sources.has(element)) return;
    const source = this.context().createMediaElementSource(element);
    source.connect(this.input());
    this.#sources.set(element, source);
  }

  /** What is being heard now, on the context's clock, in seconds. */
  heardAt(): number {
    const context = this.#context;
    return context ? context.currentTime - (context.outputLatency || context.baseLatency || 0) : 0;
  }

  get sampleRate(): number | null {
    return this.#context?.sampleRate ?? null;
  }

  setVolume(volume: number): void {
    this.#volume = volume;
    const gain = this.#volumeNode?.gain;
    if (!gain || !this.#context) return;
    gain.cancelScheduledValues(this.#context.currentTime);
    gain.setTargetAtTime(volume, this.#context.currentTime, 0.01);
  }

  /** Silence within 20 ms; `start` brings the volume back. */
  panic(): void {
    const gain = this.#volumeNode?.gain;
    if (!gain || !this.#context) return;
    gain.cancelScheduledValues(this.#context.currentTime);
    gain.setTargetAtTime(0, this.#context.currentTime, PANIC_S);
  }

  /** Newest peak of each channel, 0..1. */
  levels(): Levels {
    const analysers = this.#analysers;
    if (!analysers || this.#context?.state !== 'running') return SILENT;
    return { left: this.#peak(analysers[0]), right: this.#peak(analysers[1]) };
  }

  #peak(analyser: AnalyserNode): number {
    analyser.getFloatTimeDomainData(this.#block);
    let peak = 0;
    for (const sample of this.#block) peak = Math.max(peak, Math.abs(sample));
    return peak;
  }
}
