/**
 * The film's picture: stretches of copies, and joints that are made in the order of the film. It is written into the film and
 * looked at as it comes to be, each part as soon as it is there, so that little is left to wait for when the last joint is made.
 */
import type { Rational } from '../../../contract/units.ts';
import type { AssemblyFiles, AssemblyTools, ByteRange, RunOptions } from '../ports.ts';
import type { JointPart, Part } from '../timeline/parts.ts';
import type { ClipCopy } from './copies.ts';
import { type KeyPicture, isLongFrozen, lookedAt, spansOf } from './film-look.ts';
import type { Ready } from './film-record.ts';
import { Joints, type MadeJoint } from './joints.ts';
import { type PartBytes, partBytes } from './part-bytes.ts';
import { inParallel } from './pool.ts';
import type { Seen } from './verify.ts';

export interface PictureOptions extends Pick<RunOptions, 'onCommand'> {
  /** 0..1 of the joints. */
  readonly onJoints: (done: number) => void;
  /** Begins work that goes on beside the other until it is done or the film is given up; its fault is thrown to whoever waits for it. */
  readonly beside: <Fact>(work: (signal: AbortSignal) => Promise<Fact>) => Promise<Fact>;
}

interface PicturePorts {
  readonly files: AssemblyFiles;
  readonly tools: AssemblyTools;
  /** Processors to use. */
  readonly cores: number;
}

type Waiting = ReadonlyMap<JointPart, PromiseWithResolvers<MadeJoint>>;

/** Begins with its construction. */
export class FilmPicture {
  /** Bytes of each frame, when every joint is made. @throws AppError 'ffmpeg-failed', 'render-incomplete', 'disk-full' */
  readonly sizes: Promise<readonly number[]>;
  /** What looking at it showed. */
  readonly seen: Promise<Seen>;
  readonly #ports: PicturePorts;
  readonly #ready: Ready;
  readonly #joints: Waiting;
  #isMade = false;

  constructor(ports: PicturePorts, ready: Ready, options: PictureOptions) {
    this.#ports = ports;
    this.#ready = ready;
    this.#joints = new Map(ready.parts.filter((part) => part.kind === 'joint').map((part) => [part, Promise.withResolvers<MadeJoint>()]));
    this.sizes = options.beside((signal) => this.#make(signal, options));
    this.seen = options.beside((signal) => this.#look(ready.timeline.rate, signal));
  }

  /** Whether every joint is there. */
  get isMade(): boolean {
    return this.#isMade;
  }

  /** The stream from its beginning; it may be asked for more than once. @throws what making a joint threw */
  stream(): AsyncIterable<Uint8Array> {
    const parts = this.#parts();
    const ranges = async function* (): AsyncGenerator<ByteRange> {
      for await (const { range } of parts) yield range;
    };
    return this.#ports.files.read(ranges());
  }

  /** In the order of the film, each as soon as it is there. */
  async *#parts(): AsyncGenerator<PartBytes> {
    for (const part of this.#ready.parts) yield partBytes(part, await this.#sourceOf(part));
  }

  #sourceOf(part: Part): Promise<MadeJoint> | ClipCopy {
    return part.kind === 'copy' ? (this.#ready.copies[part.stretch.clip] as ClipCopy) : (this.#joints.get(part) as PromiseWithResolvers<MadeJoint>).promise;
  }

  /** Makes the joints and says of each that it is there, or that it will not come. */
  async #make(stop: AbortSignal, { onJoints, onCommand }: PictureOptions): Promise<readonly number[]> {
    const { rough, copies } = this.#ready;
    const maker = new Joints(this.#ports);
    let done = 0;
    onJoints(0);
    try {
      await inParallel([...this.#joints], Math.min(4, this.#ports.cores), stop, async ([joint, { resolve }], _, signal) => {
        resolve(await maker.make(joint, copies, rough.profile, { signal, ...(onCommand === undefined ? {} : { onCommand }) }));
        done += 1;
        onJoints(done / this.#joints.size);
      });
    } catch (error) {
      for (const { promise, reject } of this.#joints.values()) {
        promise.catch(() => undefined);
        reject(error);
      }
      throw error;
    }
    const sizes: number[] = [];
    for await (const part of this.#parts()) for (const size of part.sizes) sizes.push(size);
    this.#isMade = true;
    onJoints(1);
    return sizes;
  }

  async #look(rate: Rational, signal: AbortSignal): Promise<Seen> {
    const pictures: KeyPicture[] = [];
    const keys = keysOf(this.#parts());
    const taken = async function* (): AsyncGenerator<ByteRange> {
      for await (const picture of lookedAt(keys, rate)) {
        pictures.push(picture);
        yield picture.bytes;
      }
      yield* pictures.slice(-1).map(({ bytes }) => bytes);
    };
    const { black, frozen } = await this.#ports.tools.look(this.#ports.files.read(taken()), signal);
    return { black: spansOf(black, pictures, rate), frozen: spansOf(frozen, pictures, rate).filter(isLongFrozen) };
  }
}

async function* keysOf(parts: AsyncIterable<PartBytes>): AsyncGenerator<KeyPicture> {
  for await (const { keys } of parts) yield* keys;
}
