/** The page of a workspace that is not in this version: says so plainly, and what it will be. */
import { ArrowLeft } from 'lucide-react';

import { en } from '../../../src-main/contract/text/en.ts';
import { useShell } from '../../stores/shell-store.ts';
import { Button } from '../../ui/button.tsx';
import './not-built.css';
import { MusicVideoStill, TextStill } from './stills.tsx';

const STILLS = { 'music-video': MusicVideoStill, 'text-to-video': TextStill };

export function NotBuilt({ workspace }: { readonly workspace: keyof typeof STILLS }): React.JSX.Element {
  const go = useShell((state) => state.go);
  const Still = STILLS[workspace];
  const text = en.start.card[workspace];
  return (
    <div className="not-built">
      <div className="not-built-still">
        <Still />
      </div>
      <h1>{text.title}</h1>
      <p>{text.line}</p>
      <p className="muted">{en.start.notBuilt}.</p>
      <Button icon={ArrowLeft} onClick={() => go('start')}>
        {en.frame.workspace.start}
      </Button>
    </div>
  );
}
