/** The machine this runs on, as doctor's facts. What other adapters know is handed in by the composition root. */
import { existsSync, readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { basename, join } from 'node:path';
import process from 'node:process';

import type { AudioDevice } from '../../contract/documents/system.ts';
import type { FfmpegFacts, Found, Machine, MachineFacts } from '../../core/machine/ports.ts';
import { findBrowser } from './browsers.ts';

export interface SystemMachineOptions {
  readonly programVersion: string;
  readonly dataFolder: string;
  readonly models: () => Promise<MachineFacts['models']>;
  /** Root of the checkout or of the packaged program. */
  readonly root: string;
  readonly ffmpeg: () => Promise<FfmpegFacts>;
  readonly addonPath: () => string;
  readonly audio: () => Promise<{ library: string; error: string; devices: readonly AudioDevice[] }>;
}

const GIB = 2 ** 30;

async function attempt<T>(work: () => T | Promise<T>): Promise<Found<T>> {
  try {
    return { found: await work() };
  } catch (error) {
    return { missing: error instanceof Error ? error.message : String(error) };
  }
}

function electron(root: string): Found<string> {
  const version = process.versions['electron'];
  if (version !== undefined) return { found: version };
  const folder = join(root, 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  const isThere = existsSync(pathFile) && existsSync(join(folder, 'dist', readFileSync(pathFile, 'utf8')));
  return isThere ? { found: join(folder, 'dist') } : { missing: 'Electron’s binary is not here' };
}

export class SystemMachine implements Machine {
  readonly #options: SystemMachineOptions;

  constructor(options: SystemMachineOptions) {
    this.#options = options;
  }

  async facts(): Promise<MachineFacts> {
    const { programVersion, dataFolder, root, models } = this.#options;
    const browser = findBrowser(process.platform, process.env);
    const disk = await statfs(dataFolder);
    return {
      programVersion,
      nodeVersion: process.versions.node,
      machine: `${process.platform} ${process.arch}, ${cpus().length} cores, ${Math.round(totalmem() / GIB)} GiB`,
      platform: process.platform,
      ffmpeg: await attempt(this.#options.ffmpeg),
      addon: await attempt(() => basename(this.#options.addonPath())),
      audio: await this.#audio(),
      electron: electron(root),
      browser: browser === null ? { missing: 'no browser was found' } : { found: basename(browser) },
      models: await models(),
      disk: { folder: dataFolder, freeBytes: disk.bavail * disk.bsize },
    };
  }

  async #audio(): Promise<MachineFacts['audio']> {
    const answer = await attempt(this.#options.audio);
    if ('missing' in answer) return answer;
    const { library, error, devices } = answer.found;
    return error === '' ? { found: { library, devices } } : { missing: error };
  }
}
