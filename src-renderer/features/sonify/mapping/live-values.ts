/** What the mapping does right now: as the live sound says, else from the trace of the stretch that is heard. */
import type { ParameterId } from '../../../../src-main/contract/documents/parameters.ts';
import { readParameter, readRow } from '../../../model/preview-trace.ts';
import { liveFrame, readParameter as readLiveParameter, readRow as readLiveRow } from '../live/live-readings.ts';
import { player } from '../player/player.ts';

/** Input (0..1) and output (parameter's unit) of a row; null while no preview holds the playhead. */
export function liveRow(rowId: string): { readonly input: number; readonly output: number } | null {
  if (liveFrame()) return readLiveRow(rowId);
  const stretch = player.stretchHere();
  return stretch ? readRow(stretch.trace, stretch.rowIds.indexOf(rowId), player.positionS) : null;
}

export function liveParameter(id: ParameterId): number | null {
  if (liveFrame()) return readLiveParameter(id);
  const stretch = player.stretchHere();
  return stretch ? readParameter(stretch.trace, id, player.positionS) : null;
}
