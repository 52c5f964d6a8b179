/** Drop-down and context menus; not modal, so that no style element is put into the page. */
import { Check } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { ContextMenu as RadixContext, DropdownMenu as RadixDrop } from 'radix-ui';

import { KeyCaps } from './key-caps.tsx';
import './menu.css';

export interface MenuEntry {
  readonly label: string;
  readonly run: () => void;
  readonly icon?: LucideIcon | undefined;
  readonly chord?: string | null;
  readonly isDisabled?: boolean;
  readonly isDanger?: boolean;
  readonly isChecked?: boolean;
}

/** A menu's entries in groups; a line stands between groups. */
export type MenuGroups = readonly (readonly MenuEntry[])[];

function EntryFace({ entry }: { readonly entry: MenuEntry }): React.JSX.Element {
  const Icon = entry.isChecked ? Check : entry.icon;
  return (
    <>
      <span className="menu-icon">{Icon ? <Icon size={16} aria-hidden="true" /> : null}</span>
      <span className="menu-label">{entry.label}</span>
      {entry.chord ? <KeyCaps chord={entry.chord} /> : null}
    </>
  );
}

const faceOf = (entry: MenuEntry): string => `menu-item ${entry.isDanger ? 'menu-danger' : ''}`;

interface MenuProps {
  readonly groups: MenuGroups;
  readonly children: React.ReactElement;
  readonly label: string;
  readonly align?: 'start' | 'end';
}

export function DropMenu({ groups, children, label, align = 'start' }: MenuProps): React.JSX.Element {
  return (
    <RadixDrop.Root modal={false}>
      <RadixDrop.Trigger asChild>{children}</RadixDrop.Trigger>
      <RadixDrop.Portal>
        <RadixDrop.Content className="menu" align={align} sideOffset={4} collisionPadding={8} aria-label={label}>
          {groups
            .filter((group) => group.length > 0)
            .map((group, i) => (
              <RadixDrop.Group key={i} className="menu-group">
                {group.map((entry) => (
                  <RadixDrop.Item
                    key={entry.label}
                    className={faceOf(entry)}
                    disabled={entry.isDisabled ?? false}
                    onSelect={entry.run}
                  >
                    <EntryFace entry={entry} />
                  </RadixDrop.Item>
                ))}
              </RadixDrop.Group>
            ))}
        </RadixDrop.Content>
      </RadixDrop.Portal>
    </RadixDrop.Root>
  );
}

export function ContextMenu({ groups, children, label }: Omit<MenuProps, 'align'>): React.JSX.Element {
  return (
    <RadixContext.Root modal={false}>
      <RadixContext.Trigger asChild>{children}</RadixContext.Trigger>
      <RadixContext.Portal>
        <RadixContext.Content className="menu" collisionPadding={8} aria-label={label}>
          {groups
            .filter((group) => group.length > 0)
            .map((group, i) => (
              <RadixContext.Group key={i} className="menu-group">
                {group.map((entry) => (
                  <RadixContext.Item
                    key={entry.label}
                    className={faceOf(entry)}
                    disabled={entry.isDisabled ?? false}
                    onSelect={entry.run}
                  >
                    <EntryFace entry={entry} />
                  </RadixContext.Item>
                ))}
              </RadixContext.Group>
            ))}
        </RadixContext.Content>
      </RadixContext.Portal>
    </RadixContext.Root>
  );
}
