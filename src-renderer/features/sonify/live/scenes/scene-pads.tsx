/** Scenes as pads: a press goes over to one in its time; the menu keeps, renames, moves and deletes. */
import { ArrowLeft, ArrowRight, Pencil, Plus, Save, Trash2 } from 'lucide-react';
import { useState } from 'react';

import { MOST_SCENES } from '../../../../../src-main/contract/documents/scene.ts';
import type { Scene } from '../../../../../src-main/contract/documents/scene.ts';
import { en } from '../../../../../src-main/contract/text/en.ts';
import { fixed } from '../../../../model/format.ts';
import { deleteScene, moveScene, overwriteScene, renameScene, setMorph, soundingScene } from '../../../../model/scenes.ts';
import { useChord } from '../../../../stores/command-store.ts';
import type { CommandId } from '../../../../model/command-table.ts';
import { edit, useProject } from '../../../../stores/project-store.ts';
import { CommandButton } from '../../../../ui/button.tsx';
import { ContextMenu } from '../../../../ui/menu.tsx';
import type { MenuGroups } from '../../../../ui/menu.tsx';
import { NumberField } from '../../../../ui/number-field.tsx';
import { Tooltip } from '../../../../ui/tooltip.tsx';
import { useMapping } from '../../player/use-scene.ts';
import { recall, useSceneChoice } from './scene-actions.ts';
import './scenes.css';

const say = en.live.scenes;
const NO_SCENES: readonly Scene[] = [];
const KEYS = 9;
const seconds = (ms: number): string => `${fixed(ms / 1000, 1)} s`;

export function ScenePads(): React.JSX.Element | null {
  const scenes = useProject((state) => state.document?.scenes ?? NO_SCENES);
  const active = useMapping();
  const [renaming, setRenaming] = useState<string | null>(null);
  const chosen = useSceneChoice((state) => state.id);
  if (!active) return null;
  const sounding = soundingScene(scenes, active.mapping);
  const current = scenes.find((scene) => scene.id === chosen) ?? scenes.find((scene) => scene.id === sounding) ?? null;
  const menuOf = (scene: Scene, place: number): MenuGroups => [
    [
      { label: say.overwrite, icon: Save, run: () => edit(overwriteScene(scenes, scene.id, active.mapping)) },
      { label: say.rename, icon: Pencil, run: () => setRenaming(scene.id) },
    ],
    [
      { label: say.left, icon: ArrowLeft, isDisabled: place === 0, run: () => edit(moveScene(scenes, scene.id, place - 1)) },
      { label: say.right, icon: ArrowRight, isDisabled: place === scenes.length - 1, run: () => edit(moveScene(scenes, scene.id, place + 1)) },
    ],
    [{ label: say.delete, icon: Trash2, isDanger: true, run: () => edit(deleteScene(scenes, scene.id)) }],
  ];
  return (
    <div className="scenes" role="group" aria-label={say.title}>
      <ol className="scene-pads">
        {scenes.map((scene, place) => (
          <li key={scene.id}>
            {renaming === scene.id ? (
              <NameField scene={scene} scenes={scenes} onEnd={() => setRenaming(null)} />
            ) : (
              <ContextMenu label={scene.name} groups={menuOf(scene, place)}>
                <span>
                  <Pad scene={scene} place={place} isSounding={scene.id === sounding} />
                </span>
              </ContextMenu>
            )}
          </li>
        ))}
        {scenes.length === 0 ? <li className="scene-none">{say.none}</li> : null}
      </ol>
      <div className="scene-tools">
        {scenes.length < MOST_SCENES ? <CommandButton command="scene.store" icon={Plus} /> : null}
        {current ? (
          <NumberField
            label={say.morph}
            name={say.morphOf(current.name)}
            value={current.morph_ms / 1000}
            min={0}
            max={120}
            step={0.1}
            toPosition={(value) => Math.sqrt(value / 120)}
            toValue={(position) => position * position * 120}
            format={(value) => `${fixed(value, 1)} s`}
            parse={(text) => (Number.isFinite(Number.parseFloat(text)) ? Number.parseFloat(text.replace(',', '.')) : null)}
            onChange={(value) => edit(setMorph(scenes, current.id, value * 1000))}
          />
        ) : null}
      </div>
    </div>
  );
}

interface PadProps {
  readonly scene: Scene;
  readonly place: number;
  readonly isSounding: boolean;
}

function Pad({ scene, place, isSounding }: PadProps): React.JSX.Element {
  const chord = useChord(place < KEYS ? (`scene.${place + 1}` as CommandId) : undefined);
  return (
    <Tooltip text={say.recall(scene.name, seconds(scene.morph_ms))} chord={chord}>
      <button
        type="button"
        className="scene-pad"
        aria-pressed={isSounding}
        aria-label={say.pad(place + 1, scene.name)}
        data-midi={`scene:${place + 1}`}
        onClick={() => recall(scene)}
      >
        <span className="figures scene-number">{place + 1}</span>
        <span className="truncate">{scene.name}</span>
      </button>
    </Tooltip>
  );
}

interface NameFieldProps {
  readonly scene: Scene;
  readonly scenes: readonly Scene[];
  readonly onEnd: () => void;
}

function NameField({ scene, scenes, onEnd }: NameFieldProps): React.JSX.Element {
  const [name, setName] = useState(scene.name);
  const take = (): void => {
    edit(renameScene(scenes, scene.id, name));
    onEnd();
  };
  return (
    <input
      className="scene-name"
      aria-label={say.nameOf(scene.name)}
      value={name}
      maxLength={40}
      autoFocus
      onFocus={(event) => event.target.select()}
      onChange={(event) => setName(event.target.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take();
        else if (event.key === 'Escape') onEnd();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
}
