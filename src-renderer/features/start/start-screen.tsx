/** The first screen: four things one can make, the demo, recent projects, and what on this machine needs attention. */
import { FolderOpen, Import } from 'lucide-react';

import { en } from '../../../src-main/contract/text/en.ts';
import { commands } from '../../stores/command-store.ts';
import { sonify } from '../../stores/project-list-store.ts';
import { useShell } from '../../stores/shell-store.ts';
import { attempt } from '../../stores/toast-store.ts';
import { Button } from '../../ui/button.tsx';
import { pickAndImport } from '../library/pick-media.ts';
import { DemoPanel } from './demo-panel.tsx';
import { RecentProjects } from './recent-projects.tsx';
import { SelfCheck } from './self-check.tsx';
import './start.css';
import { ChoreographyStill, MusicVideoStill, SonifyStill, TextStill } from './stills.tsx';

const CARDS = [
  { id: 'sonify', Still: SonifyStill },
  { id: 'choreography', Still: ChoreographyStill },
  { id: 'music-video', Still: MusicVideoStill },
  { id: 'text-to-video', Still: TextStill },
] as const;

async function chooseAndSonify(): Promise<void> {
  const film = (await pickAndImport('files')).find((item) => item.kind === 'video');
  if (film) await sonify(film);
}

export function StartScreen(): React.JSX.Element {
  return (
    <div className="start">
      <div className="start-inner">
        <h1 className="start-title">{en.start.title}</h1>
        <SelfCheck />
        <div className="start-cards">
          {CARDS.map(({ id, Still }) => (
            <StartCard key={id} id={id} still={<Still />} />
          ))}
        </div>
        <div className="start-below">
          <section className="start-recent" aria-labelledby="recent-title">
            <header>
              <h2 id="recent-title" className="section-title">
                {en.start.recent}
              </h2>
              <Button tone="quiet" icon={FolderOpen} onClick={() => commands.run('project.open')}>
                {en.start.open}
              </Button>
              <Button tone="quiet" icon={Import} onClick={() => commands.run('media.import')}>
                {en.start.import}
              </Button>
            </header>
            <RecentProjects />
          </section>
          <DemoPanel />
        </div>
      </div>
    </div>
  );
}

function StartCard({
  id,
  still,
}: {
  readonly id: (typeof CARDS)[number]['id'];
  readonly still: React.ReactNode;
}): React.JSX.Element {
  const isAvailable = useShell(
    (state) => state.system?.workspaces.find((workspace) => workspace.id === id)?.is_available ?? id === 'sonify',
  );
  const go = useShell((state) => state.go);
  const text = en.start.card[id];
  const run = (): void => (id === 'sonify' ? attempt(chooseAndSonify()) : go(id));
  return (
    <button type="button" className={`start-card ${isAvailable ? '' : 'start-card-off'}`} onClick={run}>
      <span className="start-still">{still}</span>
      <span className="start-card-words">
        <strong>{text.title}</strong>
        <span>{text.line}</span>
        <em>{isAvailable && 'action' in text ? text.action : en.start.notBuilt}</em>
      </span>
    </button>
  );
}
