/** Buttons: with words, with an icon and a tooltip, and bound to a command of the registry. */
import type { LucideIcon } from 'lucide-react';

import { labelOf } from '../model/command-table.ts';
import type { CommandId } from '../model/command-table.ts';
import { commands, useCanRun, useChord } from '../stores/command-store.ts';
import { Tooltip } from './tooltip.tsx';
import './button.css';

export type ButtonTone = 'primary' | 'plain' | 'quiet' | 'danger';

type Native = Omit<React.ComponentProps<'button'>, 'type'>;

interface ButtonProps extends Native {
  readonly tone?: ButtonTone;
  readonly icon?: LucideIcon | undefined;
  readonly isLarge?: boolean;
}

export function Button({
  tone = 'plain',
  icon: Icon,
  isLarge = false,
  className = '',
  children,
  ...rest
}: ButtonProps): React.JSX.Element {
  return (
    <button type="button" className={`button button-${tone} ${isLarge ? 'button-large' : ''} ${className}`} {...rest}>
      {Icon ? <Icon size={16} aria-hidden="true" /> : null}
      {children}
    </button>
  );
}

interface IconButtonProps extends Native {
  /** The name for tooltip and screen readers. */
  readonly label: string;
  readonly icon: LucideIcon;
  readonly chord?: string | null;
  /** For buttons that stay down. */
  readonly isPressed?: boolean;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  readonly size?: number;
}

export function IconButton({
  label,
  icon: Icon,
  chord = null,
  isPressed,
  side = 'bottom',
  size = 16,
  className = '',
  ...rest
}: IconButtonProps): React.JSX.Element {
  return (
    <Tooltip text={label} chord={chord} side={side}>
      <button
        type="button"
        className={`icon-button ${className}`}
        aria-label={label}
        aria-pressed={isPressed}
        {...rest}
      >
        <Icon size={size} aria-hidden="true" />
      </button>
    </Tooltip>
  );
}

interface CommandButtonProps {
  readonly command: CommandId;
  readonly icon: LucideIcon;
  readonly label?: string;
  readonly isPressed?: boolean;
  readonly isDisabled?: boolean;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  readonly className?: string;
}

/** An icon button that runs a command, with its name and key. */
export function CommandButton({
  command,
  icon,
  label,
  isDisabled,
  isPressed,
  side,
  className,
}: CommandButtonProps): React.JSX.Element {
  const canRun = useCanRun(command);
  const chord = useChord(command);
  return (
    <IconButton
      label={label ?? labelOf(command)}
      icon={icon}
      chord={chord}
      disabled={isDisabled ?? !canRun}
      data-midi={`command:${command}`}
      onClick={() => commands.run(command)}
      {...(isPressed === undefined ? {} : { isPressed })}
      {...(side ? { side } : {})}
      {...(className ? { className } : {})}
    />
  );
}
