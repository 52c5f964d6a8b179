/** The eye on real pictures: true flow of FlyingChairs, and the cuts of real films beside those FFmpeg finds. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { VisionSession, opticalFlow } from '../../src-main/adapters/native/vision.ts';
import { featureLayout } from '../../src-main/contract/feature-layout.ts';
import { hasSharedMedia, sharedMedia, sharedMediaReason } from '../fixtures/shared-media.ts';

const WIDTH = 640;
const HEIGHT = 360;
const ffmpeg = process.env['FFMPEG_PATH'] ?? 'ffmpeg';

function grey(path: string): Uint8Array {
  return execFileSync(ffmpeg, ['-v', 'error', '-i', path, '-f', 'rawvideo', '-pix_fmt', 'gray', '-'], { maxBuffer: 1 << 26 });
}

/** Middlebury .flo: "PIEH", width, height, then interleaved floats. */
function readFlo(path: string): { width: number; height: number; flow: Float32Array } {
  const bytes = readFileSync(path);
  const [width, height] = [bytes.readInt32LE(4), bytes.readInt32LE(8)];
  return { width, height, flow: new Float32Array(bytes.buffer.slice(bytes.byteOffset + 12, bytes.byteOffset + 12 + width * height * 8)) };
}

function meanEndpointError(flow: Float32Array, truth: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < truth.length; i += 2) {
    sum += Math.hypot((flow[i] as number) - (truth[i] as number), (flow[i + 1] as number) - (truth[i + 1] as number));
  }
  return sum / (truth.length / 2);
}

/** Times of the cuts our session finds in [startS, endS). */
async function cutTimes(path: string, startS: number, endS: number, fps: number): Promise<number[]> {
  const planes = execFileSync(
    ffmpeg,
    ['-v', 'error', '-ss', `${startS}`, '-to', `${endS}`, '-i', path, '-an', '-vf', `fps=${fps},scale=${WIDTH}:${HEIGHT}:flags=area:out_range=pc:out_color_matrix=bt601,format=yuv420p`, '-f', 'rawvideo', '-'],
    { maxBuffer: 1 << 29 },
  );
  const session = new VisionSession(WIDTH, HEIGHT);
  const row = new Float32Array(featureLayout.columns);
  const bytes = (WIDTH * HEIGHT * 3) / 2;
  const cuts: number[] = [];
  for (let frame = 0; frame < Math.floor(planes.length / bytes); frame += 1) {
    await session.analyze(planes.subarray(frame * bytes, (frame + 1) * bytes), frame / fps, row);
    if ((row[featureLayout.sceneChange] ?? 0) >= 0.5) cuts.push(startS + frame / fps);
  }
  return cuts;
}

/** Times of the cuts FFmpeg's scdet finds in [startS, endS). */
function peerCutTimes(path: string, startS: number, endS: number): number[] {
  const { stderr } = spawnSync(ffmpeg, ['-hide_banner', '-ss', `${startS}`, '-to', `${endS}`, '-i', path, '-an', '-vf', 'scdet=threshold=10', '-f', 'null', '-'], { encoding: 'utf8' });
  return [...stderr.matchAll(/lavfi\.scd\.time: ([\d.]+)/g)].map((match) => startS + Number(match[1]));
}

describe.skipIf(!hasSharedMedia)(`real pictures (skipped without them: ${sharedMediaReason})`, () => {
  // DIS medium has 1.57, 3.42 and 1.32 px on these pairs.
  test.each([
    ['flyingchairs_0000001', 1.5],
    ['flyingchairs_0000002', 3.9],
    ['flyingchairs_0000003', 1.3],
  ])('the flow of %s is within %f px of the truth on average', async (pair, limitPx) => {
    const { width, height, flow: truth } = readFlo(sharedMedia('flow', pair, 'gt.flo'));
    const flow = new Float32Array(width * height * 2);
    await opticalFlow(grey(sharedMedia('flow', pair, 'img0.png')), grey(sharedMedia('flow', pair, 'img1.png')), width, height, flow);
    expect(meanEndpointError(flow, truth)).toBeLessThan(limitPx);
  });

  test('the cuts of an animated film are those FFmpeg finds', async () => {
    const path = sharedMedia('video', 'big_buck_bunny_0_30.webm');
    const ours = await cutTimes(path, 11, 24, 24);
    const peer = peerCutTimes(path, 11, 24);
    expect(peer.length).toBe(3);
    expect(ours.length).toBe(peer.length);
    ours.forEach((time, i) => expect(Math.abs(time - (peer[i] as number))).toBeLessThan(0.1));
  });

  test.each([
    ['sintel_excerpt.mp4', 10],
    ['solo_dance_phrase.mp4', 30],
    ['bottles.mp4', 30],
    ['fire2.mp4', 10],
  ])('%s is one shot, however fast it moves', async (name, fps) => {
    expect(await cutTimes(sharedMedia('video', name), 0, 5, fps)).toEqual([]);
  });
});
