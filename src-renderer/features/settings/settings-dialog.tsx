/** Settings: general, keys, models, and what was found on this machine. Every change is kept at once. */
import { useState } from 'react';

import { en } from '../../../src-main/contract/text/en.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { GeneralSettings } from './general-settings.tsx';
import { KeySettings } from './key-settings.tsx';
import { MachineSettings } from './machine-settings.tsx';
import { ModelsSettings } from './models-settings.tsx';
import './settings.css';

const TABS = [
  { value: 'general', label: en.settings.tab.general },
  { value: 'keys', label: en.settings.tab.keys },
  { value: 'models', label: en.models.tab },
  { value: 'about', label: en.settings.tab.about },
] as const;

export function SettingsDialog({ onClose }: { readonly onClose: () => void }): React.JSX.Element {
  const [tab, setTab] = useState<(typeof TABS)[number]['value']>('general');
  return (
    <Dialog title={en.settings.title} onClose={onClose} width="large">
      <Tabs label={en.settings.title} value={tab} tabs={TABS} onChange={setTab} className="settings-tabs">
        <div className="settings-page">
          {tab === 'general' ? <GeneralSettings /> : null}
          {tab === 'keys' ? <KeySettings /> : null}
          {tab === 'models' ? <ModelsSettings /> : null}
          {tab === 'about' ? <MachineSettings /> : null}
        </div>
      </Tabs>
    </Dialog>
  );
}
