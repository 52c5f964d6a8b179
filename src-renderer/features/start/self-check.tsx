/** What the self-check found that needs attention; nothing is shown while all is well. */
import { RotateCw, TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';

import { en } from '../../../src-main/contract/text/en.ts';
import { useShell } from '../../stores/shell-store.ts';
import { attempt } from '../../stores/toast-store.ts';
import { IconButton } from '../../ui/button.tsx';
import { CheckRow } from './check-row.tsx';

export function SelfCheck(): React.JSX.Element | null {
  const doctor = useShell((state) => state.doctor);
  const loadDoctor = useShell((state) => state.loadDoctor);
  const [isHidden, setHidden] = useState(false);
  const failing = doctor?.checks.filter((check) => check.state === 'fail') ?? [];
  if (isHidden || failing.length === 0) return null;
  return (
    <section className="self-check" aria-labelledby="self-check-title">
      <header>
        <TriangleAlert size={16} aria-hidden="true" />
        <h2 id="self-check-title">{en.start.check.title}</h2>
        <IconButton label={en.start.check.again} icon={RotateCw} onClick={() => attempt(loadDoctor())} />
        <IconButton label={en.start.check.hide} icon={X} onClick={() => setHidden(true)} />
      </header>
      <ul>
        {failing.map((check) => (
          <CheckRow key={check.id} check={check} />
        ))}
      </ul>
    </section>
  );
}
