/** Learns a row's input range from the analysed film: a few hundred frames spread over all of it. */
import type { MappingRow } from '../../../../src-main/contract/documents/mapping.ts';
import { AppError } from '../../../../src-main/contract/errors.ts';
import { en } from '../../../../src-main/contract/text/en.ts';
import { call } from '../../../api/client.ts';
import { learnRange } from '../../../model/learn-range.ts';
import { setRowField } from '../../../model/mapping-edit.ts';
import type { Slot } from '../../../model/mapping-edit.ts';
import { edit, useProject } from '../../../stores/project-store.ts';
import { say } from '../../../stores/toast-store.ts';

const FRAMES = 600;

export async function learnFromFilm(slot: Slot, row: MappingRow): Promise<void> {
  const mediaId = useProject.getState().document?.media_id;
  if (mediaId == null) return;
  const params = { id: mediaId };
  const info = await call('getFeatureInfo', { params });
  if (info.frames === 0) throw new AppError('features-missing', en.mapping.row.learnMissing);
  const stride = Math.ceil(info.frames / FRAMES);
  const { frames } = await call('getMediaFeatureSeries', { params, query: { start: 0, end: info.frames - 1, stride } });
  const range = learnRange(
    row.source,
    frames.map((frame) => frame.features),
    row.input,
  );
  const rows = useProject.getState().document?.[slot]?.rows ?? [];
  if (range === null) return;
  edit(setRowField(slot, rows, row.id, 'input', range));
  say(en.mapping.row.learned);
}
