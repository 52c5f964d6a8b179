/** What probing found about a file, kept by its bytes beside the clips' copies: asking FFmpeg takes a tenth of a second a clip. */
import { type Probe, ProbeSchema } from '../../../contract/documents/media-item.ts';
import type { AssemblyFiles, AssemblyTools } from '../ports.ts';
import { keptJson } from './kept-json.ts';
import { keyOf } from './key.ts';

/** Raised when probing finds other things in the same bytes. */
const PROBE_VERSION = 1;

export type ProbeFiles = Pick<AssemblyFiles, 'copyPath' | 'has' | 'readText' | 'writeText'>;

export class Probes {
  readonly #files: ProbeFiles;
  readonly #tools: Pick<AssemblyTools, 'probe'>;

  constructor({ files, tools }: { files: ProbeFiles; tools: Pick<AssemblyTools, 'probe'> }) {
    this.#files = files;
    this.#tools = tools;
  }

  /** @throws AppError 'media-unreadable', 'media-unsupported': why the file cannot be used. Such an answer is not kept. */
  async of({ path, name, sha256 }: { path: string; name: string; sha256: string }, signal: AbortSignal): Promise<Probe> {
    const kept = this.#files.copyPath(keyOf(['probe', PROBE_VERSION, sha256]), 'probe');
    const known = ProbeSchema.safeParse(await keptJson(this.#files, kept));
    if (known.success) return known.data;
    const probe = await this.#tools.probe(path, name, signal);
    await this.#files.writeText(kept, JSON.stringify(probe));
    return probe;
  }
}
