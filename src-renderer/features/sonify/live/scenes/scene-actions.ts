/** What pads, keys and controllers do with scenes. */
import { create } from 'zustand';

import type { Scene } from '../../../../../src-main/contract/documents/scene.ts';
import { en } from '../../../../../src-main/contract/text/en.ts';
import { recallScene, storeScene } from '../../../../model/scenes.ts';
import { edit, useProject } from '../../../../stores/project-store.ts';
import { say } from '../../../../stores/toast-store.ts';
import { player } from '../../player/player.ts';
import { activeSlot, useSlot } from '../../player/use-scene.ts';

/** The scene that was chosen last: its morph time stands in the deck. */
export const useSceneChoice = create<{ readonly id: string | null }>()(() => ({ id: null }));

export function sceneAt(place: number): Scene | null {
  return useProject.getState().document?.scenes[place] ?? null;
}

/** Goes over to a scene in its time. */
export function recall(scene: Scene | null): void {
  const { document } = useProject.getState();
  if (!document || !scene) return;
  useSceneChoice.setState({ id: scene.id });
  // Before the edit: what sounds is then this mapping already, and the edit does not cut the morph short.
  player.live.setMapping(scene.mapping, scene.morph_ms);
  edit(recallScene(activeSlot(document, useSlot.getState().slot), scene));
}

/** Keeps what sounds now as a new scene. */
export function store(): void {
  const { document } = useProject.getState();
  if (!document) return;
  const mapping = document[activeSlot(document, useSlot.getState().slot)] ?? document.mapping;
  const stored = storeScene(document.scenes, mapping);
  if (!stored) {
    say(en.live.scenes.full);
    return;
  }
  edit(stored.command);
  useSceneChoice.setState({ id: stored.scene.id });
}
