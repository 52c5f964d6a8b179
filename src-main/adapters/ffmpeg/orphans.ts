/**
 * A record per running program in the data folder, so that the next start can end what a killed Kinetone left behind, and
 * only that: the process must have the recorded id, start time and boot, and its owner must be gone.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const IdentitySchema = z.object({ pid: z.number().int().positive(), started: z.string().min(1) });
const RecordSchema = z.object({ child: IdentitySchema, owner: IdentitySchema });
type ProcessIdentity = z.infer<typeof IdentitySchema>;

function startedLinux(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses and may hold anything; the start time is field 22.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z') return null;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19] ?? ''}`;
  } catch {
    return null;
  }
}

/** What tells this process from a later one with the same id, or null when it is not running. */
export function startOf(pid: number): string | null {
  if (process.platform === 'linux') return startedLinux(pid);
  if (process.platform === 'win32') return null;
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}

const isAlive = (identity: ProcessIdentity): boolean => startOf(identity.pid) === identity.started;

/**
 * Notes a started program. Never throws: without a record (a full or read-only disk) the tether still ends the program with
 * us, and only a sweep would miss it. Returns the function that takes the note away when it has ended.
 */
export function recordProcess(folder: string, pid: number): () => void {
  const started = startOf(pid);
  const ownerStarted = startOf(process.pid);
  if (started === null || ownerStarted === null) return () => undefined;
  const file = join(folder, `${process.pid}-${pid}.json`);
  const isWritten = isDone(() => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(file, JSON.stringify({ child: { pid, started }, owner: { pid: process.pid, started: ownerStarted } }));
  });
  const forget = (): void => void isDone(() => rmSync(file, { force: true }));
  // Half a record names nobody; it goes where it can.
  if (!isWritten) forget();
  return isWritten ? forget : () => undefined;
}

function isDone(write: () => void): boolean {
  try {
    write();
    return true;
  } catch {
    // A record that stays behind names a process that is gone; the next sweep removes it.
    return false;
  }
}

/**
 * Ends the recorded programs whose owner is gone, and forgets the records of those that ended.
 * @returns the ids of the ended ones.
 */
export function sweepOrphans(folder: string): number[] {
  const ended: number[] = [];
  for (const name of listRecords(folder)) {
    const file = join(folder, name);
    const record = readRecord(file);
    if (record !== null && isAlive(record.owner)) continue;
    if (record !== null && isAlive(record.child)) {
      process.kill(record.child.pid, 'SIGKILL');
      ended.push(record.child.pid);
    }
    rmSync(file, { force: true });
  }
  return ended;
}

function listRecords(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch {
    return [];
  }
}

function readRecord(file: string): z.infer<typeof RecordSchema> | null {
  try {
    return RecordSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Half written when the machine went down; whoever it named is not provably ours.
    return null;
  }
}
