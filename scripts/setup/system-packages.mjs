// The programs that npm cannot bring: a compiler, CMake, FFmpeg, a browser where there is no Electron.
// apt runs without asking only as root without a terminal or with --yes; else its command is shown first.
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';

import { hasElectron } from './electron.mjs';
import { run, which } from './run.mjs';
import { SetUpError, say } from './say.mjs';

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const hasBrowser = () => process.platform !== 'linux' || BROWSERS.some(which);
const hasLibrary = (file) => ['/usr/lib', '/usr/lib64', '/usr/local/lib', `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`].some((folder) => existsSync(`${folder}/${file}`));

const hasPlugin = (file) => hasLibrary(`alsa-lib/${file}`);

/** What each purpose needs: how to see it is there, its Debian package, and what is missing without it. */
const NEEDS = [
  { purpose: 'studio', what: 'a C++ compiler', package: 'g++', isThere: () => which('g++') || which('clang++') || process.platform === 'win32', isRequired: true },
  { purpose: 'studio', what: 'make', package: 'make', isThere: () => which('make') || which('ninja') || process.platform === 'win32', isRequired: true },
  { purpose: 'studio', what: 'CMake', package: 'cmake', isThere: () => which('cmake'), isRequired: true },
  { purpose: 'studio', what: 'FFmpeg', package: 'ffmpeg', isThere: () => process.env.FFMPEG_PATH || which('ffmpeg'), isRequired: false },
  { purpose: 'studio', what: 'a browser for the window (there is no Electron here)', package: 'chromium', isThere: () => hasElectron() || hasBrowser(), isRequired: false },
  { purpose: 'studio', what: 'the sound library PortAudio', package: 'libportaudio2', isThere: () => process.platform !== 'linux' || hasLibrary('libportaudio.so.2'), isRequired: false },
  { purpose: 'tests', what: 'the C++ test framework doctest', package: 'doctest-dev', isThere: () => existsSync('/usr/include/doctest/doctest.h') || existsSync('/usr/local/include/doctest/doctest.h'), isRequired: false },
  { purpose: 'tests', what: 'Chromium for the end-to-end tests', package: 'chromium', isThere: () => BROWSERS.some(which), isRequired: false },
  { purpose: 'tests', what: 'PulseAudio, whose null sinks are the sound cards of the tests', package: 'pulseaudio pulseaudio-utils libasound2-plugins', isThere: () => process.platform !== 'linux' || (which('pulseaudio') && which('pactl') && hasPlugin('libasound_module_pcm_pulse.so')), isRequired: false },
  { purpose: 'bench', what: 'OpenCV, the peer of the bench', package: 'libopencv-dev', isThere: () => existsSync('/usr/include/opencv4'), isRequired: false },
  { purpose: 'bench', what: 'SuperCollider, the peer of the synthesis bench', package: 'supercollider-server', isThere: () => which('scsynth'), isRequired: false },
  { purpose: 'bench', what: 'aubio, the peer of the beat bench', package: 'aubio-tools', isThere: () => which('aubiotrack'), isRequired: false },
  { purpose: 'bench', what: 'drum loops for the beat bench', package: 'sonic-pi-samples', isThere: () => existsSync('/usr/share/sonic-pi/samples'), isRequired: false },
];

async function mayRunApt(command, yes) {
  const isRoot = process.getuid?.() === 0;
  if (yes && isRoot) return true;
  if (isRoot && !process.stdin.isTTY) return true;
  say('Some system packages are missing. The command that installs them:');
  say(`    ${command}`);
  if (!isRoot || !process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question('kinetone  Run it now? [Y/n] ');
  terminal.close();
  return !/^n/i.test(answer.trim());
}

async function install(packages, yes) {
  const command = `${process.getuid?.() === 0 ? '' : 'sudo '}apt-get install -y ${packages.join(' ')}`;
  if (!(await mayRunApt(command, yes))) return;
  say(`Installing ${packages.join(', ')} …`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { allowFailure: true, env });
  const code = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { allowFailure: true, env });
  if (code !== 0) say(`apt-get could not install them (exit ${code}). Run by hand: ${command}`);
}

/**
 * Makes the programs of the given purposes available, or says exactly what is missing.
 * @throws SetUpError when something required is still missing afterwards.
 */
export async function ensureSystemPackages(purposes, { yes = false } = {}) {
  const needs = NEEDS.filter((need) => purposes.includes(need.purpose));
  const missing = needs.filter((need) => !need.isThere());
  if (missing.length === 0) return;
  const packages = [...new Set(missing.flatMap((need) => need.package.split(' ')))];
  if (which('apt-get')) await install(packages, yes);
  else say(`Missing: ${missing.map((need) => need.what).join(', ')}. Install them with your system's package manager.`);
  const still = needs.filter((need) => !need.isThere());
  for (const need of still.filter((n) => !n.isRequired)) say(`Still missing: ${need.what} (${need.package}). Kinetone goes on without it.`);
  const required = still.filter((need) => need.isRequired);
  if (required.length > 0) throw new SetUpError(`Kinetone needs ${required.map((need) => need.what).join(' and ')} to build its native part.`);
}
