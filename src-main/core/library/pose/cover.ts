/**
 * Covers a dancer in the input of a pose model, so that the model, which follows one, finds the other. Limbs are covered by
 * capsules whose thickness follows the torso's length; the paint is the mean colour of the input. Pure.
 */
import { JOINT_VALUES, SEEN_SCORE } from '../../../contract/documents/pose.ts';
import type { PixelPose, Region } from './region.ts';

/** Joint, joint, thickness in torso lengths. Upper body and head wide, arms and legs narrow: the other dancer may hold them. */
const CAPSULES: readonly (readonly [number, number, number])[] = [
  [0, 0, 0.32],
  [5, 6, 0.24],
  [5, 11, 0.22],
  [6, 12, 0.22],
  [5, 12, 0.22],
  [6, 11, 0.22],
  [11, 12, 0.24],
  [5, 7, 0.12],
  [6, 8, 0.12],
  [7, 9, 0.09],
  [8, 10, 0.09],
  [11, 13, 0.16],
  [12, 14, 0.16],
  [13, 15, 0.11],
  [14, 16, 0.11],
];

interface Capsule {
  readonly ax: number;
  readonly ay: number;
  readonly bx: number;
  readonly by: number;
  readonly radius: number;
}

function capsulesOf(pose: PixelPose, { left, top, side }: Region, size: number): Capsule[] {
  const scale = size / side;
  const x = (joint: number): number => ((pose[joint * JOINT_VALUES] ?? 0) - left) * scale;
  const y = (joint: number): number => ((pose[joint * JOINT_VALUES + 1] ?? 0) - top) * scale;
  const torso = Math.hypot((x(5) + x(6) - x(11) - x(12)) / 2, (y(5) + y(6) - y(11) - y(12)) / 2);
  const isSeen = (joint: number): boolean => (pose[joint * JOINT_VALUES + 2] ?? 0) >= SEEN_SCORE;
  return CAPSULES.filter(([a, b]) => isSeen(a) && isSeen(b)).map(([a, b, thickness]) => ({ ax: x(a), ay: y(a), bx: x(b), by: y(b), radius: thickness * torso }));
}

function paintCapsule(out: Float32Array, size: number, { ax, ay, bx, by, radius }: Capsule, paint: readonly [number, number, number]): void {
  const [dx, dy] = [bx - ax, by - ay];
  const squared = dx * dx + dy * dy;
  const clamp = (value: number): number => Math.min(size - 1, Math.max(0, Math.round(value)));
  for (let y = clamp(Math.min(ay, by) - radius); y <= clamp(Math.max(ay, by) + radius); y += 1) {
    for (let x = clamp(Math.min(ax, bx) - radius); x <= clamp(Math.max(ax, bx) + radius); x += 1) {
      const along = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / squared));
      if ((x - ax - along * dx) ** 2 + (y - ay - along * dy) ** 2 <= radius * radius) out.set(paint, (y * size + x) * 3);
    }
  }
}

function meanColor(input: Float32Array): [number, number, number] {
  const sum: [number, number, number] = [0, 0, 0];
  for (let at = 0; at < input.length; at += 3) for (let channel = 0; channel < 3; channel += 1) sum[channel]! += input[at + channel]!;
  return sum.map((value) => (value * 3) / input.length) as [number, number, number];
}

/** @param input  size*size*3 floats, RGB; the dancer's pixels are overwritten */
export function coverDancer(input: Float32Array, size: number, region: Region, dancer: PixelPose): void {
  const paint = meanColor(input);
  for (const capsule of capsulesOf(dancer, region, size)) paintCapsule(input, size, capsule, paint);
}
