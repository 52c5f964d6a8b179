/**
 * Follows two dancers with a model that sees one. The first is followed by a region around its last pose; the second is
 * looked for in a picture in which the first is covered, and followed in the same way. Where the two cross, each keeps the
 * name that moves it less. Pure, but for the model it is given.
 */
import { JOINT_COUNT, JOINT_VALUES, POSE_VALUES, SEEN_SCORE } from '../../../contract/documents/pose.ts';
import { coverDancer } from './cover.ts';
import { type Picture, type PixelPose, type Region, regionAround, sampleRegion, wholePicture } from './region.ts';

/** A model that finds a person in a whole picture, for pose models that have to be shown where. */
export interface PersonDetector {
  /** Side of its square input in pixels. */
  readonly size: number;
  /**
   * @param input  size*size*3 floats, RGB 0..255; may be changed
   * @returns the square around the person seen best, x, y of its centre and its side in 0..1 of the input; null for nobody
   */
  detect(input: Float32Array): Promise<{ readonly x: number; readonly y: number; readonly side: number } | null>;
}

export interface PoseModel {
  /** Side of its square input in pixels. */
  readonly size: number;
  readonly detector?: PersonDetector;
  /**
   * @param input  size*size*3 floats, RGB 0..255; may be changed
   * @returns 17 × (x, y, score), x and y in 0..1 of the input
   */
  see(input: Float32Array): Promise<Float32Array>;
}

/** Dancers followed. */
export const DANCERS = 2;
/** Mean score of a pose that is a person. */
const PERSON_SCORE = 0.22;
/** Two poses nearer than this, in torso lengths and on average, are one person. */
const SAME_PERSON = 0.35;

function meanScore(pose: PixelPose): number {
  let sum = 0;
  for (let joint = 0; joint < JOINT_COUNT; joint += 1) sum += pose[joint * JOINT_VALUES + 2] ?? 0;
  return sum / JOINT_COUNT;
}

/** Mean distance of the joints seen in both, pixels; null when there is none. */
function distance(a: PixelPose, b: PixelPose): number | null {
  let [sum, count] = [0, 0];
  for (let at = 0; at < POSE_VALUES; at += JOINT_VALUES) {
    if ((a[at + 2] ?? 0) < SEEN_SCORE || (b[at + 2] ?? 0) < SEEN_SCORE) continue;
    sum += Math.hypot((a[at] ?? 0) - (b[at] ?? 0), (a[at + 1] ?? 0) - (b[at + 1] ?? 0));
    count += 1;
  }
  return count === 0 ? null : sum / count;
}

function torso(pose: PixelPose): number {
  const middle = (a: number, b: number, axis: number): number => ((pose[a * JOINT_VALUES + axis] ?? 0) + (pose[b * JOINT_VALUES + axis] ?? 0)) / 2;
  return Math.hypot(middle(5, 6, 0) - middle(11, 12, 0), middle(5, 6, 1) - middle(11, 12, 1));
}

/** Whether exchanging the names moves the two less than keeping them. */
function isCrossed(before: readonly (PixelPose | null)[], now: readonly (PixelPose | null)[]): boolean {
  const way = (from: PixelPose | null | undefined, to: PixelPose | null | undefined): number | null => (from && to ? distance(from, to) : null);
  const sum = (pairs: readonly (number | null)[]): number | null => {
    const known = pairs.filter((value) => value !== null);
    return known.length === 0 ? null : known.reduce((total, value) => total + value, 0) / known.length;
  };
  const keep = sum([way(before[0], now[0]), way(before[1], now[1])]);
  const exchange = sum([way(before[0], now[1]), way(before[1], now[0])]);
  return keep !== null && exchange !== null && exchange < keep;
}

export class CoupleTracker {
  readonly #model: PoseModel;
  readonly #input: Float32Array;
  #last: (PixelPose | null)[] = [null, null];

  constructor(model: PoseModel) {
    this.#model = model;
    this.#input = new Float32Array(model.size * model.size * 3);
  }

  /** The dancers of the next frame: 2 × 17 × (x, y, score), x and y in 0..1 of the picture; an unseen dancer is all zero. */
  async follow(picture: Picture): Promise<Float32Array> {
    const first = await this.#find(picture, this.#last[0] ?? null, null);
    const found = first === null ? null : await this.#find(picture, this.#last[1] ?? null, first);
    const second = first !== null && found !== null && (distance(first, found) ?? 0) < SAME_PERSON * torso(first) ? null : found;
    const now = [first, second];
    if (isCrossed(this.#last, now)) now.reverse();
    this.#last = now;
    const out = new Float32Array(DANCERS * POSE_VALUES);
    now.forEach((pose, dancer) => {
      for (let at = 0; pose !== null && at < POSE_VALUES; at += JOINT_VALUES) {
        out.set([(pose[at] ?? 0) / picture.width, (pose[at + 1] ?? 0) / picture.height, pose[at + 2] ?? 0], dancer * POSE_VALUES + at);
      }
    });
    return out;
  }

  /** The dancer who was at `last`, or any that is seen in the whole picture. */
  async #find(picture: Picture, last: PixelPose | null, covered: PixelPose | null): Promise<PixelPose | null> {
    const near = last === null ? null : regionAround(last, picture);
    const pose = near === null ? null : await this.#look(picture, near, covered);
    if (pose !== null && meanScore(pose) >= PERSON_SCORE) return pose;
    const region = await this.#detect(picture, covered);
    const any = region === null ? null : await this.#look(picture, region, covered);
    return any !== null && meanScore(any) >= PERSON_SCORE ? any : null;
  }

  /** Where to look for anybody: the whole picture, or where the detector sees someone. */
  async #detect(picture: Picture, covered: PixelPose | null): Promise<Region | null> {
    const whole = wholePicture(picture);
    const { detector } = this.#model;
    if (!detector) return whole;
    const input = new Float32Array(detector.size * detector.size * 3);
    sampleRegion(picture, whole, detector.size, input);
    if (covered !== null) coverDancer(input, detector.size, whole, covered);
    const found = await detector.detect(input);
    if (found === null) return null;
    const side = found.side * whole.side;
    return { left: whole.left + found.x * whole.side - side / 2, top: whole.top + found.y * whole.side - side / 2, side };
  }

  async #look(picture: Picture, region: Region, covered: PixelPose | null): Promise<PixelPose> {
    const { size } = this.#model;
    sampleRegion(picture, region, size, this.#input);
    if (covered !== null) coverDancer(this.#input, size, region, covered);
    const pose = await this.#model.see(this.#input);
    const pixels = new Float32Array(POSE_VALUES);
    for (let at = 0; at < POSE_VALUES; at += JOINT_VALUES) {
      pixels[at] = region.left + (pose[at] ?? 0) * region.side;
      pixels[at + 1] = region.top + (pose[at + 1] ?? 0) * region.side;
      pixels[at + 2] = pose[at + 2] ?? 0;
    }
    return pixels;
  }
}
