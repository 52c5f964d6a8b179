/** Wall time of a command, and the most memory it and everything it started held at one time. Linux; elsewhere memory is unknown. */
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

export interface CommandCost {
  readonly wallS: number;
  /** Proportional set size of the whole tree at its peak, MB: what two processes share counts once. */
  readonly treeMb: number;
  /** The same of its FFmpeg processes alone. */
  readonly ffmpegMb: number;
}

const SAMPLE_MS = 60;

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Process ids below `root`, itself included. */
function treeOf(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    // The name in parentheses may hold anything: the fields are counted from its end.
    const fields = read(`/proc/${name}/stat`).replace(/^.*\) /s, '').split(' ');
    parents.set(Number(name), Number(fields[1]));
  }
  const isBelow = (pid: number): boolean => pid === root || (parents.has(pid) && (parents.get(pid) ?? 0) > 1 && isBelow(parents.get(pid) ?? 0));
  return [...parents.keys()].filter(isBelow);
}

function megabytes(pid: number): number {
  return Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) / 1024;
}

/** @throws Error with the end of its output when the command fails. */
export function commandCost(program: string, args: readonly string[], env: Record<string, string> = {}): Promise<CommandCost> {
  const started = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...env } });
  let [treeMb, ffmpegMb, stderr] = [0, 0, ''];
  child.stderr.setEncoding('utf8').on('data', (piece: string) => (stderr = (stderr + piece).slice(-2000)));
  const timer = setInterval(() => {
    if (process.platform !== 'linux' || child.pid === undefined) return;
    const sizes = treeOf(child.pid).map((pid) => ({ mb: megabytes(pid), isFfmpeg: read(`/proc/${pid}/comm`).startsWith('ffmpeg') }));
    treeMb = Math.max(treeMb, sizes.reduce((sum, { mb }) => sum + mb, 0));
    ffmpegMb = Math.max(ffmpegMb, sizes.reduce((sum, { mb, isFfmpeg }) => sum + (isFfmpeg ? mb : 0), 0));
  }, SAMPLE_MS);
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) => {
      clearInterval(timer);
      const wallS = (performance.now() - started) / 1000;
      if (code === 0) done({ wallS, treeMb, ffmpegMb });
      else fail(new Error(`${program} ${args.join(' ').slice(0, 300)} failed: ${stderr}`));
    });
  });
}
