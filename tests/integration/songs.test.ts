/** Songs through the whole product: heard, edited, heard again; what is no song answered; the command. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';

import type { MediaItem } from '../../src-main/contract/documents/media-item.ts';
import type { Song } from '../../src-main/contract/documents/song.ts';
import { SongAnalysisSchema } from '../../src-main/contract/documents/song-analysis.ts';
import { NO_EDITS } from '../../src-main/contract/documents/song.ts';
import { makeMedia } from '../fixtures/make-media.ts';
import { kinetone } from '../fixtures/program.ts';
import { type Studio, openStudio } from '../fixtures/studio.ts';
import { lastingFolder } from '../fixtures/temp-folder.ts';

/** A short 1 kHz click on every beat of 120 BPM, the first of four louder and higher. */
const CLICKS = "if(lt(mod(t,2),0.5),0.9*sin(2*PI*1500*t),0.5*sin(2*PI*1000*t))*exp(-60*mod(t,0.5))";
const folder = { path: lastingFolder('songs') };
const made = (name: string, seconds: number, expression: string): string =>
  makeMedia(folder.path, name, ['-f', 'lavfi', '-i', `aevalsrc='${expression}':s=44100:d=${seconds}`]);
let studio: Studio;
let clicks = '';
beforeAll(async () => {
  clicks = made('clicks.wav', 20, CLICKS);
  studio = await openStudio();
});
afterAll(async () => {
  await studio.close();
});

async function imported(path: string): Promise<MediaItem> {
  const { items, rejected } = await studio.client.call('importMedia', { body: { paths: [path] } });
  if (!items[0]) throw new Error(JSON.stringify(rejected));
  return items[0].item;
}

/** The song once no analysis of it waits or runs. */
async function heard(id: string, { again = false } = {}): Promise<Song> {
  const { job_id: job } = await studio.client.call('analyzeSong', { params: { id }, body: { again } });
  for (;;) {
    const song = await studio.client.call('getSong', { params: { id } });
    if (song.job_id === null && (job === null || song.state !== 'making')) return song;
    await new Promise((done) => setTimeout(done, 20));
  }
}

const worstOf = (beats: readonly number[], periodS: number): number => Math.max(...beats.map((beat) => Math.abs(beat - Math.round(beat / periodS) * periodS)));

test('a click song has its beats on the clicks and its tempo, bars and length', async () => {
  const { id } = await imported(clicks);
  const { analysis, state } = await heard(id);
  expect(state).toBe('ready');
  expect(analysis?.tempo).toBeCloseTo(120, 0);
  expect(worstOf(analysis?.beats ?? [], 0.5)).toBeLessThan(0.02);
  expect(analysis?.beats.length).toBeGreaterThan(36);
  expect(worstOf(analysis?.downbeats ?? [], 2)).toBeLessThan(0.02);
  expect(analysis?.duration).toBeCloseTo(20, 3);
  expect(analysis?.energy).toHaveLength(20);
});

test('the same bytes under another name are one item; a song has a number of its own', async () => {
  const again = made('again.wav', 20, CLICKS);
  const [one, two] = [await imported(clicks), await imported(again)];
  expect(two.id).toBe(one.id);
  const song = await studio.client.call('getSong', { params: { id: one.id } });
  expect(song.number).toBeGreaterThan(0);
});

test('edits stay when the song is analysed again, and can be taken back', async () => {
  const { id } = await imported(clicks);
  await heard(id);
  const params = { id };
  await studio.client.call('changeSongEdits', { params, body: { tempo_factor: 2, nudge_s: 0.01 } });
  const { analysis, edits } = await heard(id, { again: true });
  expect(edits).toEqual({ ...NO_EDITS, tempo_factor: 2, nudge_s: 0.01 });
  expect(analysis?.tempo).toBeCloseTo(240, 0);
  const back = await studio.client.call('changeSongEdits', { params, body: NO_EDITS });
  expect(back.analysis).toEqual(await studio.client.call('getSongAnalysis', { params, query: { edits: 'left-out' } }));
});

test('edits and what a person says of a song outlive the studio', async () => {
  const first = await openStudio();
  const { items } = await first.client.call('importMedia', { body: { paths: [clicks] } });
  const params = { id: items[0]?.item.id ?? '' };
  await first.client.call('changeSongInfo', { params, body: { title: 'Clicks', tags: ['test'] } });
  await first.client.call('changeSongEdits', { params, body: { key: 'C major' } });
  await first.close({ keepsFolder: true });
  const second = await openStudio(first.dataDir);
  onTestFinished(() => second.close({ removesFolder: true }));
  const song = await second.client.call('getSong', { params });
  expect([song.info, song.edits.key]).toEqual([{ title: 'Clicks', artist: null, genre: null, tags: ['test'] }, 'C major']);
});

test.each([
  ['silence', '0'],
  ['noise', '0.2*(random(0)*2-1)'],
])('%s has no tempo, no beats and no key', async (name, expression) => {
  const { id } = await imported(made(`${name}.flac`, 12, expression));
  const { analysis } = await heard(id);
  expect(analysis).toMatchObject({ tempo: null, tempo_confidence: 0, beats: [], downbeats: [], time_signature: null, key: null });
  expect(analysis?.duration).toBeCloseTo(12, 2);
});

test('a second of sound is answered', async () => {
  const { id } = await imported(made('second.flac', 1, '0.5*sin(2*PI*440*t)'));
  const { analysis } = await heard(id);
  expect(analysis?.duration).toBeCloseTo(1, 3);
  expect(analysis?.energy).toHaveLength(1);
});

test('a film without sound is no song, and says so', async () => {
  const film = makeMedia(folder.path, 'mute.mp4', ['-f', 'lavfi', '-i', 'testsrc2=size=64x36:rate=10:duration=1', '-pix_fmt', 'yuv420p']);
  const { id } = await imported(film);
  await expect(studio.client.call('getSong', { params: { id } })).rejects.toMatchObject({ code: 'media-no-audio', message: expect.stringContaining('mute.mp4') as string });
});

test('a song that is not analysed says so where its analysis is asked for', async () => {
  const { id } = await imported(makeMedia(folder.path, 'tone.mkv', ['-f', 'lavfi', '-i', 'testsrc2=size=64x36:rate=10:duration=2', '-f', 'lavfi', '-i', 'sine=duration=2', '-pix_fmt', 'yuv420p']));
  await expect(studio.client.call('getSongAnalysis', { params: { id }, query: {} })).rejects.toMatchObject({ code: 'song-not-analyzed' });
});

test('a song that breaks off is analysed as far as it goes', async () => {
  const whole = readFileSync(makeMedia(folder.path, 'whole.mp3', ['-f', 'lavfi', '-i', `aevalsrc='${CLICKS}':s=44100:d=20`]));
  const path = join(folder.path, 'broken.mp3');
  writeFileSync(path, Buffer.concat([whole.subarray(0, whole.length >> 1), Buffer.alloc(2000, 0x5a)]));
  const { id } = await imported(path);
  const { analysis } = await heard(id);
  expect(analysis?.tempo).toBeCloseTo(120, 0);
  expect(analysis?.duration).toBeGreaterThan(9);
});

test('kinetone song prints a SongAnalysis with --json, and words without', async () => {
  const data = join(folder.path, 'data');
  const json = await kinetone(['song', clicks, '--json', '--data-dir', data]);
  expect([json.code, json.stderr]).toEqual([0, '']);
  expect(SongAnalysisSchema.parse(JSON.parse(json.stdout)).tempo).toBeCloseTo(120, 0);
  const words = await kinetone(['song', clicks, '--quiet', '--data-dir', data]);
  expect(words.code).toBe(0);
  const missing = await kinetone(['song', join(folder.path, 'nothing.mp3'), '--data-dir', data]);
  expect([missing.code, missing.stdout]).toEqual([1, '']);
});
