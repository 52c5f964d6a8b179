/** Where the program's own files lie: in a checkout, in a bundle, in a packaged program. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface ProgramFiles {
  /** The checkout, or app.asar of a packaged program. */
  readonly root: string;
  /** resources/ of the program. */
  readonly resources: string;
  /** `resources` of Electron, where FFmpeg may be packaged; null in a checkout. */
  readonly packaged: string | null;
  /** The built page; null before `npm run build`. */
  readonly page: string | null;
  /** kinetone-tether; null where it was not built. */
  readonly tether: string | null;
  /** Entry script of the analysis host. */
  readonly analysisHost: string;
  /** Entry script of the assembler's host. */
  readonly assemblyHost: string;
  /** Entry script of the audio host. */
  readonly audioHost: string;
  /** Entry script of the inference host. */
  readonly inferenceHost: string;
  /** Entry script of the vector host. */
  readonly vectorHost: string;
  readonly models: string;
}

/** The nearest folder above with the program's package.json. */
function rootAbove(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    const file = join(at, 'package.json');
    if (existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name === 'kinetone') return at;
    if (dirname(at) === at) throw new Error(`Kinetone's files were not found above ${folder}.`);
  }
}

const orNull = (path: string): string | null => (existsSync(path) ? path : null);

/** Programs cannot be started from inside an archive: they are packed beside it. */
const unpacked = (path: string): string => path.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');

/** @param script  path of the running script: a .ts of the sources or a .js of a bundle */
export function programFiles(script: string): ProgramFiles {
  const root = rootAbove(dirname(script));
  const isSource = script.endsWith('.ts');
  const { resourcesPath } = process as { resourcesPath?: string };
  const packaged = root.includes('app.asar') && resourcesPath !== undefined ? resourcesPath : null;
  const extra = (name: string): string => (packaged === null ? join(root, name) : join(packaged, name));
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    root,
    resources: extra('resources'),
    packaged,
    page: orNull(join(root, 'out', 'renderer')),
    tether: orNull(unpacked(join(root, 'native', 'build', 'Release', `kinetone-tether${suffix}`))),
    assemblyHost: isSource ? join(root, 'src-main', 'hosts', 'assembly.ts') : join(root, 'out', 'main', 'hosts', 'assembly.js'),
    audioHost: isSource ? join(root, 'src-main', 'hosts', 'audio.ts') : join(root, 'out', 'main', 'hosts', 'audio.js'),
    vectorHost: isSource ? join(root, 'src-main', 'hosts', 'vectors.ts') : join(root, 'out', 'main', 'hosts', 'vectors.js'),
    inferenceHost: isSource ? join(root, 'src-main', 'hosts', 'inference.ts') : join(root, 'out', 'main', 'hosts', 'inference.js'),
    analysisHost: isSource ? join(root, 'src-main', 'hosts', 'analysis.ts') : join(root, 'out', 'main', 'hosts', 'analysis.js'),
    models: extra('models'),
  };
}
