/** The context menu of the selected entries. */
import { ArrowRightFromLine, AudioWaveform, Ear, PersonStanding, ScanEye, Sparkles, Tag, Trash2, Unlink2 } from 'lucide-react';

import { en } from '../../../src-main/contract/text/en.ts';
import type { CommandId } from '../../model/command-table.ts';
import { chordsOf } from '../../model/key-bindings.ts';
import { commands } from '../../stores/command-store.ts';
import { sonify } from '../../stores/project-list-store.ts';
import { useSettings } from '../../stores/settings-store.ts';
import { attempt } from '../../stores/toast-store.ts';
import type { MenuEntry, MenuGroups } from '../../ui/menu.tsx';
import { activeEntry, selectedEntries, unmakeMoves } from './entry-actions.ts';
import { openSongView } from './library-view.ts';

/** A menu entry that runs a command. */
function entry(id: CommandId, icon: NonNullable<MenuEntry['icon']>, label: string = en.command.label[id]): MenuEntry {
  const chord = chordsOf(id, useSettings.getState().settings.keys)[0] ?? null;
  return { label, icon, chord, isDisabled: !commands.canRun(id), run: () => void commands.run(id) };
}

export function entryMenu(): MenuGroups {
  const selected = selectedEntries();
  const one = selected.length === 1 ? activeEntry() : null;
  const hasMoves = selected.some((each) => each.move);
  const plainVideos = selected.filter((each) => each.item.kind === 'video' && !each.move);
  return [
    [
      ...(one?.item.kind === 'video' ? [{ label: en.library.item.sonify, icon: AudioWaveform, run: () => attempt(sonify(one.item)) }] : []),
      ...(one?.item.kind === 'audio' ? [{ label: en.moves.action.openSong, icon: Ear, run: () => openSongView(one.id) }] : []),
    ],
    hasMoves
      ? [entry('library.like', Sparkles), entry('library.follow', ArrowRightFromLine), entry('library.edit', Tag)]
      : [],
    [
      ...(plainVideos.length > 0 ? [entry('library.makeMoves', PersonStanding)] : []),
      entry('library.analyse', ScanEye, en.library.item.analyse),
    ],
    [
      ...(hasMoves ? [{ label: en.moves.action.unmake, icon: Unlink2, run: () => unmakeMoves(selected) }] : []),
      { ...entry('library.remove', Trash2), isDanger: true },
    ],
  ];
}
