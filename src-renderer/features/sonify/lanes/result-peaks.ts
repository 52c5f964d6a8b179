/** The waveform of the rendered result: its peaks, loaded when there is a new one. */
import { useEffect, useState } from 'react';

import { call, shorts } from '../../../api/client.ts';
import type { PeakSource } from '../../../model/waveform.ts';
import { startOf } from '../player/performance.ts';
import { wake } from '../../../ui/animation.ts';

async function load(artifactId: string, signal: AbortSignal): Promise<PeakSource | null> {
  const params = { id: artifactId };
  const [artifact, beginsS, triples] = await Promise.all([
    call('getArtifact', { params, signal }),
    startOf(artifactId),
    shorts('getArtifactPeaks', { params, signal }),
  ]);
  const count = triples.length / 3;
  return artifact.duration_s === null || count === 0 ? null : { triples, secondsPerPeak: artifact.duration_s / count, beginsS };
}

export function useResultPeaks(artifactId: string | null): PeakSource | null {
  const [loaded, setLoaded] = useState<{ readonly id: string; readonly peaks: PeakSource | null } | null>(null);
  useEffect(() => {
    if (artifactId === null) return undefined;
    const abort = new AbortController();
    load(artifactId, abort.signal).then(
      (peaks) => {
        setLoaded({ id: artifactId, peaks });
        wake();
      },
      // A result whose file is gone has no waveform; the lane says that there is none.
      () => undefined,
    );
    return () => abort.abort();
  }, [artifactId]);
  return loaded !== null && loaded.id === artifactId ? loaded.peaks : null;
}
