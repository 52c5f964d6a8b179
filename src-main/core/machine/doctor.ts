/** Facts about the machine as checks a person can act on. Pure. */
import type { Check, DoctorReport } from '../../contract/documents/system.ts';
import type { AppError } from '../../contract/errors.ts';
import type { Found, MachineFacts } from './ports.ts';

const GIB = 2 ** 30;
const LOW_DISK_BYTES = 5 * GIB;
const MIN_DISK_BYTES = 0.5 * GIB;

/** Encoders that a film or a sound file needs, with what is lost without them. */
const ENCODERS = [
  ['libx264', 'films whose picture cannot be copied'],
  ['aac', 'films with sound'],
  ['flac', 'FLAC files'],
] as const;

const INSTALL_FFMPEG: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'sudo apt-get install -y ffmpeg',
  darwin: 'brew install ffmpeg',
  win32: 'winget install Gyan.FFmpeg',
};

function check(id: string, title: string, state: Check['state'], detail: string, fix: string | null = null): Check {
  return { id, title, state, detail, fix };
}

function ffmpegChecks(facts: MachineFacts): Check[] {
  const { ffmpeg } = facts;
  if ('missing' in ffmpeg) return [check('ffmpeg', 'FFmpeg', 'fail', ffmpeg.missing, INSTALL_FFMPEG[facts.platform] ?? 'Install FFmpeg, or name it in FFMPEG_PATH.')];
  const { path, version, origin, encoders } = ffmpeg.found;
  const missing = ENCODERS.filter(([name]) => !encoders.has(name));
  const hardware = ['h264_nvenc', 'h264_qsv', 'h264_vaapi', 'h264_videotoolbox'].filter((name) => encoders.has(name));
  return [
    check('ffmpeg', 'FFmpeg', 'ok', `${version} (${origin}: ${path})`),
    missing.length === 0
      ? check('encoders', 'Encoders', 'ok', `${encoders.size} in all; H.264 by libx264${hardware.length > 0 ? `; compiled in, not tried: ${hardware.join(', ')}` : ''}`)
      : check('encoders', 'Encoders', 'warn', missing.map(([name, loss]) => `no ${name} (${loss})`).join(', '), 'Use an FFmpeg that has them; see the setting FFmpeg path.'),
  ];
}

function audioCheck({ audio }: MachineFacts): Check {
  if ('missing' in audio) return check('audio', 'Audio devices', 'info', `${audio.missing} Rendering and export need none.`, 'sudo apt-get install -y libportaudio2');
  const { library, devices } = audio.found;
  if (devices.length === 0) return check('audio', 'Audio devices', 'info', `none found (${library}); rendering and export need none.`);
  const names = devices.slice(0, 4).map((device) => `${device.name} (${device.host_api}, ${device.channels} ch)`);
  return check('audio', 'Audio devices', 'ok', `${names.join(', ')}${devices.length > 4 ? ` and ${devices.length - 4} more` : ''} by ${library}`);
}

function windowCheck({ electron, browser }: MachineFacts): Check {
  if ('found' in electron) return check('window', 'Window', 'ok', `Electron (${electron.found})`);
  if ('found' in browser) return check('window', 'Window', 'ok', `${browser.found}, as an app window; ${electron.missing}`);
  return check('window', 'Window', 'warn', `${electron.missing}, and no Chromium, Chrome or Edge was found.`, 'Install a browser, or open the address that kinetone serve prints.');
}

function modelsCheck({ models: { known, here, unusable } }: MachineFacts): Check {
  const present = here.length === 0 ? `none of ${known} optional models is here` : `${here.length} of ${known} optional models: ${here.join(', ')}`;
  if (unusable.length === 0) return check('models', 'Models', 'info', present);
  return check('models', 'Models', 'warn', `${present}; incomplete or changed: ${unusable.join(', ')}`, 'kinetone models verify says what is wrong; add the model again.');
}

function diskCheck({ disk }: MachineFacts): Check {
  const free = `${(disk.freeBytes / GIB).toFixed(1)} GiB free for ${disk.folder}`;
  if (disk.freeBytes < MIN_DISK_BYTES) return check('disk', 'Disk', 'fail', free, 'Free some space or choose another data folder with --data-dir.');
  return check('disk', 'Disk', disk.freeBytes < LOW_DISK_BYTES ? 'warn' : 'ok', free, disk.freeBytes < LOW_DISK_BYTES ? 'A long film may need more.' : null);
}

function found(id: string, title: string, fact: Found<string>, fix: string): Check {
  return 'found' in fact ? check(id, title, 'ok', fact.found) : check(id, title, 'fail', fact.missing, fix);
}

/** @param problem  why the app does not open, where it does not */
export function doctor(facts: MachineFacts, problem: AppError | null = null): DoctorReport {
  return {
    checks: [
      check('program', 'Kinetone', 'info', `${facts.programVersion} on Node ${facts.nodeVersion}, ${facts.machine}`),
      ...ffmpegChecks(facts),
      found('addon', 'Native part', facts.addon, 'npm run build:native'),
      audioCheck(facts),
      windowCheck(facts),
      modelsCheck(facts),
      diskCheck(facts),
      ...(problem === null ? [] : [check('data', 'Data folder', 'fail', problem.message, problem.hint ?? null)]),
    ],
  };
}
