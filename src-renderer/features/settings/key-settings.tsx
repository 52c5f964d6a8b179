/** Keys: every command with its key; a click waits for the new one; conflicts are named; reset, export, import. */
import { Download, RotateCcw, Upload } from 'lucide-react';
import { useState } from 'react';

import { en } from '../../../src-main/contract/text/en.ts';
import { commandIds, commandTable, labelOf } from '../../model/command-table.ts';
import type { CommandId } from '../../model/command-table.ts';
import { search } from '../../model/fuzzy-search.ts';
import { chordsOf, conflictsOf, parseKeys } from '../../model/key-bindings.ts';
import { chordOf } from '../../model/key-chord.ts';
import { isMac } from '../../stores/command-store.ts';
import { useSettings } from '../../stores/settings-store.ts';
import { attempt, say } from '../../stores/toast-store.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { KeyCaps } from '../../ui/key-caps.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { saveText } from '../../ui/save-text.ts';
import { pickFiles } from '../library/pick-media.ts';

const words = en.settings.keys;

export function KeySettings(): React.JSX.Element {
  const keys = useSettings((state) => state.settings.keys);
  const change = useSettings((state) => state.change);
  const [query, setQuery] = useState('');
  const [waiting, wait] = useState<CommandId | null>(null);
  const set = (id: CommandId, chord: string | undefined): void => {
    const { [id]: _own, ...others } = keys;
    attempt(change({ keys: chord === undefined ? others : { ...others, [id]: chord } }));
  };
  const importKeys = async (): Promise<void> => {
    const [file] = await pickFiles({ accept: '.json', isMultiple: false });
    const read = file ? parseKeys(await file.text()) : null;
    if (file && read === null) say(words.notKeys);
    if (read === null) return;
    await change({ keys: read });
    say(words.imported(Object.keys(read).length));
  };
  const found = search(commandIds, query, (id) => `${labelOf(id)} ${en.command.menu[commandTable[id].menu]}`);
  return (
    <>
      <div className="key-bar">
        <TextField label={words.search} value={query} isBare type="search" onChange={setQuery} />
        <Button icon={Upload} onClick={() => attempt(importKeys())}>
          {words.import}
        </Button>
        <Button icon={Download} onClick={() => saveText('kinetone-keys.json', JSON.stringify(keys, null, 2))}>
          {words.export}
        </Button>
        <Button
          icon={RotateCcw}
          disabled={Object.keys(keys).length === 0}
          onClick={() => attempt(change({ keys: {} }))}
        >
          {words.resetAll}
        </Button>
      </div>
      <ul className="key-list">
        {found.map((id) => (
          <KeyRow
            key={id}
            id={id}
            isWaiting={waiting === id}
            onWait={() => wait(id)}
            onSet={(chord) => set(id, chord)}
            onStop={() => wait(null)}
          />
        ))}
      </ul>
    </>
  );
}

interface KeyRowProps {
  readonly id: CommandId;
  readonly isWaiting: boolean;
  readonly onWait: () => void;
  readonly onSet: (chord: string | undefined) => void;
  readonly onStop: () => void;
}

function KeyRow({ id, isWaiting, onWait, onSet, onStop }: KeyRowProps): React.JSX.Element {
  const keys = useSettings((state) => state.settings.keys);
  const chords = chordsOf(id, keys);
  const conflict = conflictsOf(id, keys)[0];
  const catchKey = (event: React.KeyboardEvent): void => {
    if (!isWaiting || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    const chord = chordOf(event.nativeEvent, isMac);
    if (chord === null) return;
    onStop();
    if (chord === 'Backspace' || chord === 'Delete') onSet('');
    else if (chord !== 'Escape') onSet(chord);
  };
  return (
    <li className="key-row">
      <span className="key-menu">{en.command.menu[commandTable[id].menu]}</span>
      <span className="key-label">{labelOf(id)}</span>
      {conflict ? <span className="key-conflict">{words.conflict(labelOf(conflict))}</span> : null}
      <button
        type="button"
        className={`key-button ${isWaiting ? 'key-waiting' : ''}`}
        aria-label={`${words.change}: ${labelOf(id)}`}
        onClick={onWait}
        onKeyDown={catchKey}
        onBlur={onStop}
      >
        {isWaiting ? (
          words.press
        ) : chords.length === 0 ? (
          <span className="muted">{words.none}</span>
        ) : (
          chords.map((chord) => <KeyCaps key={chord} chord={chord} />)
        )}
      </button>
      <IconButton
        label={words.reset}
        icon={RotateCcw}
        className="icon-button-small"
        disabled={keys[id] === undefined}
        onClick={() => onSet(undefined)}
      />
    </li>
  );
}
