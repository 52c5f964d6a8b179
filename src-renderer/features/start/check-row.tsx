/** One line of the self-check: what was found, and what to do. */
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';

import type { Check } from '../../../src-main/contract/documents/system.ts';

const ICONS = { ok: CircleCheck, warn: TriangleAlert, fail: CircleAlert, info: Info };

/** A fix that is a command is shown as one, so that it can be copied. */
const isCommand = (fix: string): boolean => /^(sudo |apt|npm |brew |winget |npx )/.test(fix);

export function CheckRow({ check }: { readonly check: Check }): React.JSX.Element {
  const Icon = ICONS[check.state];
  return (
    <li className={`check-row check-${check.state}`}>
      <Icon size={16} aria-label={check.state} />
      <div className="selectable">
        <strong>{check.title}</strong>
        <p>{check.detail}</p>
        {check.fix ? isCommand(check.fix) ? <code>{check.fix}</code> : <p>{check.fix}</p> : null}
      </div>
    </li>
  );
}
