/**
 * The curves a pose embedding is made of: angles, heights, spreads and speeds of one dancer, and how two stand to one another.
 * None changes when the picture is mirrored (left and right are told apart only where the pair's order does not matter), scaled
 * or shifted. Lengths are torso lengths, speeds torso lengths a second, angles half turns. Pure.
 */
import { JOINT_COUNT } from '../../../contract/documents/pose.ts';
import type { Dancer } from './dancer.ts';
import { about, type Range, upTo } from './histogram.ts';

type Channel = readonly [name: string, range: Range, value: (frame: number) => number];
export interface ChannelCurve {
  readonly name: string;
  readonly range: Range;
  readonly values: Float32Array;
}

const PAIRS = [
  ['elbow', 7, about(-0.4, 1.5), upTo(1.2)],
  ['wrist', 9, about(-0.4, 1.8), upTo(1.2)],
  ['knee', 13, about(-1.1, -0.4), upTo(0.9)],
  ['ankle', 15, about(-2, -0.8), upTo(1.2)],
] as const;
const SPEEDS = [
  ['wrist', [9, 10], 5],
  ['elbow', [7, 8], 4],
  ['knee', [13, 14], 3],
  ['ankle', [15, 16], 4],
  ['shoulder', [5, 6], 3],
  ['head', [0], 3],
] as const satisfies readonly (readonly [string, readonly number[], number])[];

function curvesOf(frames: number, channels: readonly Channel[]): ChannelCurve[] {
  return channels.map(([name, span, value]) => ({ name, range: span, values: Float32Array.from({ length: frames }, (_, frame) => value(frame)) }));
}

/** Slope of a curve per second, central differences. */
function slope(value: (frame: number) => number, frames: number, rate: number): (frame: number) => number {
  return (frame) => {
    const [from, to] = [Math.max(0, frame - 1), Math.min(frames - 1, frame + 1)];
    return to > from ? ((value(to) - value(from)) * rate) / (to - from) : 0;
  };
}

/** The curves of one dancer. */
export function dancerCurves({ frames, joints, hips }: Dancer, rate: number): ChannelCurve[] {
  const x = (joint: number) => (frame: number) => joints[(frame * JOINT_COUNT + joint) * 2] ?? 0;
  const y = (joint: number) => (frame: number) => joints[(frame * JOINT_COUNT + joint) * 2 + 1] ?? 0;
  const speed = (joint: number) => {
    const [dx, dy] = [slope(x(joint), frames, rate), slope(y(joint), frames, rate)];
    return (frame: number): number => Math.hypot(dx(frame), dy(frame));
  };
  const bend = (a: number, b: number, c: number) => (frame: number) => {
    const [ux, uy, vx, vy] = [x(a)(frame) - x(b)(frame), y(a)(frame) - y(b)(frame), x(c)(frame) - x(b)(frame), y(c)(frame) - y(b)(frame)];
    return Math.abs(Math.atan2(ux * vy - uy * vx, ux * vx + uy * vy)) / Math.PI;
  };
  const facing = (frame: number): number => x(5)(frame) - x(6)(frame);
  const middle = (of: typeof x) => (frame: number) => (of(5)(frame) + of(6)(frame)) / 2;
  const least = (a: (frame: number) => number, b: (frame: number) => number) => (frame: number) => Math.min(a(frame), b(frame));
  const most = (a: (frame: number) => number, b: (frame: number) => number) => (frame: number) => Math.max(a(frame), b(frame));
  const hip = (axis: number) => slope((frame) => hips[frame * 2 + axis] ?? 0, frames, rate);
  const turn = slope(facing, frames, rate);
  return curvesOf(frames, [
    ['facing', about(-0.9, 0.9), facing],
    ['hip facing', about(-0.6, 0.6), (frame) => x(11)(frame) - x(12)(frame)],
    ['head beside shoulders', upTo(0.6), (frame) => Math.abs(x(0)(frame) - middle(x)(frame))],
    ['head above shoulders', about(-0.2, 0.5), (frame) => y(0)(frame) - middle(y)(frame)],
    ['lean', upTo(0.5), (frame) => Math.abs(middle(x)(frame))],
    ['torso upright', about(0.3, 1.3), middle(y)],
    ['shoulder tilt', upTo(0.3), (frame) => Math.abs(y(5)(frame) - y(6)(frame))],
    ['hip tilt', upTo(0.12), (frame) => Math.abs(y(11)(frame) - y(12)(frame))],
    ...PAIRS.flatMap(([name, left, heights, widths]): Channel[] => [
      [`higher ${name}`, heights, most(y(left), y(left + 1))],
      [`lower ${name}`, heights, least(y(left), y(left + 1))],
      [`${name} spread`, widths, (frame) => Math.abs(x(left)(frame) - x(left + 1)(frame))],
      [`${name}s beside hips`, upTo(0.8), (frame) => Math.abs(x(left)(frame) + x(left + 1)(frame)) / 2],
    ]),
    ['straighter elbow', about(0.1, 1), most(bend(5, 7, 9), bend(6, 8, 10))],
    ['bent elbow', about(0.1, 1), least(bend(5, 7, 9), bend(6, 8, 10))],
    ['straighter knee', about(0.6, 1), most(bend(11, 13, 15), bend(12, 14, 16))],
    ['bent knee', about(0.4, 1), least(bend(11, 13, 15), bend(12, 14, 16))],
    ['hips sideways', upTo(1.6), (frame) => Math.abs(hip(0)(frame))],
    ['hips up and down', upTo(1.2), (frame) => Math.abs(hip(1)(frame))],
    ['turning', upTo(3), (frame) => Math.abs(turn(frame))],
    ...SPEEDS.flatMap(([name, pair, top]): Channel[] => {
      const speeds = pair.map(speed);
      const mean: Channel = [`mean ${name}`, upTo(top), (frame) => speeds.reduce((sum, of) => sum + of(frame), 0) / speeds.length];
      return speeds.length === 1 ? [mean] : [[`faster ${name}`, upTo(top), (frame) => Math.max(...speeds.map((of) => of(frame)))], mean];
    }),
  ]);
}

/** How two dancers stand to one another; the same whichever is named first. */
export function coupleCurves(a: Dancer, b: Dancer, rate: number): ChannelCurve[] {
  const frames = Math.min(a.frames, b.frames);
  const unit = (a.torso + b.torso) / 2;
  const place = ({ joints, hips, torso }: Dancer, joint: number, axis: number) => (frame: number) =>
    (((joints[(frame * JOINT_COUNT + joint) * 2 + axis] ?? 0) + (hips[frame * 2 + axis] ?? 0)) * torso) / unit;
  const middle = (of: Dancer, [left, right]: readonly [number, number], axis: number) => (frame: number) =>
    (place(of, left, axis)(frame) + place(of, right, axis)(frame)) / 2;
  const apart = (joints: readonly [number, number], axis: number) => (frame: number) => Math.abs(middle(a, joints, axis)(frame) - middle(b, joints, axis)(frame));
  const facing = ({ joints }: Dancer) => (frame: number) => (joints[(frame * JOINT_COUNT + 5) * 2] ?? 0) - (joints[(frame * JOINT_COUNT + 6) * 2] ?? 0);
  const hands = (frame: number): number[] =>
    [9, 10].flatMap((mine) => [9, 10].map((theirs) => Math.hypot(place(a, mine, 0)(frame) - place(b, theirs, 0)(frame), place(a, mine, 1)(frame) - place(b, theirs, 1)(frame))));
  const approach = slope(apart([11, 12], 0), frames, rate);
  const highest = ({ joints }: Dancer) => (frame: number) => Math.max(joints[(frame * JOINT_COUNT + 9) * 2 + 1] ?? 0, joints[(frame * JOINT_COUNT + 10) * 2 + 1] ?? 0);
  return curvesOf(frames, [
    ['hips apart sideways', upTo(1.8), apart([11, 12], 0)],
    ['hips apart in height', upTo(0.7), apart([11, 12], 1)],
    ['shoulders apart sideways', upTo(1.8), apart([5, 6], 0)],
    ['shoulders apart in height', upTo(0.9), apart([5, 6], 1)],
    ['facing alike', about(-0.5, 0.5), (frame) => facing(a)(frame) * facing(b)(frame)],
    ['facing in sum', upTo(1.3), (frame) => Math.abs(facing(a)(frame) + facing(b)(frame))],
    ['facing apart', upTo(1.3), (frame) => Math.abs(facing(a)(frame) - facing(b)(frame))],
    ['coming and going', upTo(2.5), (frame) => Math.abs(approach(frame))],
    ['highest wrist', about(-0.2, 1.8), (frame) => Math.max(highest(a)(frame), highest(b)(frame))],
    ['nearest hands', upTo(1), (frame) => Math.min(...hands(frame))],
    ['farthest hands', upTo(2), (frame) => Math.max(...hands(frame))],
  ]);
}

/** Curves whose rhythm is told, of each dancer and of the two. */
export const RHYTHMIC = {
  dancer: ['facing', 'lean', 'head above shoulders', 'head beside shoulders', 'higher wrist', 'lower wrist', 'higher elbow', 'wrist spread', 'bent knee', 'ankle spread', 'hip tilt'],
  couple: ['hips apart sideways', 'facing alike', 'nearest hands'],
} as const;
