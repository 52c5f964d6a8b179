/** What the overlays show and where it comes from. */
import { Info } from 'lucide-react';
import { Popover } from 'radix-ui';

import { en } from '../../../../src-main/contract/text/en.ts';
import { OVERLAYS } from './overlay-store.ts';

export function Legend(): React.JSX.Element {
  return (
    <Popover.Root>
      <Popover.Trigger className="icon-button" aria-label={en.sonify.legend.title} title={en.sonify.legend.title}>
        <Info size={16} aria-hidden="true" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="legend"
          side="left"
          align="end"
          sideOffset={8}
          collisionPadding={8}
          aria-label={en.sonify.legend.title}
        >
          {OVERLAYS.map((id) => (
            <p key={id}>{en.sonify.legend[id]}</p>
          ))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
