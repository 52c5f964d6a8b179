import { expect, it } from 'vitest';

import type { Command, SonifyDocument } from '../../src-main/contract/documents/project.ts';
import { MOST_SCENES } from '../../src-main/contract/documents/scene.ts';
import { plainMapping } from '../../tests/fixtures/mapping.ts';
import { applyPatches } from './json-patch.ts';
import { deleteScene, moveScene, overwriteScene, recallScene, renameScene, setMorph, soundingScene, storeScene } from './scenes.ts';

const empty = { mapping: plainMapping, compared: null, scenes: [] } as unknown as SonifyDocument;
const apply = (document: SonifyDocument, command: Command | null): SonifyDocument => (command ? applyPatches(document, command.patches) : document);
const names = (document: SonifyDocument): string[] => document.scenes.map((scene) => scene.name);
const stored = (count: number): SonifyDocument =>
  Array.from({ length: count }).reduce<SonifyDocument>((document) => apply(document, storeScene(document.scenes, document.mapping)?.command ?? null), empty);

it('stores what sounds under names and ids of its own', () => {
  const { scenes } = stored(3);
  expect(new Set(scenes.map((scene) => scene.id)).size).toBe(3);
  expect(new Set(scenes.map((scene) => scene.name)).size).toBe(3);
  expect(scenes[0]?.mapping).toEqual(empty.mapping);
});

it('has room for sixteen', () => {
  expect(storeScene(stored(MOST_SCENES).scenes, empty.mapping)).toBeNull();
});

it('recalls a scene as the mapping, and knows which one sounds', () => {
  const document = stored(1);
  const [scene] = document.scenes;
  if (!scene) throw new Error('no scene');
  const changed = { ...document, mapping: { ...document.mapping, sync: !document.mapping.sync } };
  expect(soundingScene(changed.scenes, changed.mapping)).toBeNull();
  const recalled = apply(changed, recallScene('mapping', scene));
  expect(soundingScene(recalled.scenes, recalled.mapping)).toBe(scene.id);
});

it('overwrites, renames, times and deletes one scene and leaves the others', () => {
  let document = stored(3);
  const [first, second, third] = document.scenes.map((scene) => scene.id);
  const other = { ...document.mapping, sync: !document.mapping.sync };
  document = apply(document, overwriteScene(document.scenes, second ?? '', other));
  document = apply(document, renameScene(document.scenes, second ?? '', ' Drop '));
  document = apply(document, setMorph(document.scenes, second ?? '', 4500.4));
  expect(document.scenes[1]).toMatchObject({ name: 'Drop', morph_ms: 4500, mapping: other });
  document = apply(document, deleteScene(document.scenes, first ?? ''));
  expect(document.scenes.map((scene) => scene.id)).toEqual([second, third]);
});

it('moves a scene and keeps the rest in order', () => {
  const document = stored(4);
  const [a, b, c, d] = names(document);
  const id = document.scenes[3]?.id ?? '';
  expect(names(apply(document, moveScene(document.scenes, id, 1)))).toEqual([a, d, b, c]);
  expect(moveScene(document.scenes, id, 3)).toBeNull();
  expect(moveScene(document.scenes, id, 4)).toBeNull();
});

it('does nothing to a scene that is gone, and refuses an empty name', () => {
  const { scenes } = stored(1);
  expect([deleteScene(scenes, 'gone'), setMorph(scenes, 'gone', 1), renameScene(scenes, scenes[0]?.id ?? '', '  ')]).toEqual([null, null, null]);
});
