/** Recorded performances among the artifacts, and where in the film each began. */
import type { Artifact } from '../../../../src-main/contract/documents/artifact.ts';
import { call, urlOf } from '../../../api/client.ts';
import { performanceStartS } from '../../../model/performance-start.ts';

/** The first lines of an hour's events hold the film's: a mapping has about 10 KB. */
const HEAD_BYTES = 256 * 1024;

/** The file of events a recorded sound was made with; null for other artifacts. */
export function eventsOf(artifact: Artifact): string | null {
  const events = artifact.provenance['performance'];
  return artifact.kind !== 'performance' && typeof events === 'string' ? events : null;
}

/** A recorded sound, not a render of one. */
export const isPerformance = (artifact: Artifact): boolean => artifact.kind === 'audio' && artifact.job_id === null && eventsOf(artifact) !== null;

const known = new Map<string, number>();

/** The time of the film at which a result begins: 0 unless it is a performance. */
export async function startOf(artifactId: string): Promise<number> {
  const kept = known.get(artifactId);
  if (kept !== undefined) return kept;
  const events = eventsOf(await call('getArtifact', { params: { id: artifactId } }));
  if (events === null) return 0;
  const response = await fetch(urlOf('getArtifactFile', { params: { id: events } }), { headers: { range: `bytes=0-${HEAD_BYTES - 1}` } });
  const startS = response.ok ? (performanceStartS(await response.text()) ?? 0) : 0;
  known.set(artifactId, startS);
  return startS;
}
