/** The controls a MIDI binding can turn or press, by the names that bindings keep: `param:bass_drive`, `scene:3`, … */
import type { Mapping } from '../../../src-main/contract/documents/mapping.ts';
import { VOICES, parameterIds, parameters } from '../../../src-main/contract/documents/parameters.ts';
import type { ParameterId, Voice } from '../../../src-main/contract/documents/parameters.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { faderGain, faderPosition } from '../../model/fader.ts';
import { setPart, setResting, setStrip } from '../../model/mapping-edit.ts';
import type { Slot } from '../../model/mapping-edit.ts';
import { commandTable, labelOf } from '../../model/command-table.ts';
import type { CommandId } from '../../model/command-table.ts';
import { positionOf, tidy, valueAt } from '../../model/parameter-scale.ts';
import { commands } from '../../stores/command-store.ts';
import { edit, useProject } from '../../stores/project-store.ts';
import { setLiveVolume } from '../sonify/live/output/live-output.ts';
import { audioSettings } from '../sonify/live/live-sound.ts';
import { recall, sceneAt } from '../sonify/live/scenes/scene-actions.ts';
import { capital } from '../sonify/mapping/choices.ts';
import { activeSlot, useSlot } from '../sonify/player/use-scene.ts';

export type Control =
  | { readonly kind: 'turn'; readonly name: string; readonly position: () => number | null; readonly set: (position: number) => void }
  | { readonly kind: 'press'; readonly name: string; readonly press: () => void };

const say = en.live.midi;
const MASTER_GAIN = { min: -24, max: 12, scale: 'linear' } as const;

interface Edited {
  readonly mapping: Mapping;
  readonly slot: Slot;
}

function edited(): Edited | null {
  const { document } = useProject.getState();
  if (!document) return null;
  const slot = activeSlot(document, useSlot.getState().slot);
  return { slot, mapping: document[slot] ?? document.mapping };
}

/** A control of the mapping that is turned. */
function turned(name: string, read: (mapping: Mapping) => number, write: (now: Edited, position: number) => void): Control {
  return {
    kind: 'turn',
    name,
    position: () => {
      const now = edited();
      return now && read(now.mapping);
    },
    set: (position) => {
      const now = edited();
      if (now) write(now, position);
    },
  };
}

function parameterControl(id: ParameterId): Control {
  const spec = parameters[id];
  return turned(
    capital(spec.label),
    (mapping) => positionOf(mapping.resting[id] ?? spec.default, spec),
    ({ slot, mapping }, position) => edit(setResting(slot, mapping, id, tidy(valueAt(position, spec), spec))),
  );
}

function stripControl(voice: Voice, field: string): Control | null {
  const name = `${en.mapping.voice[voice]}: ${en.mapping.edit.stripField[field as 'gain_db'] ?? field}`;
  switch (field) {
    case 'gain_db':
      return turned(name, (mapping) => faderPosition(mapping.mixer[voice].gain_db), ({ slot }, to) => edit(setStrip(slot, voice, field, faderGain(to))));
    case 'pan':
      return turned(name, (mapping) => (mapping.mixer[voice].pan + 1) / 2, ({ slot }, to) => edit(setStrip(slot, voice, field, Math.round((to * 2 - 1) * 100) / 100)));
    case 'mute':
    case 'solo':
      return {
        kind: 'press',
        name,
        press: () => {
          const now = edited();
          if (now) edit(setStrip(now.slot, voice, field, !now.mapping.mixer[voice][field]));
        },
      };
    default:
      return null;
  }
}

function masterControl(field: string): Control | null {
  const label = en.mapping.edit.master;
  if (field === 'gain_db')
    return turned(
      `${en.mapping.mixer.master}: ${en.mapping.mixer.gain}`,
      (mapping) => positionOf(mapping.master.gain_db, MASTER_GAIN),
      ({ slot }, to) => edit(setPart(slot, label, ['master', 'gain_db'], Math.round(valueAt(to, MASTER_GAIN) * 10) / 10)),
    );
  if (field === 'compression')
    return turned(
      `${en.mapping.mixer.master}: ${en.mapping.mixer.compression}`,
      (mapping) => mapping.master.compression,
      ({ slot }, to) => edit(setPart(slot, label, ['master', 'compression'], Math.round(to * 1000) / 1000)),
    );
  return null;
}

/** The control of a name; null when this version has none of that name. */
export function controlOf(target: string): Control | null {
  const [area, first = '', second = ''] = target.split(':');
  switch (area) {
    case 'param':
      return parameterIds.includes(first as ParameterId) ? parameterControl(first as ParameterId) : null;
    case 'strip':
      return VOICES.includes(first as Voice) ? stripControl(first as Voice, second) : null;
    case 'master':
      return masterControl(first);
    case 'output':
      return { kind: 'turn', name: say.volume, position: () => audioSettings().volume, set: setLiveVolume };
    case 'scene':
      return { kind: 'press', name: say.scene(Number(first)), press: () => recall(sceneAt(Number(first) - 1)) };
    case 'command':
      return first in commandTable ? { kind: 'press', name: labelOf(first as CommandId), press: () => void commands.run(first as CommandId) } : null;
    default:
      return null;
  }
}
