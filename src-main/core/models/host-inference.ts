/** Work of models done in the inference host: main names the files, looks at them, and passes on what comes back. */
import type { PoseSeries } from '../../contract/documents/pose.ts';
import type { Programs } from '../../contract/hosts/analysis.ts';
import { type BeatsInput, BeatsOutputSchema, type CheckInput, InferenceProgressSchema, type Network, type PosesInput, PosesOutputSchema } from '../../contract/hosts/inference.ts';
import type { BeatActivations } from '../../contract/hosts/song.ts';
import type { Probe } from '../../contract/documents/media-item.ts';
import { mediaError } from '../../contract/text/en/media.ts';
import type { HostCaller } from '../host.ts';
import type { ModelUse, Models } from './models.ts';

export const BEAT_MODEL = 'beatnet';
/** Models of poses, the one that is used where both are here first. */
export const POSE_MODELS = ['movenet-lightning', 'blazepose'] as const;
const FILTERBANK = 'filterbank_136x705_f32le.bin';

/** Poses a second: dance turns round at most four times a second. */
const POSE_RATE_HZ = 10;
/** Shorter side of the frames that are looked at, pixels. */
const POSE_SIDE_PX = 256;

/** A file and what is known of it. */
export interface InferenceSource {
  readonly path: string;
  readonly name: string;
  readonly probe: Probe;
}

export interface InferenceOptions {
  readonly signal?: AbortSignal | undefined;
  /** 0..1 */
  readonly onProgress?: ((done: number) => void) | undefined;
}

/** The networks among a model's files, in the manifest's order. */
function networksOf({ spec, paths }: ModelUse): Network[] {
  return spec.files.flatMap(({ name, inputs, outputs }) => (inputs && outputs ? [{ path: paths[name] ?? '', name, inputs, outputs }] : []));
}

/** For Models: loads and compares. */
export function modelCheck(host: HostCaller): (model: ModelUse, signal?: AbortSignal) => Promise<void> {
  return async (model, signal) => {
    const input: CheckInput = { networks: networksOf(model) };
    await host.call('check', input, { signal });
  };
}

export class HostInference {
  readonly #models: Models;
  readonly #host: HostCaller;
  readonly #programs: () => Promise<Programs>;

  constructor(models: Models, host: HostCaller, programs: () => Promise<Programs>) {
    this.#models = models;
    this.#host = host;
    this.#programs = programs;
  }

  /** Name of the model that hears beats, as `beat_source` carries it; null while none is here. */
  beatModel(): string | null {
    return this.#models.isHere(BEAT_MODEL) ? BEAT_MODEL : null;
  }

  /** Name of the model that sees poses; null while none is here. */
  poseModel(): string | null {
    return POSE_MODELS.find((id) => this.#models.isHere(id)) ?? null;
  }

  /** @throws AppError 'model-absent', 'model-changed', 'model-unusable', 'media-no-audio', 'media-unreadable', the retryable 'host-crashed'; AbortError */
  async beats(source: InferenceSource, { signal, onProgress }: InferenceOptions = {}): Promise<BeatActivations> {
    if (!source.probe.audio) throw mediaError('noAudio', source.name);
    const model = await this.#models.use(BEAT_MODEL, signal);
    const [network] = networksOf(model);
    const input: Omit<BeatsInput, 'network'> & { network: Network | undefined } = {
      ...(await this.#file(source)),
      network,
      filterbank: model.paths[FILTERBANK] ?? '',
      source: BEAT_MODEL,
    };
    return BeatsOutputSchema.parse(await this.#call('beats', input, { signal, onProgress }));
  }

  /** @param id  one of POSE_MODELS; the better of those that are here unless said. @throws as `beats`; 'media-no-video' */
  async poses(source: InferenceSource, { signal, onProgress }: InferenceOptions = {}, id: string = this.poseModel() ?? POSE_MODELS[0]): Promise<PoseSeries> {
    const { video } = source.probe;
    if (!video) throw mediaError('noVideo', source.name, 'it holds sound only');
    const model = await this.#models.use(id, signal);
    const scale = POSE_SIDE_PX / Math.min(video.display_width, video.display_height);
    const input: PosesInput = {
      ...(await this.#file(source)),
      width: Math.max(2, Math.min(4096, Math.round(video.display_width * scale))),
      height: Math.max(2, Math.min(4096, Math.round(video.display_height * scale))),
      rate_hz: POSE_RATE_HZ,
      source: id,
      networks: networksOf(model),
    };
    return PosesOutputSchema.parse(await this.#call('poses', input, { signal, onProgress }));
  }

  async #file({ path, name, probe }: InferenceSource): Promise<Pick<PosesInput, 'programs' | 'file' | 'duration_s'>> {
    return { programs: await this.#programs(), file: { path, demuxer: probe.demuxer, name }, duration_s: probe.duration_s };
  }

  #call(method: string, input: unknown, { signal, onProgress }: InferenceOptions): Promise<unknown> {
    return this.#host.call(method, input, { signal, onEvent: (event) => onProgress?.(InferenceProgressSchema.parse(event).done) });
  }
}
