/** From the start of the process to an answering studio, against an empty Node; and what it holds in memory while idle. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { type BenchContext, type BenchRow, median } from './row.ts';
import { timeCommand } from './time-command.ts';

const RUNS = 5;
const IDLE_S = 60;

interface Started {
  readonly ms: number;
  readonly pid: number;
  stop(): Promise<void>;
}

async function start(cli: string, data: string): Promise<Started> {
  const at = performance.now();
  const child = spawn(process.execPath, [cli, 'serve', '--data-dir', data], { stdio: 'ignore' });
  const file = join(data, 'serve.json');
  while (!existsSync(file)) await sleep(5);
  const { address, token } = JSON.parse(readFileSync(file, 'utf8')) as { address: string; token: string };
  await fetch(`${address}/api/system`, { headers: { authorization: `Bearer ${token}` } });
  return {
    ms: performance.now() - at,
    pid: child.pid ?? 0,
    stop: () => new Promise((done) => child.once('close', () => done()) && child.kill('SIGTERM')),
  };
}

/** Proportional set size of a process and everything below it, MB; Linux only. */
function pssOf(root: number): number {
  const parentOf = (pid: string): number => {
    try {
      return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
    } catch {
      return 0;
    }
  };
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const ours = new Set([root]);
  for (let size = 0; size !== ours.size; ) {
    size = ours.size;
    for (const pid of all) if (ours.has(parentOf(pid))) ours.add(Number(pid));
  }
  const kilobytes = [...ours].map((pid) => Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0));
  return kilobytes.reduce((sum, value) => sum + value, 0) / 1024;
}

export async function startRows({ repository, folder, say }: BenchContext): Promise<BenchRow[]> {
  const cli = join(repository, 'out/main/cli.js');
  const times: number[] = [];
  const empty: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    empty.push(timeCommand(process.execPath, ['-e', '0']).wallS * 1000);
    const started = await start(cli, join(folder, `start-${run}`));
    times.push(started.ms);
    await started.stop();
  }
  const rows: BenchRow[] = [
    { what: 'start to an answering studio', ours: `${median(times).toFixed(0)} ms`, peer: `node -e 0 ${median(empty).toFixed(0)} ms`, ratio: median(times) / median(empty), bar: '≤ 1.5 s to a usable control' },
  ];
  if (process.platform !== 'linux') return rows;
  say(`idle memory, after ${IDLE_S} s`);
  const idle = await start(cli, join(folder, 'idle'));
  await sleep(IDLE_S * 1000);
  rows.push({ what: 'idle memory, our processes', ours: `${pssOf(idle.pid).toFixed(0)} MB PSS`, peer: '-', ratio: null, bar: '≤ 400 MB' });
  await idle.stop();
  return rows;
}
