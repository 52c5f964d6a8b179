/** The presets, each with a picture of its character that moves while it is pointed at. */
import { Download, Ellipsis, Save, Trash2, Upload } from 'lucide-react';
import { useEffect, useState } from 'react';

import type { Mapping } from '../../../../src-main/contract/documents/mapping.ts';
import { MappingSchema } from '../../../../src-main/contract/documents/mapping.ts';
import type { MappingEntry } from '../../../../src-main/contract/operations/sonify.ts';
import { en } from '../../../../src-main/contract/text/en.ts';
import { call } from '../../../api/client.ts';
import { takePreset } from '../../../model/mapping-edit.ts';
import type { Slot } from '../../../model/mapping-edit.ts';
import { edit } from '../../../stores/project-store.ts';
import { useShell } from '../../../stores/shell-store.ts';
import { attempt, say } from '../../../stores/toast-store.ts';

import { Fold } from '../../../ui/fold.tsx';
import { DropMenu } from '../../../ui/menu.tsx';
import { saveText } from '../../../ui/save-text.ts';
import { pickFiles } from '../../library/pick-media.ts';
import { StartCompare } from './compare-bar.tsx';
import { usePresets } from './preset-store.ts';
import { PresetPortrait } from './preset-portrait.tsx';

interface PresetsProps {
  readonly mapping: Mapping;
  readonly slot: Slot;
}

/** Whether the mapping is still as its preset made it. */
function isUnchanged(mapping: Mapping, entries: readonly MappingEntry[]): boolean {
  const preset = entries.find((entry) => entry.mapping.id === mapping.id);
  return preset !== undefined && JSON.stringify(preset.mapping) === JSON.stringify(mapping);
}

async function importPreset(slot: Slot): Promise<void> {
  const [file] = await pickFiles({ accept: '.json', isMultiple: false });
  if (!file) return;
  const parsed = MappingSchema.safeParse(
    await file
      .text()
      .then(JSON.parse)
      .catch(() => null),
  );
  if (parsed.success) edit(takePreset(slot, parsed.data));
  else say(en.mapping.notAMapping);
}

async function deletePreset(mapping: Mapping): Promise<void> {
  await call('deleteMapping', { params: { id: mapping.id } });
  await usePresets.getState().load();
  say(en.mapping.presetDeleted(mapping.name));
}

export function Presets({ mapping, slot }: PresetsProps): React.JSX.Element {
  const entries = usePresets((state) => state.entries);
  const load = usePresets((state) => state.load);
  useEffect(() => attempt(load()), [load]);
  const own = entries.find((entry) => entry.mapping.id === mapping.id && !entry.is_built_in);
  const groups = [
    [
      { label: en.mapping.savePreset, icon: Save, run: () => useShell.getState().openDialog('save-preset') },
      {
        label: en.mapping.exportPreset,
        icon: Download,
        run: () => saveText(`${mapping.id}.json`, JSON.stringify(mapping, null, 2)),
      },
      { label: en.mapping.importPreset, icon: Upload, run: () => attempt(importPreset(slot)) },
    ],
    own
      ? [
          {
            label: en.mapping.deletePreset,
            icon: Trash2,
            isDanger: true,
            run: () => attempt(deletePreset(own.mapping)),
          },
        ]
      : [],
  ];
  const aside = (
    <>
      <span className="preset-now truncate">
        {mapping.name}
        {isUnchanged(mapping, entries) ? '' : ` · ${en.mapping.changed}`}
      </span>
      <StartCompare mapping={mapping} />
      <DropMenu groups={groups} label={en.mapping.presets} align="end">
        <button
          type="button"
          className="icon-button icon-button-small"
          aria-label={`${en.mapping.presets}: ${en.frame.more}`}
        >
          <Ellipsis size={16} aria-hidden="true" />
        </button>
      </DropMenu>
    </>
  );
  return (
    <Fold id="presets" title={en.mapping.presets} aside={aside}>
      <ul className="preset-grid">
        {entries.map((entry) => (
          <PresetCard
            key={entry.mapping.id}
            entry={entry}
            isChosen={entry.mapping.id === mapping.id}
            onChoose={() => edit(takePreset(slot, entry.mapping))}
          />
        ))}
      </ul>
    </Fold>
  );
}

interface PresetCardProps {
  readonly entry: MappingEntry;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function PresetCard({ entry, isChosen, onChoose }: PresetCardProps): React.JSX.Element {
  const [isPointed, setPointed] = useState(false);
  const { mapping } = entry;
  return (
    <li>
      <button
        type="button"
        className="preset-card"
        aria-pressed={isChosen}
        title={mapping.description}
        onClick={onChoose}
        onPointerEnter={() => setPointed(true)}
        onPointerLeave={() => setPointed(false)}
        onFocus={() => setPointed(true)}
        onBlur={() => setPointed(false)}
      >
        <PresetPortrait mapping={mapping} isMoving={isPointed} />
        <span className="preset-name truncate">{mapping.name}</span>
        <span className="figures preset-bpm">{mapping.tempo.bpm}</span>
      </button>
    </li>
  );
}
