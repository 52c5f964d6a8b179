/** Beat trackers to compare with. Each takes a WAV file and gives beats in seconds; null where it is not there. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { BenchContext } from '../row.ts';

export interface Peer {
  readonly name: string;
  /** Of many files at once: starting takes longer than tracking. */
  readonly track: (paths: readonly string[]) => number[][];
}

function aubio(): Peer {
  const track = (path: string): number[] =>
    execFileSync('aubiotrack', ['-i', path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\n').map(Number.parseFloat).filter(Number.isFinite);
  return { name: 'aubio', track: (paths) => paths.map(track) };
}

/** Runs in a Node of its own, in the folder where the package was put. Mono 16-bit WAV files with a header of 44 bytes. */
const DEGARA = `
const { Essentia, EssentiaWASM } = require('essentia.js');
const { readFileSync } = require('node:fs');
const essentia = new Essentia(EssentiaWASM);
const answers = JSON.parse(readFileSync(process.argv[2], 'utf8')).map((path) => {
  const bytes = readFileSync(path);
  const samples = Float32Array.from({ length: (bytes.length - 44) / 2 }, (_, i) => bytes.readInt16LE(44 + 2 * i) / 32768);
  const vector = essentia.arrayToVector(samples);
  const { ticks } = essentia.BeatTrackerDegara(vector);
  const beats = Array.from(essentia.vectorToArray(ticks));
  vector.delete();
  ticks.delete();
  return beats;
});
process.stdout.write('\\n@@' + JSON.stringify(answers));
`;

/** essentia.js is under the AGPL: fetched for this run into the run's own folder, part of nothing. */
function degara({ folder, say }: BenchContext): Peer | null {
  const home = join(folder, 'essentia');
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'package.json'), '{"private":true}');
  const installed = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', 'essentia.js'], { cwd: home, encoding: 'utf8' });
  if (installed.status !== 0) {
    say(`essentia.js cannot be fetched: its column stays empty (${installed.stderr.trim().slice(0, 200)})`);
    return null;
  }
  const script = join(home, 'degara.cjs');
  writeFileSync(script, DEGARA);
  const track = (paths: readonly string[]): number[][] => {
    const list = join(home, 'paths.json');
    writeFileSync(list, JSON.stringify(paths));
    const output = execFileSync(process.execPath, [script, list], { cwd: home, encoding: 'utf8', maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'ignore'] });
    return JSON.parse(output.slice(output.lastIndexOf('@@') + 2)) as number[][];
  };
  return { name: 'Degara', track };
}

export function beatPeers(context: BenchContext): Peer[] {
  const peers: Peer[] = [];
  if (context.has('aubiotrack')) peers.push(aubio());
  else context.say('aubio is not installed (Debian: apt install aubio-tools): its column stays empty');
  const other = degara(context);
  return other === null ? peers : [...peers, other];
}
