/** What the live sound is doing, said in words: silenced, starved, no device, paused; and the way on. */
import { CircleAlert, PowerOff, Radio, VolumeOff } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useEffect, useState } from 'react';

import type { Session } from '../../../../src-main/contract/documents/session.ts';
import { en } from '../../../../src-main/contract/text/en.ts';
import { onFrame } from '../../../ui/animation.ts';
import { attempt } from '../../../stores/toast-store.ts';
import { Button } from '../../../ui/button.tsx';
import { player } from '../player/player.ts';
import { usePlayer } from '../player/player-store.ts';
import { liveFrame } from './live-readings.ts';

const say = en.live.deck;

type Flag = 'silenced' | 'starved' | 'morphing' | 'paused' | 'sounding';

function flagNow(): Flag {
  const frame = liveFrame();
  if (!frame) return 'sounding';
  if (frame.is_silenced) return 'silenced';
  if (frame.is_morphing) return 'morphing';
  if (frame.is_starved && frame.is_playing) return 'starved';
  return frame.is_playing || player.live.session?.source.kind === 'camera' ? 'sounding' : 'paused';
}

/** The flags of the newest reading, as React state: they change rarely. */
function useFlag(): Flag {
  const [flag, setFlag] = useState<Flag>('sounding');
  useEffect(() => onFrame(() => (setFlag(flagNow()), undefined)), []);
  return flag;
}

interface Said {
  readonly text: string;
  readonly icon: LucideIcon;
  readonly tone: 'plain' | 'live' | 'warn' | 'danger';
}

function said(session: Session | null, flag: Flag, isStarting: boolean): Said {
  if (isStarting) return { text: say.starting, icon: Radio, tone: 'plain' };
  if (!session?.stream) return { text: say.off, icon: PowerOff, tone: 'plain' };
  if (flag === 'silenced') return { text: say.silenced, icon: VolumeOff, tone: 'danger' };
  if (flag === 'starved') return { text: say.starved, icon: CircleAlert, tone: 'warn' };
  if (flag === 'morphing') return { text: say.morphing, icon: Radio, tone: 'live' };
  if (flag === 'paused') return { text: say.paused, icon: Radio, tone: 'plain' };
  return { text: say.sounding, icon: Radio, tone: 'live' };
}

export function LiveStateLine({ session }: { readonly session: Session | null }): React.JSX.Element {
  const flag = useFlag();
  const isStarting = usePlayer((state) => state.sound === 'starting');
  const { text, icon: Icon, tone } = said(session, flag, isStarting);
  const isSilenced = flag === 'silenced' && session?.stream != null;
  const problem = session?.stream?.problem ?? null;
  return (
    <div className={`live-state live-state-${tone}`}>
      <Icon size={16} aria-hidden="true" />
      <span role="status" className="live-word truncate" title={text}>
        {text}
      </span>
      {isSilenced ? (
        <Button tone="primary" onClick={() => attempt(player.live.control({ action: 'resume' }))}>
          {say.resume}
        </Button>
      ) : null}
      {problem === null ? null : (
        <span className="live-problem truncate" role="alert" title={problem}>
          <CircleAlert size={16} aria-hidden="true" />
          <span className="truncate">{problem}</span>
        </span>
      )}
    </div>
  );
}
