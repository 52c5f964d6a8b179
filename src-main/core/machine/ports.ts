/** What doctor asks of the machine. Each probe answers with facts or with why it could not. */
import type { AudioDevice } from '../../contract/documents/system.ts';

export type Found<T> = { readonly found: T } | { readonly missing: string };

export interface FfmpegFacts {
  readonly path: string;
  readonly version: string;
  /** Where it was found: setting, FFMPEG_PATH, packaged, ffmpeg-static, system. */
  readonly origin: string;
  readonly encoders: ReadonlySet<string>;
}

export interface MachineFacts {
  readonly programVersion: string;
  readonly nodeVersion: string;
  /** "linux x64, 2 cores, 24 GiB" */
  readonly machine: string;
  readonly platform: NodeJS.Platform;
  readonly ffmpeg: Found<FfmpegFacts>;
  /** Path of the native addon. */
  readonly addon: Found<string>;
  readonly audio: Found<{ readonly library: string; readonly devices: readonly AudioDevice[] }>;
  readonly electron: Found<string>;
  readonly browser: Found<string>;
  /** Optional models: how many are known, names of those that are here, and of those that are here but cannot be used as they are. */
  readonly models: { readonly known: number; readonly here: readonly string[]; readonly unusable: readonly string[] };
  readonly disk: { readonly folder: string; readonly freeBytes: number };
}

export interface Machine {
  facts(): Promise<MachineFacts>;
}
