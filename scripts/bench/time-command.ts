/** Wall and CPU time of a command with everything it started and waited for. */
import { spawnSync } from 'node:child_process';

export interface CommandTime {
  readonly wallS: number;
  /** User and system time of the command and its children. */
  readonly cpuS: number;
}

/** @throws Error with the end of its output when the command fails. */
export function timeCommand(program: string, args: readonly string[]): CommandTime {
  const script = `TIMEFORMAT='@@ %R %U %S'; time "$@" >/dev/null`;
  const ended = spawnSync('bash', ['-c', script, 'bash', program, ...args], { encoding: 'utf8' });
  const match = /@@ ([\d.]+) ([\d.]+) ([\d.]+)/.exec(ended.stderr);
  if (ended.status !== 0 || !match) throw new Error(`${program} ${args.join(' ')} failed: ${ended.stderr.slice(-500)}`);
  return { wallS: Number(match[1]), cpuS: Number(match[2]) + Number(match[3]) };
}
