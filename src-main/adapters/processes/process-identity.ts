/**
 * Names a process so that it is never confused with a later one of the same pid: host, boot, pid, start time, random.
 * Linux: field 22 of /proc/<pid>/stat (proc(5)) and the kernel's boot id; elsewhere a live pid counts as the same process.
 */
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

const UNKNOWN = 'x';

const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').replaceAll('-', '').slice(0, 8);
  } catch {
    return UNKNOWN;
  }
}

/** Clock ticks since boot; null when the process is gone, 'x' where the system does not say. */
function startTicks(pid: number): string | null {
  if (!isPidLive(pid)) return null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command in parentheses may hold spaces and parentheses itself: fields are counted after the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : (fields[19] ?? UNKNOWN);
  } catch {
    return process.platform === 'linux' ? null : UNKNOWN;
  }
}

function isPidLive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A name for this process, unique for ever; the same process may hold several. */
export function newOwnerName(): string {
  return [host, bootId(), process.pid, startTicks(process.pid) ?? UNKNOWN, randomBytes(4).toString('hex')].join('.');
}

/** Whether the process behind a name still runs; true for a name of another machine, which cannot be asked. */
export function isOwnerAlive(name: string): boolean {
  const [ownerHost, ownerBoot, pid, ticks] = name.split('.');
  if (ownerHost !== host) return true;
  const boot = bootId();
  if (boot !== UNKNOWN && ownerBoot !== boot) return false;
  const now = startTicks(Number(pid));
  return now !== null && (now === UNKNOWN || now === ticks);
}
