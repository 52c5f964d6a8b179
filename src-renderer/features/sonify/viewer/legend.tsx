/** What the overlays show and where it comes from. */
import { Info } from 'lucide-react';
import { Popover } from 'radix-ui';

import { en } from '../../../../src-main/contract/text/en.ts';
import { IconButton } from '../../../ui/button.tsx';
import { OVERLAYS } from './overlay-store.ts';

export function Legend(): React.JSX.Element {
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <span>
          <IconButton label={en.sonify.legend.title} icon={Info} side="left" />
        </span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="legend" side="left" align="end" sideOffset={8} collisionPadding={8} aria-label={en.sonify.legend.title}>
          {OVERLAYS.map((id) => (
            <p key={id}>{en.sonify.legend[id]}</p>
          ))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
