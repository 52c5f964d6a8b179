/** The inspector: mapping, mixer, sound, as tabs. */
import { useState } from 'react';

import { en } from '../../../src-main/contract/text/en.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { MappingTab } from './mapping/mapping-tab.tsx';
import { MixerTab } from './mixer/mixer-tab.tsx';
import { SoundTab } from './sound/sound-tab.tsx';

const TABS = (['mapping', 'mixer', 'sound'] as const).map((value) => ({ value, label: en.mapping.tab[value] }));

export function Inspector(): React.JSX.Element {
  const [tab, setTab] = useState<(typeof TABS)[number]['value']>('mapping');
  return (
    <aside className="inspector" aria-label={en.mapping.inspector}>
      <Tabs label={en.mapping.inspector} value={tab} tabs={TABS} onChange={setTab}>
        {tab === 'mapping' ? <MappingTab /> : null}
        {tab === 'mixer' ? <MixerTab /> : null}
        {tab === 'sound' ? <SoundTab /> : null}
      </Tabs>
    </aside>
  );
}
