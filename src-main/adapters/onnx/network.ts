/**
 * A network on the processor through onnxruntime, which is loaded with the first one. What goes in and out is compared with
 * what is known of the model, when it loads and at every run: a wrong file is an error with its name, never a wrong result.
 */
import type * as Onnx from 'onnxruntime-node';
import type { InferenceSession, Tensor } from 'onnxruntime-node';

import type { Tensor as TensorFacts } from '../../contract/documents/model.ts';
import type { Network as NetworkFacts } from '../../contract/hosts/inference.ts';
import { modelError } from '../../contract/text/en/models.ts';

type Runtime = typeof Onnx;
let runtime: Promise<Runtime> | null = null;

/** 46 MB of library: only a process that infers loads it. */
function loadRuntime(): Promise<Runtime> {
  runtime ??= import('onnxruntime-node').then((module) => (module as unknown as { default?: Runtime }).default ?? module);
  return runtime;
}

/** One input or output: its floats (or int64), and its shape. */
export interface NetworkTensor {
  readonly data: Float32Array | BigInt64Array;
  readonly shape: readonly number[];
}

const textOf = (shape: readonly (number | string | null)[]): string => `[${shape.map((length) => length ?? 'any').join(', ')}]`;

function differenceOf(kind: 'input' | 'output', expected: readonly TensorFacts[], found: readonly InferenceSession.ValueMetadata[]): string | null {
  for (const { name, type, shape } of expected) {
    const tensor = found.find((candidate) => candidate.name === name);
    if (tensor?.isTensor !== true) return `it has no ${kind} “${name}”`;
    const isSame = tensor.type === type && tensor.shape.length === shape.length && shape.every((length, axis) => length === null || length === tensor.shape[axis]);
    if (!isSame) return `its ${kind} “${name}” is ${tensor.type} ${textOf(tensor.shape)} instead of ${type} ${textOf(shape)}`;
  }
  return expected.length === found.length ? null : `it has ${found.length} ${kind}s instead of ${expected.length}`;
}

export class Network {
  readonly #session: InferenceSession;
  readonly #runtime: Runtime;
  readonly #facts: NetworkFacts;

  private constructor(session: InferenceSession, loaded: Runtime, facts: NetworkFacts) {
    this.#session = session;
    this.#runtime = loaded;
    this.#facts = facts;
  }

  /** One thread: clips and songs run beside one another. @throws AppError 'model-unusable' */
  static async load(facts: NetworkFacts): Promise<Network> {
    const loaded = await loadRuntime().catch((cause: unknown) => {
      throw modelError('unusable', facts.name, 'onnxruntime does not load on this machine', cause);
    });
    const session = await loaded.InferenceSession.create(facts.path, { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: 'sequential', logSeverityLevel: 3 }).catch((cause: unknown) => {
      throw modelError('unusable', facts.name, 'it is no network that can be loaded', cause);
    });
    const difference = differenceOf('input', facts.inputs, session.inputMetadata) ?? differenceOf('output', facts.outputs, session.outputMetadata);
    if (difference === null) return new Network(session, loaded, facts);
    await session.release();
    throw modelError('unusable', facts.name, difference);
  }

  /**
   * @returns every output's floats, copied out of the runtime.
   * @throws AppError 'model-unusable' when it does not run, or answers with a wrong shape or with what is no number.
   */
  async run(inputs: Readonly<Record<string, NetworkTensor>>): Promise<Record<string, Float32Array>> {
    const { Tensor: TensorOf } = this.#runtime;
    const feeds: Record<string, Tensor> = {};
    for (const [name, { data, shape }] of Object.entries(inputs)) {
      feeds[name] = data instanceof BigInt64Array ? new TensorOf('int64', data, shape) : new TensorOf('float32', data, shape);
    }
    const answer = await this.#session.run(feeds).catch((cause: unknown) => {
      throw modelError('unusable', this.#facts.name, 'it does not run', cause);
    });
    return Object.fromEntries(this.#facts.outputs.map((output) => [output.name, this.#checked(output, answer[output.name])]));
  }

  async release(): Promise<void> {
    await this.#session.release();
  }

  #checked({ name, shape }: TensorFacts, tensor: Tensor | undefined): Float32Array {
    const isShaped = tensor !== undefined && tensor.dims.length === shape.length && shape.every((length, axis) => length === null || length === tensor.dims[axis]);
    if (!isShaped) throw modelError('unusable', this.#facts.name, `its output “${name}” came as ${textOf(tensor?.dims ?? [])} instead of ${textOf(shape)}`);
    const data = tensor.data as Float32Array;
    for (const value of data) if (!Number.isFinite(value)) throw modelError('unusable', this.#facts.name, `its output “${name}” holds what is no number`);
    return data;
  }
}
