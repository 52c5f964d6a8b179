/** The inspector: what the plan is made with, the selected clip with its alternatives, the moves of the library. */
import { en } from '../../../../src-main/contract/text/en.ts';
import { Tabs } from '../../../ui/tabs.tsx';
import { useDance } from '../dance-store.ts';
import { ClipTab } from './clip-tab.tsx';
import './inspector.css';
import { MovesTab } from './moves-tab.tsx';
import { PlanTab } from './plan-tab.tsx';

const say = en.dance.clip;
const TABS = (['plan', 'clip', 'moves'] as const).map((value) => ({ value, label: say.tabs[value] }));

export function Inspector(): React.JSX.Element {
  const tab = useDance((state) => state.tab);
  return (
    <aside className="inspector dance-inspector" aria-label={say.inspector}>
      <Tabs label={say.inspector} value={tab} tabs={TABS} onChange={(next) => useDance.setState({ tab: next })}>
        {tab === 'plan' ? <PlanTab /> : null}
        {tab === 'clip' ? <ClipTab /> : null}
        {tab === 'moves' ? <MovesTab /> : null}
      </Tabs>
    </aside>
  );
}
