// The import table of the house: which area may import which. ESLint applies it while one types, and
// tests/architecture applies it to the whole tree and prints the table with the offending line.
import { posix } from 'node:path';

/** Area of a file, by the longest matching prefix; paths are relative to the repository, with forward slashes. */
const AREAS = [
  ['src-main/contract/', 'contract'],
  ['src-main/core/', 'core'],
  ['src-main/adapters/', 'adapters'],
  ['src-main/hosts/', 'hosts'],
  ['src-main/api/', 'api'],
  ['src-main/shells/', 'shells'],
  ['src-main/app.ts', 'app'],
  ['src-main/app/', 'app'],
  ['src-renderer/', 'renderer'],
  ['tests/', 'tests'],
  ['scripts/', 'scripts'],
];

/** Who may import whom; the first column reads as the data flows. */
export const TABLE = {
  contract: ['contract'],
  core: ['core', 'contract'],
  adapters: ['adapters', 'core', 'contract'],
  hosts: ['hosts', 'adapters', 'core', 'contract'],
  api: ['api', 'core', 'contract'],
  app: ['app', 'api', 'adapters', 'core', 'contract'],
  shells: ['shells', 'app', 'api', 'contract'],
  renderer: ['renderer', 'contract'],
};

/** Files of a core step that other steps, and the adapters, may import. */
const OPEN_FILES = new Set(['index.ts', 'ports.ts', 'job-handler.ts']);
const HOST_ADAPTERS = new Set(['native', 'onnx', 'ffmpeg', 'lancedb']);
const PLANNERS = new Set(['choreography', 'music-video', 'text-to-video']);
/** Core talks to the outside through ports; these builtins are the outside. */
const OUTSIDE = /^(node:)?(fs|fs\/promises|child_process|net|http|https|os|worker_threads|dgram|tls|sqlite)$/;

export function areaOf(file) {
  return AREAS.find(([prefix]) => file.startsWith(prefix))?.[1] ?? null;
}

const folderIn = (file, area) => {
  const rest = file.slice(`src-main/${area}/`.length);
  return rest.includes('/') ? rest.slice(0, rest.indexOf('/')) : null;
};

/** A test beside the code may also use fixtures, fakes and the adapters it needs to be real. */
const isTest = (file) => /\.test\.tsx?$/.test(file);

/**
 * Says why `file` may not import `specifier`, or null when it may.
 * @param file       path relative to the repository, forward slashes
 * @param specifier  as written in the import
 */
export function refusal(file, specifier) {
  const from = areaOf(file);
  if (from === null || from === 'tests' || from === 'scripts') return null;
  if (specifier === 'electron' || specifier.startsWith('electron/')) {
    return file.startsWith('src-main/shells/electron/') ? null : 'electron is imported only in shells/electron';
  }
  if (!specifier.startsWith('.')) {
    return from === 'core' && OUTSIDE.test(specifier) && !isTest(file) ? `core talks to the outside through ports, not through ${specifier}` : null;
  }
  if (isTest(file)) return null;
  const target = posix.normalize(posix.join(posix.dirname(file), specifier));
  const to = areaOf(target);
  if (to === null) return /package\.json$|resources\//.test(target) ? null : `${target} is outside the house`;
  if (!TABLE[from].includes(to)) return `${from} may import ${TABLE[from].join(', ')}, not ${to}`;
  return refusalInside(from, to, file, target);
}

function refusalInside(from, to, file, target) {
  const name = posix.basename(target);
  const toStep = to === 'core' ? folderIn(target, 'core') : null;
  if (from === 'core' && toStep !== null) {
    const step = folderIn(file, 'core');
    if (step === toStep) return null;
    if (PLANNERS.has(step) && PLANNERS.has(toStep)) return 'a planner never imports another planner';
    return OPEN_FILES.has(name) ? null : `core/${toStep} is used through its ${[...OPEN_FILES].join(', ')}, not ${name}`;
  }
  if (from === 'adapters' && to === 'adapters') {
    const [mine, theirs] = [folderIn(file, 'adapters'), folderIn(target, 'adapters')];
    return mine === theirs ? null : `an adapter does not import another adapter (${theirs})`;
  }
  if (from === 'adapters' && toStep !== null) {
    return OPEN_FILES.has(name) ? null : `adapters implement ports; ${target} is not one`;
  }
  if (from === 'hosts' && to === 'adapters') {
    const adapter = folderIn(target, 'adapters');
    return HOST_ADAPTERS.has(adapter) ? null : `hosts use the adapters ${[...HOST_ADAPTERS].join(', ')}, not ${adapter}`;
  }
  return null;
}
