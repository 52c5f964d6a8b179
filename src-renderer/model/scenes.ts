/** Edits of a project's scenes as named commands: store, recall, rename, morph time, move, delete. */
import type { Mapping } from '../../src-main/contract/documents/mapping.ts';
import type { Command } from '../../src-main/contract/documents/project.ts';
import { MOST_MORPH_MS, MOST_SCENES } from '../../src-main/contract/documents/scene.ts';
import type { Scene } from '../../src-main/contract/documents/scene.ts';
import { en } from '../../src-main/contract/text/en.ts';
import { pointer } from './json-patch.ts';
import type { Slot } from './mapping-edit.ts';

const say = en.live.scenes.edit;
const DEFAULT_MORPH_MS = 2000;

type Scenes = readonly Scene[];

const placeOf = (scenes: Scenes, id: string): number => scenes.findIndex((scene) => scene.id === id);

function freeId(scenes: Scenes): string {
  const taken = new Set(scenes.map((scene) => scene.id));
  let number = scenes.length + 1;
  while (taken.has(`scene-${number}`)) number += 1;
  return `scene-${number}`;
}

/** A name no scene has: the mapping's own, numbered where it is taken. */
function freeName(scenes: Scenes, wanted: string): string {
  const taken = new Set(scenes.map((scene) => scene.name));
  const base = wanted.slice(0, 34);
  let name = base;
  for (let number = 2; taken.has(name); number += 1) name = `${base} ${number}`;
  return name;
}

/** Keeps the mapping that sounds as a new scene; null when there is no room. */
export function storeScene(scenes: Scenes, mapping: Mapping): { readonly command: Command; readonly scene: Scene } | null {
  if (scenes.length >= MOST_SCENES) return null;
  const scene: Scene = { id: freeId(scenes), name: freeName(scenes, mapping.name), mapping, morph_ms: DEFAULT_MORPH_MS };
  return { scene, command: { label: say.store(scene.name), patches: [{ op: 'add', path: '/scenes/-', value: scene }] } };
}

/** Keeps the mapping that sounds in the place of what a scene held. */
export function overwriteScene(scenes: Scenes, id: string, mapping: Mapping): Command | null {
  const place = placeOf(scenes, id);
  const scene = scenes[place];
  if (!scene) return null;
  return { label: say.overwrite(scene.name), patches: [{ op: 'replace', path: pointer('scenes', place, 'mapping'), value: mapping }] };
}

/** Makes a scene's mapping the one that sounds. */
export function recallScene(slot: Slot, scene: Scene): Command {
  return { label: say.recall(scene.name), patches: [{ op: 'replace', path: pointer(slot), value: scene.mapping }] };
}

export function renameScene(scenes: Scenes, id: string, name: string): Command | null {
  const place = placeOf(scenes, id);
  const clean = name.trim().slice(0, 40);
  if (place === -1 || clean === '' || scenes[place]?.name === clean) return null;
  return { label: say.rename(clean), patches: [{ op: 'replace', path: pointer('scenes', place, 'name'), value: clean }] };
}

export function setMorph(scenes: Scenes, id: string, morphMs: number): Command | null {
  const place = placeOf(scenes, id);
  const scene = scenes[place];
  if (!scene) return null;
  const value = Math.min(MOST_MORPH_MS, Math.max(0, Math.round(morphMs)));
  return { label: say.morph(scene.name), patches: [{ op: 'replace', path: pointer('scenes', place, 'morph_ms'), value }], merge_key: `scene:${id}:morph` };
}

export function deleteScene(scenes: Scenes, id: string): Command | null {
  const place = placeOf(scenes, id);
  const scene = scenes[place];
  return scene ? { label: say.delete(scene.name), patches: [{ op: 'remove', path: pointer('scenes', place) }] } : null;
}

/** Moves a scene to another place; null where it is there already. */
export function moveScene(scenes: Scenes, id: string, to: number): Command | null {
  const place = placeOf(scenes, id);
  const scene = scenes[place];
  if (!scene || to === place || to < 0 || to >= scenes.length) return null;
  return {
    label: say.move(scene.name),
    patches: [
      { op: 'remove', path: pointer('scenes', place) },
      { op: 'add', path: pointer('scenes', to), value: scene },
    ],
  };
}

/** The scene that sounds: the one whose mapping is the mapping, to the last number. */
export function soundingScene(scenes: Scenes, mapping: Mapping): string | null {
  const text = JSON.stringify(mapping);
  return scenes.find((scene) => scene.mapping === mapping || JSON.stringify(scene.mapping) === text)?.id ?? null;
}
