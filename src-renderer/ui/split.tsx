/** Panels side by side with borders that are dragged; sizes are remembered by name. */
import { useEffect } from 'react';
import { Group, useGroupRef } from 'react-resizable-panels';

import { remember, remembered } from '../stores/settings-store.ts';

interface SplitProps {
  readonly id: string;
  readonly orientation: 'horizontal' | 'vertical';
  readonly defaults: Readonly<Record<string, number>>;
  readonly children: React.ReactNode;
}

function layoutOf(id: string, panels: readonly string[]): Record<string, number> | undefined {
  const kept = remembered(id);
  if (typeof kept !== 'object' || kept === null) return undefined;
  const sizes = kept as Record<string, unknown>;
  return panels.every((panel) => typeof sizes[panel] === 'number') ? (sizes as Record<string, number>) : undefined;
}

/** A group of panels whose sizes are remembered, and forgotten with the layout. */
export function Split({ id, orientation, defaults, children }: SplitProps): React.JSX.Element {
  const group = useGroupRef();
  useEffect(() => {
    const reset = (): void => {
      group.current?.setLayout({ ...defaults });
    };
    globalThis.addEventListener('kinetone-layout-reset', reset);
    return () => globalThis.removeEventListener('kinetone-layout-reset', reset);
  }, [group, defaults]);
  return (
    <Group
      id={id}
      groupRef={group}
      orientation={orientation}
      defaultLayout={layoutOf(id, Object.keys(defaults))}
      onLayoutChanged={(layout, meta) => (meta.isUserInteraction ? remember(id, layout) : undefined)}
    >
      {children}
    </Group>
  );
}
