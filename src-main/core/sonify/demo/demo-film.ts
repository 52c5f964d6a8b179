/** The demo's film as a file: painted once per data folder by a host process, and then found again. */
import type { HostCaller } from '../../host.ts';
import type { RunOptions, WorkFiles } from '../ports.ts';

export interface DemoFilmPorts {
  readonly host: HostCaller;
  readonly files: Pick<WorkFiles, 'artifactPath' | 'partialPath' | 'publish' | 'discard' | 'hasArtifact'>;
  /** What the host needs to start FFmpeg. */
  readonly programs: () => Promise<object>;
}

const NAME = 'Kinetone demo';

/** @returns its absolute path. Cost: some ten seconds the first time. */
export async function demoFilm({ host, files, programs }: DemoFilmPorts, { signal, onProgress }: RunOptions): Promise<string> {
  const path = files.artifactPath(NAME, 'mp4');
  if (files.hasArtifact(NAME, 'mp4')) return path;
  const partial = files.partialPath(path);
  try {
    await host.call('paintDemo', { ...(await programs()), path: partial }, { signal, onEvent: (event) => onProgress?.(event as { done: number }) });
    await files.publish(partial, path);
    return path;
  } finally {
    await files.discard(partial);
  }
}
