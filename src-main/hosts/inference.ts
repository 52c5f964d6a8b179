/**
 * The inference host: models in a process of their own, with onnxruntime's library and memory, which may crash or be killed
 * without loss. Its methods are this table; each parses what it is given.
 */
import { setPriority } from 'node:os';

import type { HostMethods } from '../core/host.ts';
import { beatsMethod } from './inference/beats.ts';
import { checkMethod } from './inference/check.ts';
import { posesMethod } from './inference/poses.ts';
import { serveParent } from './serve-parent.ts';

/** Live sound keeps the processor. */
const BATCH_NICENESS = 10;

export const methods: HostMethods = { beats: beatsMethod, check: checkMethod, poses: posesMethod };

setPriority(BATCH_NICENESS);
serveParent(methods);
