/** Two versions, heard one against the other at equal loudness. */
import { Check, GitCompareArrows, X } from 'lucide-react';

import type { Mapping } from '../../../../src-main/contract/documents/mapping.ts';
import { en } from '../../../../src-main/contract/text/en.ts';
import { startComparing, stopComparing } from '../../../model/project-edit.ts';
import { useChord } from '../../../stores/command-store.ts';
import { edit, useProject } from '../../../stores/project-store.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Tooltip } from '../../../ui/tooltip.tsx';
import { activeSlot, useSlot } from '../player/use-scene.ts';

const say = en.mapping.compare;

/** Begins to compare: the present version is kept as A, and B is edited. */
export function StartCompare({ mapping }: { readonly mapping: Mapping }): React.JSX.Element | null {
  const isComparing = useProject((state) => state.document?.compared != null);
  if (isComparing) return null;
  const start = (): void => {
    edit(startComparing(mapping));
    useSlot.setState({ slot: 'compared' });
  };
  return (
    <IconButton
      label={`${say.start}: ${say.startLine}`}
      icon={GitCompareArrows}
      className="icon-button-small"
      onClick={start}
    />
  );
}

export function CompareBar(): React.JSX.Element | null {
  const document = useProject((state) => state.document);
  const slot = useSlot((state) => state.slot);
  const chord = useChord('sound.compare');
  const compared = document?.compared ?? null;
  if (!document || compared === null) return null;
  const stop = (isBKept: boolean): void => {
    edit(stopComparing(compared, isBKept));
    useSlot.setState({ slot: 'mapping' });
  };
  const active = activeSlot(document, slot);
  return (
    <div className="compare-bar">
      <Tooltip text={say.line} chord={chord}>
        <div>
          <Segmented
            label={say.line}
            value={active}
            segments={[
              { value: 'mapping', label: say.a },
              { value: 'compared', label: say.b },
            ]}
            onChange={(next) => useSlot.setState({ slot: next })}
          />
        </div>
      </Tooltip>
      <Button icon={Check} onClick={() => stop(active === 'compared')}>
        {active === 'compared' ? say.keepB : say.keepA}
      </Button>
      <span className="compare-gap muted truncate">{say.line}</span>
      <IconButton label={say.stop} icon={X} onClick={() => stop(false)} />
    </div>
  );
}
