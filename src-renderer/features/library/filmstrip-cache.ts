/** Geometry of filmstrips, asked for once per film; a failed question is asked again. */
import type { Filmstrip } from '../../../src-main/contract/documents/media-item.ts';
import { call } from '../../api/client.ts';

const known = new Map<string, Promise<Filmstrip>>();

export function filmstripOf(mediaId: string): Promise<Filmstrip> {
  const asked = known.get(mediaId);
  if (asked) return asked;
  const answer = call('getFilmstrip', { params: { id: mediaId } });
  known.set(mediaId, answer);
  answer.catch(() => known.delete(mediaId));
  return answer;
}

/** Forgets a film's geometry while its strip is still growing. */
export function forgetFilmstrip(mediaId: string): void {
  known.delete(mediaId);
}
