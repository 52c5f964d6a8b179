/** Saves the mapping that is edited under a name, with the user's presets. */
import { useState } from 'react';

import { en } from '../../../../src-main/contract/text/en.ts';
import { call } from '../../../api/client.ts';
import { takePreset } from '../../../model/mapping-edit.ts';
import { edit } from '../../../stores/project-store.ts';
import { attempt, sayDone } from '../../../stores/toast-store.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useMapping } from '../player/use-scene.ts';
import { usePresets } from './preset-store.ts';

/** An id from a name that no preset has: "Deep House" → "deep-house-2". */
export function presetId(name: string, taken: ReadonlySet<string>): string {
  const base =
    name
      .toLocaleLowerCase()
      .normalize('NFKD')
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 56) || 'mapping';
  let id = base;
  for (let number = 2; taken.has(id); number += 1) id = `${base}-${number}`;
  return id;
}

export function SavePresetDialog({ onClose }: { readonly onClose: () => void }): React.JSX.Element | null {
  const active = useMapping();
  const [name, setName] = useState(active?.mapping.name ?? '');
  if (!active) return null;
  const save = async (): Promise<void> => {
    const { entries, load } = usePresets.getState();
    const id = presetId(name, new Set(entries.map((entry) => entry.mapping.id)));
    const { mapping } = await call('saveMapping', {
      params: { id },
      body: { ...active.mapping, id, name: name.trim() },
    });
    await load();
    edit(takePreset(active.slot, mapping));
    sayDone(en.mapping.presetSaved(mapping.name));
  };
  const finish = (): void => {
    if (name.trim() === '') return;
    onClose();
    attempt(save());
  };
  return (
    <Dialog
      title={en.mapping.savePresetTitle}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{en.frame.cancel}</Button>
          <Button tone="primary" disabled={name.trim() === ''} onClick={finish}>
            {en.frame.done}
          </Button>
        </>
      }
    >
      <TextField
        label={en.project.nameLabel}
        value={name}
        maxLength={80}
        isFocused
        onChange={setName}
        onEnter={finish}
      />
    </Dialog>
  );
}
