/** Every command by name, with its key; Enter runs it. */
import { Search } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';

import { en } from '../../../src-main/contract/text/en.ts';
import { commandIds, commandTable, labelOf } from '../../model/command-table.ts';
import type { CommandId } from '../../model/command-table.ts';
import { search } from '../../model/fuzzy-search.ts';
import { chordsOf } from '../../model/key-bindings.ts';
import { commands } from '../../stores/command-store.ts';
import { useSettings } from '../../stores/settings-store.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { KeyCaps } from '../../ui/key-caps.tsx';
import './command-palette.css';

const wordsOf = (id: CommandId): string => `${labelOf(id)} ${en.command.menu[commandTable[id].menu]}`;

export function CommandPalette({ onClose }: { readonly onClose: () => void }): React.JSX.Element {
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  const usable = commandIds.filter((command) => command !== 'palette.open' && commands.canRun(command));
  const found = search(usable, query, wordsOf);
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const run = (command: CommandId | undefined): void => {
    if (!command) return;
    onClose();
    // After the dialog has given the focus back, so that what opens next can take it.
    setTimeout(() => commands.run(command), 0);
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setActive(Math.min(found.length - 1, active + 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(0, active - 1));
    else if (event.key === 'Enter') run(found[active]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={en.frame.palette.title} onClose={onClose} width="medium" isBare>
      <div className="palette-search">
        <Search size={16} aria-hidden="true" />
        <input
          role="combobox"
          aria-label={en.frame.palette.placeholder}
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={found[active] ? `${id}-${active}` : undefined}
          placeholder={en.frame.palette.placeholder}
          value={query}
          autoFocus
          spellCheck={false}
          onChange={(event) => {
            setQuery(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <ul ref={list} id={id} role="listbox" aria-label={en.frame.palette.title} className="palette-list">
        {found.map((command, i) => (
          <PaletteRow
            key={command}
            id={`${id}-${i}`}
            command={command}
            isActive={i === active}
            onPoint={() => setActive(i)}
            onRun={() => run(command)}
          />
        ))}
      </ul>
      {found.length === 0 ? <p className="palette-none">{en.frame.palette.none}</p> : null}
    </Dialog>
  );
}

interface PaletteRowProps {
  readonly id: string;
  readonly command: CommandId;
  readonly isActive: boolean;
  readonly onPoint: () => void;
  readonly onRun: () => void;
}

function PaletteRow({ id, command, isActive, onPoint, onRun }: PaletteRowProps): React.JSX.Element {
  const chord = useSettings((state) => chordsOf(command, state.settings.keys)[0] ?? null);
  return (
    <li id={id} role="option" aria-selected={isActive} className="palette-row" onPointerMove={onPoint} onClick={onRun}>
      <span className="palette-menu">{en.command.menu[commandTable[command].menu]}</span>
      <span className="palette-label">{labelOf(command)}</span>
      {chord ? <KeyCaps chord={chord} /> : null}
    </li>
  );
}
