/**
 * npm run listen: every built-in mapping over five probes as WAV and spectrogram, and a table of what was measured.
 * To be looked at like a screenshot. Writes ./out/listen; an id as argument renders that mapping alone.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Mapping } from '../src-main/contract/documents/mapping.ts';
import { loadBuiltIn } from '../src-main/core/sonify/mapping/index.ts';
import { wavHeader } from '../src-main/core/sonify/wav-header.ts';
import { monoOf, onsets, pairOf, wobbleRateHz } from './listen/measure.ts';
import { type Probe, probes, seriesOf } from './listen/probes.ts';
import { loudnessOf, renderMapping } from './listen/render.ts';
import { spectrogramPng } from './listen/spectrogram.ts';
import { centroidHz, meanSpectrum } from './listen/spectrum.ts';

const RATE = 48_000;
const OUT = join('out', 'listen');
const STEMS = ['bass', 'rhythm', 'atmosphere'];

function writeWav(path: string, stereo: Float32Array): void {
  const head = wavHeader({ sampleRate: RATE, channels: 2, sampleFormat: 'f32' }, stereo.length / 2);
  writeFileSync(path, Buffer.concat([head, Buffer.from(stereo.buffer, stereo.byteOffset, stereo.byteLength)]));
}

const cell = (value: number, digits = 1): string => (Number.isFinite(value) ? value.toFixed(digits) : '-').padStart(8);

async function listenTo(mapping: Mapping, probe: Probe): Promise<string> {
  const frames = (probe.seconds + 2) * RATE;
  const { master, stems } = await renderMapping(mapping, seriesOf(probe.seconds + 2, RATE, probe.sceneAt), frames);
  const path = join(OUT, `${mapping.id}-${probe.name}.wav`);
  writeWav(path, master);
  writeFileSync(path.replace(/\.wav$/, '.png'), spectrogramPng(monoOf(master, 2), RATE));
  const whole = loudnessOf(master);
  const levels = STEMS.map((_, stem) => loudnessOf(pairOf(stems, 6, 2 * stem)).lufs);
  const rhythm = monoOf(stems, 6, 2);
  const bass = monoOf(stems, 6, 0).subarray(4 * RATE);
  const numbers = [whole.lufs, whole.truePeakDb, ...levels, onsets(rhythm, RATE).length / (frames / RATE)].map((value) => cell(value));
  const centroid = centroidHz(meanSpectrum(monoOf(master, 2), 4096), RATE);
  return [mapping.id.padEnd(12), probe.name.padEnd(12), ...numbers, cell(centroid, 0), cell(wobbleRateHz(bass, RATE), 2)].join(' ');
}

const only = process.argv[2];
const mappings = loadBuiltIn((id) => readFileSync(join('resources', 'mappings', `${id}.json`), 'utf8')).filter((mapping) => only === undefined || mapping.id === only);
mkdirSync(OUT, { recursive: true });
const lines = [['mapping'.padEnd(12), 'probe'.padEnd(12), ...['LUFS', 'dBTP', 'bass', 'rhythm', 'atmos', 'onset/s', 'centroid', 'wobble'].map((name) => name.padStart(8))].join(' ')];
for (const mapping of mappings) {
  for (const probe of probes) lines.push(await listenTo(mapping, probe));
}
writeFileSync(join(OUT, 'table.txt'), `${lines.join('\n')}\n`);
console.log(lines.join('\n'));
