/** Beats: F-measure song by song and per kind of music beside two peers, tempo, and throughput with decoding. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { SongAnalyzer } from '../../src-main/adapters/native/song.ts';
import { beatFMeasure } from '../../src-main/core/song/metrics/beat-scores.ts';
import { isTempoNear } from '../../src-main/core/song/metrics/tempo-scores.ts';
import { writeWav } from '../../tests/fixtures/write-wav.ts';
import { type BeatItem, beatItems, decoded } from './beats/items.ts';
import { type Peer, beatPeers } from './beats/peers.ts';
import { type BenchContext, type BenchRow, median } from './row.ts';
import { type CommandTime, timeCommand } from './time-command.ts';

const ANALYZE = fileURLToPath(new URL('beats/analyze-song.ts', import.meta.url));
const RUNS = 3;
const TEMPO_TOLERANCE = 0.04;
const LONG_S = 600;
const SONG_S = 240;

interface Scored {
  readonly item: BeatItem;
  readonly ours: readonly number[];
  readonly peers: readonly (readonly number[])[];
}

async function heardBeats(path: string): Promise<number[]> {
  const samples = execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-i', path, '-ac', '1', '-ar', String(SongAnalyzer.sampleRate), '-f', 'f32le', '-'], { maxBuffer: 1 << 30 });
  const analyzer = new SongAnalyzer();
  analyzer.push(new Float32Array(samples.buffer, samples.byteOffset, Math.floor(samples.length / 4)));
  return (await analyzer.finish()).beats;
}

const tempoOf = (beats: readonly number[]): number => 60 / median(beats.slice(1).map((time, k) => time - (beats[k] as number)));
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const score = (item: BeatItem, beats: readonly number[]): number => beatFMeasure(item.beats, beats);
const shown = (value: number): string => value.toFixed(3);

function itemRow(peers: readonly Peer[], { item, ours, peers: others }: Scored): BenchRow {
  const tell = (beats: readonly number[]): string => `${item.beats.length > 0 ? `F ${shown(score(item, beats))}, ` : ''}${tempoOf(beats).toFixed(1)}`;
  return { what: `beats, ${item.name} (${item.tempo.toFixed(1)})`, ours: tell(ours), peer: peers.map(({ name }, p) => `${name} ${tell(others[p] ?? [])}`).join('; ') || '-', ratio: null, bar: '-' };
}

function groupRow(peers: readonly Peer[], name: string, scored: readonly Scored[], bar: string): BenchRow {
  const ours = mean(scored.map(({ item, ours: beats }) => score(item, beats)));
  const others = peers.map((_, p) => mean(scored.map(({ item, peers: beats }) => score(item, beats[p] ?? []))));
  return { what: `beats, F of ${name} (${String(scored.length)})`, ours: shown(ours), peer: peers.map((peer, p) => `${peer.name} ${shown(others[p] ?? 0)}`).join('; ') || '-', ratio: others.length > 0 ? ours / Math.max(...others) : null, bar };
}

function tempoRow(peers: readonly Peer[], scored: readonly Scored[]): BenchRow {
  const share = (beatsOf: (one: Scored) => readonly number[]): number => mean(scored.map((one) => (isTempoNear(one.item.tempo, tempoOf(beatsOf(one)), TEMPO_TOLERANCE) ? 1 : 0)));
  const others = peers.map((_, p) => share(({ peers: beats }) => beats[p] ?? []));
  return { what: `beats, tempo within 4 % (${String(scored.length)})`, ours: shown(share(({ ours }) => ours)), peer: peers.map(({ name }, p) => `${name} ${shown(others[p] ?? 0)}`).join('; ') || '-', ratio: null, bar: '-' };
}

/** One piece of music repeated to `seconds`, as a WAV file. */
function longFile(folder: string, from: string, seconds: number): string {
  const once = decoded(from);
  const samples = new Float32Array(seconds * 44_100);
  for (let at = 0; at < samples.length; at += once.length) samples.set(once.subarray(0, Math.min(once.length, samples.length - at)), at);
  const path = join(folder, `long-${String(seconds)}.wav`);
  writeWav(path, samples, 44_100);
  return path;
}

function speedRows({ folder, has }: BenchContext, source: string): BenchRow[] {
  const [long, song] = [longFile(folder, source, LONG_S), longFile(folder, source, SONG_S)];
  const mp3 = join(folder, 'song.mp3');
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', '-i', song, '-b:a', '192k', mp3]);
  const analyze = (path: string, seconds: number): CommandTime => timeCommand(process.execPath, [ANALYZE, path, String(seconds)]);
  const hasPeer = has('aubiotrack');
  const [ours, empty, peers, whole]: [CommandTime[], CommandTime[], CommandTime[], CommandTime[]] = [[], [], [], []];
  const none = longFile(folder, source, 1);
  for (let run = 0; run < RUNS; run += 1) {
    ours.push(analyze(long, LONG_S));
    // What Node takes to start is not the tracker's: in the product the host runs already.
    empty.push(analyze(none, 1));
    whole.push(analyze(mp3, SONG_S));
    if (hasPeer) peers.push(timeCommand('aubiotrack', ['-i', long]));
  }
  const cpu = (times: readonly CommandTime[]): number => median(times.map(({ cpuS }) => cpuS));
  const mine = cpu(ours) - cpu(empty);
  const speed = (seconds: number): string => `${(LONG_S / seconds).toFixed(0)} × real time per core`;
  return [
    { what: 'beats, throughput with decoding, 10 min of WAV', ours: speed(mine), peer: hasPeer ? `aubio ${speed(cpu(peers))}` : '-', ratio: hasPeer ? mine / cpu(peers) : null, bar: '≤ 0.50' },
    { what: 'a song of 4 min (MP3) analysed whole, Node’s start included', ours: `${median(whole.map(({ wallS }) => wallS)).toFixed(2)} s`, peer: '-', ratio: null, bar: '≤ 3 s' },
  ];
}

export async function beatRows(context: BenchContext): Promise<BenchRow[]> {
  const items = beatItems(context.folder);
  const peers = beatPeers(context);
  const paths = items.map(({ path }) => path);
  const found = peers.map((peer) => {
    context.say(`beats, ${peer.name}`);
    return peer.track(paths);
  });
  const scored: Scored[] = [];
  for (const [i, item] of items.entries()) scored.push({ item, ours: await heardBeats(item.path), peers: found.map((beats) => beats[i] ?? []) });
  const withBeats = scored.filter(({ item }) => item.beats.length > 0);
  const groups = [...new Set(withBeats.map(({ item }) => item.group))];
  return [
    ...scored.map((one) => itemRow(peers, one)),
    ...groups.map((group) => groupRow(peers, group, withBeats.filter(({ item }) => item.group === group), 'peer − 0.02; prize 0.90')),
    groupRow(peers, 'all', withBeats, '≥ 0.92 (prize 0.96)'),
    tempoRow(peers, scored),
    ...speedRows(context, items.find(({ name }) => name === 'Goin’ Under')?.path ?? (items[10] as BeatItem).path),
  ];
}
