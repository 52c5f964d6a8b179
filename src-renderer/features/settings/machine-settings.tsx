/** What the self-check found on this machine, all of it. */
import { RotateCw } from 'lucide-react';
import { useEffect } from 'react';

import { en } from '../../../src-main/contract/text/en.ts';
import { useShell } from '../../stores/shell-store.ts';
import { attempt } from '../../stores/toast-store.ts';
import { Button } from '../../ui/button.tsx';
import { CheckRow } from '../start/check-row.tsx';
import { SettingRow } from './setting-row.tsx';

export function MachineSettings(): React.JSX.Element {
  const doctor = useShell((state) => state.doctor);
  const system = useShell((state) => state.system);
  const loadDoctor = useShell((state) => state.loadDoctor);
  useEffect(() => {
    if (useShell.getState().doctor === null) attempt(loadDoctor());
  }, [loadDoctor]);
  return (
    <>
      <SettingRow label={en.settings.version}>
        <span className="figures">
          {system?.version} · {system?.platform}
        </span>
      </SettingRow>
      <SettingRow label={en.settings.machine}>
        <Button icon={RotateCw} onClick={() => attempt(loadDoctor())}>
          {en.settings.check}
        </Button>
      </SettingRow>
      <ul className="machine-checks">
        {doctor?.checks.map((check) => (
          <CheckRow key={check.id} check={check} />
        ))}
      </ul>
    </>
  );
}
