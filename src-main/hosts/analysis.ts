/**
 * The analysis host: decoding, vision and offline sound in a process of their own, which may crash or be killed without
 * loss. Its methods are this table; each parses what it is given.
 */
import type { HostMethods } from '../core/host.ts';
import { analyzeMethod } from './methods/analyze.ts';
import { cameraMethod } from './methods/camera.ts';
import { clipSoundMethod } from './methods/clip-sound.ts';
import { describeClipMethod } from './methods/describe-clip.ts';
import { devicesMethod } from './methods/devices.ts';
import { flowMethod } from './methods/flow.ts';
import { hashMethod } from './methods/hash.ts';
import { forgetMethod, lookMethod } from './methods/look.ts';
import { latencyMethod } from './methods/latency.ts';
import { peaksMethod } from './methods/peaks.ts';
import { songMethod } from './methods/song.ts';
import { serveParent } from './serve-parent.ts';
import { master } from './sound/master.ts';
import { paintDemo } from './sound/paint-demo.ts';
import { render } from './sound/render.ts';
import { inspectPerformance, replay } from './sound/replay.ts';

export const methods: HostMethods = {
  analyze: analyzeMethod,
  camera: cameraMethod,
  clipSound: clipSoundMethod,
  describeClip: describeClipMethod,
  devices: devicesMethod,
  flow: flowMethod,
  forget: forgetMethod,
  hash: hashMethod,
  inspectPerformance,
  latency: latencyMethod,
  look: lookMethod,
  master,
  paintDemo,
  peaks: peaksMethod,
  render,
  replay,
  song: songMethod,
};

serveParent(methods);
