/**
 * Assembly of 29 clips of 8 s in 720p under a song, against the plain ways in the same run: stream copy of a concat list, one
 * graph of crossfades, a full encode. Cold: no copy of any clip is there. Warm: copies are, nothing else.
 * KINETONE_BENCH_CLIPS and KINETONE_BENCH_SECONDS make it smaller.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { BenchContext, BenchRow } from './row.ts';
import { type CommandCost, commandCost } from './peak-memory.ts';
import { timeCommand } from './time-command.ts';

const CLIPS = Number(process.env['KINETONE_BENCH_CLIPS'] ?? 29);
const SECONDS = Number(process.env['KINETONE_BENCH_SECONDS'] ?? 8);
const RATE = 30;
const FADE_S = 0.5;
/** Footage around what is shown, for transitions and speeds. */
const SPARE_S = 2;
const X264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20', '-pix_fmt', 'yuv420p'];
const QUIET = ['-v', 'error', '-nostdin', '-y'];

const ffmpeg = (...args: string[]): void => void execFileSync('ffmpeg', [...QUIET, ...args]);

interface Material {
  /** With spare footage, in one format. */
  readonly clips: readonly string[];
  /** Cut to what is shown, for the plain ways. */
  readonly cut: readonly string[];
  readonly song: string;
}

/** Real dance where it is at hand, else noise over a moving test picture; each file its own bytes. */
function material({ repository, folder }: BenchContext): Material {
  const dance = join(repository, '..', 'shared', 'media', 'dance', 'original_720p');
  const names = ['basic/sensual_basic', 'bolero/machete_completo', 'headrolls/double_headroll', 'outro/outro3', 'spin/spin2'];
  const masters = names.map((name, i) => {
    const [path, cut] = [join(folder, `master${i}.mp4`), join(folder, `cut${i}.mp4`)];
    const real = join(dance, `${name}.mp4`);
    const length = SECONDS + SPARE_S;
    const source = existsSync(real) ? ['-stream_loop', '3', '-i', real] : ['-f', 'lavfi', '-i', `testsrc2=s=1280x720:r=${RATE}:d=${length},noise=alls=6:allf=t,hue=h=${i * 60}`];
    const picture = ['-map', '0:v:0', '-an', '-vf', `fps=${RATE},scale=1280:720,setsar=1`];
    ffmpeg(...source, '-t', String(length), ...picture, ...X264, path);
    ffmpeg('-ss', String(SPARE_S / 2), '-i', path, '-t', String(SECONDS), ...picture, ...X264, cut);
    return { path, cut };
  });
  const files = (kind: 'path' | 'cut'): string[] =>
    Array.from({ length: CLIPS }, (_, i) => {
      const path = join(folder, `${kind}-clip${i}.mp4`);
      ffmpeg('-i', masters[i % masters.length]?.[kind] ?? '', '-c', 'copy', '-metadata', `comment=${i}`, path);
      return path;
    });
  const song = join(folder, 'song.wav');
  ffmpeg('-f', 'lavfi', '-i', `sine=frequency=220:sample_rate=44100:duration=${CLIPS * SECONDS}`, '-af', 'tremolo=f=2:d=0.8,volume=0.5', '-ac', '2', song);
  return { clips: files('path'), cut: files('cut'), song };
}

interface Move {
  readonly transition_type: string;
  readonly speed: number;
  readonly trim_start: number;
}

function blueprint(folder: string, name: string, move: (index: number) => Move): string {
  const moves = Array.from({ length: CLIPS }, (_, i) => ({ clip_id: `m${i}`, video_path: `path-clip${i}.mp4`, start_time: i * SECONDS, duration: SECONDS, volume_adjustment: 0, ...move(i) }));
  const path = join(folder, `${name}.json`);
  writeFileSync(path, JSON.stringify({ task_id: name, audio_path: 'song.wav', moves, total_duration: CLIPS * SECONDS, output_config: { frame_rate: RATE, transition_duration: FADE_S } }));
  return path;
}

/** What a planner makes: cuts on beats, speeds within a tenth, in-points anywhere. */
const planned = (i: number): Move => ({ transition_type: ['cut', 'crossfade', 'cut', 'fade_black'][i % 4] ?? 'cut', speed: 1 + ((i * 3) % 11) / 100 - 0.05, trim_start: 0.5 + ((i * 7) % 13) / 30 });

function framesOf(path: string): number {
  return Number(execFileSync('ffprobe', ['-v', 'error', '-count_frames', '-select_streams', 'v:0', '-show_entries', 'stream=nb_read_frames', '-of', 'csv=p=0', path], { encoding: 'utf8' }).trim().replace(',', ''));
}

/** Timed alone, then weighed: taking samples of memory slows many short processes more than one long one. */
async function costOf(program: string, args: readonly string[], before: () => void = () => undefined): Promise<CommandCost> {
  before();
  const { wallS } = timeCommand(program, args);
  before();
  return { ...(await commandCost(program, args)), wallS };
}

async function peers(context: BenchContext, { cut, clips, song }: Material): Promise<Record<'copy' | 'xfade' | 'encode', CommandCost>> {
  const { folder, say } = context;
  const list = join(folder, 'list.txt');
  writeFileSync(list, cut.map((path) => `file '${path}'`).join('\n'));
  const aac = ['-c:a', 'aac', '-b:a', '192k'];
  say('concat list, stream copy');
  const copy = await costOf('ffmpeg', [...QUIET, '-f', 'concat', '-safe', '0', '-i', list, '-i', song, '-map', '0:v', '-map', '1:a', '-c:v', 'copy', ...aac, '-shortest', join(folder, 'peer-copy.mp4')]);
  say('one graph of crossfades');
  const inputs = clips.flatMap((path) => ['-ss', String(SPARE_S / 2 - FADE_S / 2), '-t', String(SECONDS + FADE_S), '-i', path]);
  const chain = clips.slice(1).map((_, i) => `[${i === 0 ? '0:v' : `x${i}`}][${i + 1}:v]xfade=transition=fade:duration=${FADE_S}:offset=${(i + 1) * SECONDS}[x${i + 1}]`);
  const last = clips.length === 1 ? '0:v' : `x${clips.length - 1}`;
  const xfade = await costOf('ffmpeg', [...QUIET, ...inputs, '-i', song, '-filter_complex', chain.join(';'), '-map', `[${last}]`, '-map', `${clips.length}:a`, ...X264, ...aac, '-shortest', join(folder, 'peer-xfade.mp4')]);
  say('full encode with cuts');
  const joined = `${cut.map((_, i) => `[${i}:v]`).join('')}concat=n=${cut.length}:v=1:a=0[out]`;
  const encode = await costOf('ffmpeg', [...QUIET, ...cut.flatMap((path) => ['-i', path]), '-i', song, '-filter_complex', joined, '-map', '[out]', '-map', `${cut.length}:a`, ...X264, ...aac, '-shortest', join(folder, 'peer-encode.mp4')]);
  return { copy, xfade, encode };
}

export async function assemblyRows(context: BenchContext): Promise<BenchRow[]> {
  const { repository, folder, say } = context;
  const made = material(context);
  const cli = join(repository, 'out/main/cli.js');
  const data = join(folder, 'data');
  const run = async (what: string, document: string, isCold: boolean): Promise<CommandCost & { frames: number }> => {
    say(what);
    const forget = (): void => rmSync(join(data, 'artifacts', isCold ? '' : 'work'), { recursive: true, force: true });
    const output = join(folder, `${what.replaceAll(/\W+/g, '-')}.mp4`);
    const cost = await costOf(process.execPath, [cli, 'assemble', document, '-o', output, '--overwrite', '--quiet', '--data-dir', data], forget);
    return { ...cost, frames: framesOf(output) };
  };
  const still = (transition: string) => (): Move => ({ transition_type: transition, speed: 1, trim_start: SPARE_S / 2 });
  const [cuts, fades, plan] = [blueprint(folder, 'cuts', still('cut')), blueprint(folder, 'crossfades', still('crossfade')), blueprint(folder, 'planned', planned)];
  const cold = await run('cuts, cold', cuts, true);
  const warm = await run('cuts, warm', cuts, false);
  const faded = await run('crossfades, warm', fades, false);
  const plannedCold = await run('planned, cold', plan, false);
  const plannedWarm = await run('planned, warm', plan, false);
  const peer = await peers(context, made);
  const seconds = ({ wallS }: CommandCost): string => `${wallS.toFixed(1)} s`;
  const memory = ({ ffmpegMb, treeMb }: CommandCost): string => `FFmpeg ${ffmpegMb.toFixed(0)} MB, all ${treeMb.toFixed(0)} MB`;
  const frames = CLIPS * SECONDS * RATE;
  const row = (what: string, ours: CommandCost & { frames: number }, name: string, other: CommandCost, bar: string): BenchRow => ({
    what: `assembly, ${CLIPS} × ${SECONDS} s 720p: ${what}`,
    ours: `${seconds(ours)}, ${memory(ours)}, ${ours.frames} of ${frames} frames`,
    peer: `${name} ${seconds(other)}, ${other.ffmpegMb.toFixed(0)} MB`,
    ratio: ours.wallS / other.wallS,
    bar,
  });
  return [
    row('cuts, warm', warm, 'stream copy', peer.copy, '≤ 1.5'),
    row('crossfades, warm', faded, 'one xfade graph', peer.xfade, '≤ 0.15, ≤ 250 MB'),
    row('a plan’s speeds and trims, warm', plannedWarm, 'one xfade graph', peer.xfade, '≤ 0.15, ≤ 250 MB'),
    row('cuts, cold', cold, 'full encode', peer.encode, '-'),
    row('a plan’s speeds and trims, cold', plannedCold, 'full encode', peer.encode, '-'),
  ];
}
