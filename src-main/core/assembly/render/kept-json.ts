/** What was written beside a result about it. */
import type { AssemblyFiles } from '../ports.ts';

/** @returns null where there is none, or what is there is damaged. */
export async function keptJson(files: Pick<AssemblyFiles, 'has' | 'readText'>, path: string): Promise<unknown> {
  if (!files.has(path)) return null;
  try {
    return JSON.parse(await files.readText(path)) as unknown;
  } catch {
    return null;
  }
}
