/**
 * A select: a button that names the choice and a list in groups, by the ARIA combobox pattern without text input. Our own
 * because the library's select puts a style element into the page, which the content security policy refuses.
 */
import { Check, ChevronDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useEffect, useId, useRef, useState } from 'react';

import './select.css';

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly isDisabled?: boolean;
  readonly hint?: string;
  /** A class that gives the choice its sense's colour. */
  readonly className?: string;
}

export interface ChoiceGroup<Value extends string> {
  readonly label?: string;
  readonly choices: readonly Choice<Value>[];
}

interface SelectProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly groups: readonly ChoiceGroup<Value>[];
  readonly onChange: (value: Value) => void;
  /** What the closed button shows; the choice's label when absent. */
  readonly face?: React.ReactNode;
  readonly className?: string;
  readonly isDisabled?: boolean;
}

export function Select<Value extends string>({
  label,
  value,
  groups,
  onChange,
  face,
  className = '',
  isDisabled = false,
}: SelectProps<Value>): React.JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const choices = groups.flatMap((group) => group.choices);
  const current = choices.find((choice) => choice.value === value);
  const openOnArrow = (event: React.KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    setOpen(true);
  };
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <button
          type="button"
          role="combobox"
          aria-label={label}
          aria-expanded={isOpen}
          aria-controls={id}
          aria-haspopup="listbox"
          className={`select ${className}`}
          disabled={isDisabled}
          onKeyDown={openOnArrow}
        >
          <span className="select-face truncate">{face ?? current?.label ?? value}</span>
          <ChevronDown size={14} aria-hidden="true" />
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="select-list"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          onOpenAutoFocus={(event) => event.preventDefault()}
        >
          <Options
            id={id}
            label={label}
            value={value}
            groups={groups}
            onChoose={(chosen) => {
              setOpen(false);
              if (chosen !== value) onChange(chosen);
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface OptionsProps<Value extends string> {
  readonly id: string;
  readonly label: string;
  readonly value: Value;
  readonly groups: readonly ChoiceGroup<Value>[];
  readonly onChoose: (value: Value) => void;
}

function Options<Value extends string>({ id, label, value, groups, onChoose }: OptionsProps<Value>): React.JSX.Element {
  const choices = groups.flatMap((group) => group.choices).filter((choice) => !choice.isDisabled);
  const [active, setActive] = useState<Value | undefined>(
    choices.some((choice) => choice.value === value) ? value : choices[0]?.value,
  );
  const typed = useRef({ text: '', atMs: 0 });
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.focus(), []);
  useEffect(() => {
    list.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const move = (to: number): void => setActive(choices[Math.max(0, Math.min(choices.length - 1, to))]?.value);
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const index = choices.findIndex((choice) => choice.value === active);
    const moves: Record<string, number> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      Home: 0,
      End: choices.length - 1,
      PageDown: index + 8,
      PageUp: index - 8,
    };
    const to = moves[event.key];
    if (to !== undefined) move(to);
    else if ((event.key === 'Enter' || event.key === ' ') && active !== undefined) onChoose(active);
    else if (event.key.length === 1) seek(event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const seek = (letter: string): void => {
    const nowMs = performance.now();
    typed.current = { text: nowMs - typed.current.atMs > 800 ? letter : typed.current.text + letter, atMs: nowMs };
    const found = choices.find((choice) =>
      choice.label.toLocaleLowerCase().startsWith(typed.current.text.toLocaleLowerCase()),
    );
    if (found) setActive(found.value);
  };
  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-label={label}
      tabIndex={0}
      className="select-options"
      aria-activedescendant={active === undefined ? undefined : `${id}-${active}`}
      onKeyDown={onKeyDown}
    >
      {groups.map((group, i) => (
        <div key={group.label ?? i} role="group" aria-label={group.label}>
          {group.label ? <div className="select-group">{group.label}</div> : null}
          {group.choices.map((choice) => (
            <div
              key={choice.value}
              id={`${id}-${choice.value}`}
              role="option"
              aria-selected={choice.value === value}
              aria-disabled={choice.isDisabled}
              data-active={choice.value === active ? '' : undefined}
              className={`select-option ${choice.className ?? ''}`}
              onPointerMove={() => (choice.isDisabled ? undefined : setActive(choice.value))}
              onClick={() => (choice.isDisabled ? undefined : onChoose(choice.value))}
            >
              <span className="select-check">
                {choice.value === value ? <Check size={14} aria-hidden="true" /> : null}
              </span>
              <span className="select-text">
                {choice.label}
                {choice.hint ? <small>{choice.hint}</small> : null}
              </span>
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
