/** Gives the player the open project: film, range, and the mapping that is edited (A or B). */
import { useEffect } from 'react';
import { create } from 'zustand';

import type { Mapping } from '../../../../src-main/contract/documents/mapping.ts';
import type { SonifyDocument } from '../../../../src-main/contract/documents/project.ts';
import type { Slot } from '../../../model/mapping-edit.ts';
import { useMediaItem } from '../../../stores/media-store.ts';
import { useProject } from '../../../stores/project-store.ts';
import { startOf } from './performance.ts';
import { player } from './player.ts';
import { usePlayer } from './player-store.ts';

/** Which of the two versions is edited and heard. */
export const useSlot = create<{ readonly slot: Slot }>()(() => ({ slot: 'mapping' }));

/** Both versions are brought to this loudness while they are compared. */
const COMPARE_LUFS = -18;

export function activeSlot(document: SonifyDocument, slot: Slot): Slot {
  return slot === 'compared' && document.compared ? 'compared' : 'mapping';
}

/** The mapping that is edited and heard now. */
export function useMapping(): { readonly mapping: Mapping; readonly slot: Slot } | null {
  const document = useProject((state) => state.document);
  const slot = useSlot((state) => state.slot);
  if (!document) return null;
  const active = activeSlot(document, slot);
  return { mapping: document[active] ?? document.mapping, slot: active };
}

export function useScene(): void {
  const document = useProject((state) => state.document);
  const slot = useSlot((state) => state.slot);
  const item = useMediaItem(document?.media_id ?? null);
  const isLooping = usePlayer((state) => state.isLooping);
  const mediaId = item?.id ?? null;
  const durationS = item?.probe.duration_s ?? 0;
  const isAnalysed = item?.features === 'ready';
  useEffect(() => {
    const mapping = document && (document[activeSlot(document, slot)] ?? document.mapping);
    const sounding = mapping && { mapping, seed: document.seed };
    if (!mapping || mediaId === null) {
      player.setScene({ durationS: 0, range: null, voicing: null, sounding, isAnalysed: false });
      return;
    }
    const loudness = document.compared ? COMPARE_LUFS : 'off';
    player.setScene({
      durationS,
      range: document.range,
      voicing: { mediaId, durationS, mapping, seed: document.seed, loudness },
      sounding,
      isAnalysed,
    });
  }, [document, slot, mediaId, durationS, isLooping, isAnalysed]);
  const resultId = document?.result_artifact_id ?? null;
  useEffect(() => {
    usePlayer.setState({ resultId });
    let isCurrent = true;
    const take = (startS: number): void => (isCurrent ? player.result.setArtifact(resultId, startS) : undefined);
    // A result that is gone says so itself when it is played.
    if (resultId === null) take(0);
    else startOf(resultId).then(take, () => take(0));
    return () => {
      isCurrent = false;
    };
  }, [resultId]);
}
