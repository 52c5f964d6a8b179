/** The host of the assembler alone: hashes clips and sets the loudness of the film's sound; no analysis is loaded. */
import type { HostMethods } from '../core/host.ts';
import { hashMethod } from './methods/hash.ts';
import { serveParent } from './serve-parent.ts';
import { master } from './sound/master.ts';

export const methods: HostMethods = { hash: hashMethod, master };

serveParent(methods);
