/** Synthesis: voice-seconds per CPU-second of the engine's voices beside SuperCollider's, the default patch, the longest blocks. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { buildNativeBenches } from './native.ts';
import { type BenchContext, type BenchRow, median } from './row.ts';
import { type PeerVoice, peerSeconds } from './supercollider.ts';

const ROUNDS = 3;
const VOICES: readonly [PeerVoice, string][] = [
  ['wobble', 'wobble (saw, resonant low-pass, LFO)'],
  ['percussion', 'percussion (noise, band-pass, envelope)'],
  ['pad', 'pad (three saws, low-pass)'],
];
/** Voices at once, and seconds of sound the peer renders of them. */
const COUNTS: readonly [number, number][] = [[8, 120], [64, 40]];
const BAR = '≤ 0.33 (prize 0.10)';

function measure(program: string, ...args: readonly string[]): Record<string, number> {
  const lines = execFileSync(program, args, { encoding: 'utf8' }).trim().split('\n');
  return Object.assign({}, ...lines.map((line) => JSON.parse(line) as object)) as Record<string, number>;
}

const speed = (value: number): string => `${value.toFixed(0)} voice-seconds per CPU-second`;

/** Both in turn, so that a busy machine is busy for both; medians. */
function voiceRow(program: string, folder: string, hasPeer: boolean, voice: PeerVoice, name: string, count: number, seconds: number): BenchRow {
  const ours: number[] = [];
  const peers: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(measure(program, voice, String(count))['speed'] ?? Number.NaN);
    // What the peer takes to start and to write silence is not its voices'.
    if (hasPeer) peers.push((count * seconds) / (peerSeconds(folder, voice, count, seconds) - peerSeconds(folder, voice, 0, seconds)));
  }
  const [mine, peer] = [median(ours), median(peers)];
  return {
    what: `synthesis, ${name}, ${String(count)} voices`,
    ours: speed(mine),
    peer: hasPeer ? `SuperCollider: ${speed(peer)}` : '-',
    ratio: hasPeer ? peer / mine : null,
    bar: BAR,
  };
}

export function synthesisRows(context: BenchContext): BenchRow[] {
  const built = buildNativeBenches(context);
  if (built === null) return [];
  const program = join(built, 'synthesis_speed');
  const hasPeer = context.has('scsynth');
  if (!hasPeer) context.say('SuperCollider is not installed (Debian: apt install supercollider-server): its column stays empty');
  const rows = COUNTS.flatMap(([count, seconds]) => VOICES.map(([voice, name]) => voiceRow(program, context.folder, hasPeer, voice, name, count, seconds)));
  const patch = measure(program, 'patch');
  const share = patch['patch_share'] ?? Number.NaN;
  const [middle, longest] = [patch['block_us'] ?? Number.NaN, patch['block_us_p999'] ?? Number.NaN];
  return [
    ...rows,
    { what: 'synthesis, default patch at 48 kHz', ours: `${(share * 100).toFixed(2)} % of a core`, peer: 'real time', ratio: share, bar: '≤ 1 %' },
    { what: 'synthesis, 64 frames of the busiest sound', ours: `${middle.toFixed(1)} µs, p99.9 ${longest.toFixed(1)} µs`, peer: '1333 µs', ratio: longest / 1333, bar: 'p99.9 ≤ 30 µs' },
  ];
}
