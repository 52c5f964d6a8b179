/**
 * The film's picture as one stream: joints are made, and copies and joints written one after the other. It is looked at as it
 * comes to be, in its order, each part as soon as it is there: what stays for the end of the work stays to be waited for.
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

export interface MadePicture {
  /** Bytes of each frame. */
  readonly sizes: readonly number[];
  /** What looking at it showed; it may go on after the stream is written. */
  readonly seen: Promise<Seen>;
}

export interface PictureOptions extends RunOptions {
  /** Runs beside the other work until it is done or the film is given up. */
  readonly sensed: <Fact>(sense: (signal: AbortSignal) => Promise<Fact>) => Promise<Fact>;
}

interface PicturePorts {
  readonly files: AssemblyFiles;
  readonly tools: AssemblyTools;
  /** Processors to use. */
  readonly cores: number;
}

export class FilmPicture {
  readonly #ports: PicturePorts;

  constructor(ports: PicturePorts) {
    this.#ports = ports;
  }

  /**
   * @param path  where the stream is written
   * @param options  `onProgress` tells 0..1 of the joints
   * @throws AppError 'ffmpeg-failed', 'render-incomplete', 'disk-full'
   */
  async make(ready: Ready, path: string, options: PictureOptions): Promise<MadePicture> {
    const { parts, copies, timeline } = ready;
    const joints = new Map(parts.filter((part) => part.kind === 'joint').map((part) => [part, Promise.withResolvers<MadeJoint>()]));
    const bytesOf = async (part: Part): Promise<PartBytes> => partBytes(part, part.kind === 'copy' ? (copies[part.stretch.clip] as ClipCopy) : await (joints.get(part) as PromiseWithResolvers<MadeJoint>).promise);
    const seen = options.sensed((stop) => this.#look(keysOf(parts, bytesOf), timeline.rate, stop));
    await this.#joints(ready, joints, options);
    const made = await Promise.all(parts.map(bytesOf));
    await this.#ports.files.joinBytes(made.map(({ range }) => range), path, options.signal);
    return { sizes: made.flatMap(({ sizes }) => sizes), seen };
  }

  /** Makes them in the order of the film, and says of each that it is there, or that it will not come. */
  async #joints({ rough, copies }: Ready, joints: ReadonlyMap<JointPart, PromiseWithResolvers<MadeJoint>>, options: PictureOptions): Promise<void> {
    const maker = new Joints(this.#ports);
    let done = 0;
    options.onProgress?.({ done: 0 });
    try {
      await inParallel([...joints], Math.min(4, this.#ports.cores), options.signal, async ([joint, { resolve }], _, signal) => {
        resolve(await maker.make(joint, copies, rough.profile, { ...options, signal }));
        done += 1;
        options.onProgress?.({ done: done / joints.size });
      });
    } catch (error) {
      for (const { promise, reject } of joints.values()) {
        promise.catch(() => undefined);
        reject(error);
      }
      throw error;
    }
    options.onProgress?.({ done: 1 });
  }

  async #look(keys: AsyncIterable<KeyPicture>, rate: Rational, signal: AbortSignal): Promise<Seen> {
    const pictures: KeyPicture[] = [];
    const taken = async function* (): AsyncGenerator<ByteRange> {
      for await (const picture of lookedAt(keys, rate)) {
        pictures.push(picture);
        yield picture.bytes;
      }
    };
    const { black, frozen } = await this.#ports.tools.look(taken(), signal);
    return { black: spansOf(black, pictures, rate), frozen: spansOf(frozen, pictures, rate).filter(isLongFrozen) };
  }
}

async function* keysOf(parts: readonly Part[], bytesOf: (part: Part) => Promise<PartBytes>): AsyncGenerator<KeyPicture> {
  for (const part of parts) yield* (await bytesOf(part)).keys;
}
