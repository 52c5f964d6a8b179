/**
 * npm run bench -- moves: whether clips of one kind of move find one another by their movement. Leave one out: for each clip,
 * the share of its nearest (top 1) and five nearest (top 5) neighbours by cosine that are of its category, which is its folder.
 * Printed for poses, for the flow alone, for the seed's imported embeddings, and by chance. KINETONE_MOVES names another folder
 * of folders of clips; KINETONE_POSE_MODEL another model than MoveNet (blazepose takes four times as long).
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { decodeFrames } from '../../src-main/adapters/ffmpeg/decode-frames.ts';
import { VisionSession } from '../../src-main/adapters/native/vision.ts';
import { ModelManifestSchema } from '../../src-main/contract/documents/model.ts';
import type { PoseSeries } from '../../src-main/contract/documents/pose.ts';
import { featureLayout } from '../../src-main/contract/feature-layout.ts';
import type { HostMethodContext } from '../../src-main/core/host.ts';
import { kinematicBeats, motionEmbedding, movementLevels, movementTempo, poseEmbedding, speedOfPoses } from '../../src-main/core/library/movement/index.ts';
import type { MotionSeries } from '../../src-main/core/library/movement/index.ts';
import { posesMethod } from '../../src-main/hosts/inference/poses.ts';
import { sharedMedia } from '../../tests/fixtures/shared-media.ts';
import { sharedModels, sharedModelsReason } from '../../tests/fixtures/shared-models.ts';
import type { BenchContext, BenchRow } from './row.ts';

interface Clip {
  readonly path: string;
  readonly category: string;
  /** category/file */
  readonly name: string;
}

const poseModel = process.env['KINETONE_POSE_MODEL'] ?? 'movenet-lightning';
const programs = { ffmpeg: 'ffmpeg', release: null, tether: null, recordFolder: null };
const signal = new AbortController().signal;
const context: HostMethodContext = { signal, emit: () => undefined, caller: { call: () => Promise.reject(new Error('Nothing is called back.')) } };

function clipsIn(folder: string): Clip[] {
  const categories = readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory());
  return categories.flatMap((category) =>
    readdirSync(join(folder, category))
      .filter((file) => /\.(mp4|mov|mkv|webm)$/i.test(file))
      .map((file) => ({ path: join(folder, category, file), category, name: `${category}/${file}` })),
  );
}

function sizeOf(path: string): { width: number; height: number } {
  const [width = 0, height = 0] = execFileSync('ffprobe', ['-v', 'error', '-select_streams', 'V:0', '-show_entries', 'stream=width,height', '-of', 'csv=p=0', path], { encoding: 'utf8' })
    .trim()
    .split(',')
    .map(Number);
  return { width, height };
}

const fileOf = ({ path, name }: Clip): { path: string; demuxer: string; name: string } => ({ path, demuxer: /\.(mkv|webm)$/i.test(path) ? 'matroska' : 'mov', name });

function posesOf(clip: Clip, model: string): Promise<PoseSeries> {
  const manifest = ModelManifestSchema.parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../models/manifest.json'), 'utf8')));
  const files = manifest.models.find(({ id }) => id === model)?.files ?? [];
  const { width, height } = sizeOf(clip.path);
  const scale = 256 / Math.min(width, height);
  return posesMethod(
    {
      ...{ programs, file: fileOf(clip), duration_s: 0, rate_hz: 10, source: model },
      ...{ width: Math.round(width * scale), height: Math.round(height * scale) },
      networks: files.map(({ name, inputs, outputs }) => ({ path: sharedModels(model, name), name, inputs: inputs ?? [], outputs: outputs ?? [] })),
    },
    context,
  ) as Promise<PoseSeries>;
}

async function motionOf(clip: Clip): Promise<MotionSeries> {
  const [width, height] = [640, 360];
  const session = new VisionSession(width, height);
  const [rows, times]: [number[], number[]] = [[], []];
  for await (const { planes, timestampS, color } of decodeFrames({ launcher: programs, ...programs, file: fileOf(clip), width, height, signal })) {
    const row = new Float32Array(featureLayout.columns);
    // Without a pipe every frame has its planes.
    await session.analyze(planes as Uint8Array, timestampS, row, undefined, color);
    rows.push(...row);
    times.push(timestampS);
  }
  return { rows: Float32Array.from(rows), timestamps: Float64Array.from(times) };
}

interface Rates {
  readonly first: number;
  readonly five: number;
}

const cosine = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0) / (Math.hypot(...a) * Math.hypot(...b) || 1);

/** Share of same-category clips among the nearest one and the nearest five; only clips whose category has another count. */
export function neighbourRates(embeddings: readonly Float32Array[], categories: readonly string[]): Rates {
  let [first, five, count] = [0, 0, 0];
  embeddings.forEach((embedding, mine) => {
    if (categories.filter((category) => category === categories[mine]).length < 2) return;
    const ranked = embeddings
      .map((other, theirs) => ({ theirs, score: cosine(embedding, other) }))
      .filter(({ theirs }) => theirs !== mine)
      .sort((a, b) => b.score - a.score || a.theirs - b.theirs);
    const same = ranked.slice(0, 5).map(({ theirs }) => (categories[theirs] === categories[mine] ? 1 : 0));
    first += same[0] ?? 0;
    five += same.reduce<number>((sum, value) => sum + value, 0) / 5;
    count += 1;
  });
  return { first: first / count, five: five / count };
}

/** What a ranking by lot reaches. */
export function chanceRate(categories: readonly string[]): number {
  const counts = [...new Set(categories)].map((category) => categories.filter((other) => other === category).length).filter((count) => count > 1);
  const clips = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce((sum, count) => sum + (count * (count - 1)) / (categories.length - 1), 0) / clips;
}

const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;
const ratesText = ({ first, five }: Rates): string => `top 1 ${percent(first)}, top 5 ${percent(five)}`;

/** The seed's own embeddings of these clips, where they lie beside them. */
function seedRates(folder: string, clips: readonly Clip[]): Rates | null {
  const file = join(folder, '../move_embeddings.json');
  if (!existsSync(file)) return null;
  const { embeddings } = JSON.parse(readFileSync(file, 'utf8')) as { embeddings: { video_path: string; pose_embedding: number[] }[] };
  const of = new Map(embeddings.map(({ video_path: path, pose_embedding: values }) => [path, Float32Array.from(values)]));
  const known = clips.filter(({ name }) => of.has(name));
  return known.length === 0 ? null : neighbourRates(known.map(({ name }) => of.get(name) ?? new Float32Array(0)), known.map(({ category }) => category));
}

interface Annotation {
  readonly video_path: string;
  readonly energy_level?: string;
  readonly difficulty?: string;
  readonly estimated_tempo?: number;
}
const LEVELS: Readonly<Record<string, string>> = { low: 'beginner', medium: 'intermediate', high: 'advanced' };

/** How often what movement says agrees with what the annotations say. */
function agreement(folder: string, poses: ReadonlyMap<string, PoseSeries>): string | null {
  const file = join(folder, '../bachata_annotations.json');
  if (!existsSync(file)) return null;
  const { clips } = JSON.parse(readFileSync(file, 'utf8')) as { clips: Annotation[] };
  const known = clips.flatMap((clip) => (poses.has(clip.video_path) ? [{ clip, speed: speedOfPoses(poses.get(clip.video_path) as PoseSeries) }] : []));
  const share = (holds: (row: (typeof known)[number]) => boolean): string => percent(known.filter(holds).length / known.length);
  const energy = share(({ clip, speed }) => movementLevels(speed, 'pose').energy_level === clip.energy_level);
  const difficulty = share(({ clip, speed }) => movementLevels(speed, 'pose').difficulty === (LEVELS[clip.difficulty ?? ''] ?? clip.difficulty));
  const isNear = (bpm: number, truth: number): boolean => [0.5, 1, 2].some((octave) => Math.abs(bpm * octave - truth) < 0.08 * truth);
  const tempo = share(({ clip, speed }) => isNear(movementTempo(speed)?.bpm ?? 0, clip.estimated_tempo ?? 0));
  const beats = known.reduce((sum, { speed }) => sum + kinematicBeats(speed).times_s.length, 0) / known.reduce((sum, { speed }) => sum + speed.values.length / speed.rate_hz, 0);
  return `energy ${energy}, difficulty ${difficulty}, tempo within 8 % at any octave ${tempo}; ${beats.toFixed(1)} kinematic beats a second`;
}

export async function moveRows({ say }: BenchContext): Promise<BenchRow[]> {
  const folder = process.env['KINETONE_MOVES'] ?? sharedMedia('dance', 'clips');
  if (!existsSync(folder)) {
    say(`no rows: there is no folder ${folder}`);
    return [];
  }
  const clips = clipsIn(folder);
  const categories = clips.map(({ category }) => category);
  const seed = seedRates(folder, clips);
  const peer = `chance ${percent(chanceRate(categories))}${seed === null ? '' : `; seed ${ratesText(seed)}`}`;
  const rows: BenchRow[] = [];
  const add = (what: string, embeddings: readonly Float32Array[]): void => {
    const rates = neighbourRates(embeddings, categories);
    rows.push({ what: `${what}, ${clips.length} clips`, ours: ratesText(rates), peer, ratio: seed === null ? null : rates.first / seed.first, bar: 'clearly above both' });
  };
  if (existsSync(sharedModels(poseModel))) {
    say(`poses by ${poseModel}`);
    const poses = new Map<string, PoseSeries>();
    for (const clip of clips) poses.set(clip.name, await posesOf(clip, poseModel));
    add(`moves by pose (${poseModel})`, [...poses.values()].map(poseEmbedding));
    const agrees = agreement(folder, poses);
    if (agrees !== null) rows.push({ what: `levels by pose (${poseModel})`, ours: agrees, peer: 'annotations', ratio: null, bar: '-' });
  } else say(`no poses: ${sharedModelsReason}`);
  say('the flow alone');
  const motions: MotionSeries[] = [];
  for (const clip of clips) motions.push(await motionOf(clip));
  add('moves by flow', motions.map(motionEmbedding));
  return rows;
}
