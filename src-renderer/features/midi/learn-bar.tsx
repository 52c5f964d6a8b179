/** While one learns: what to do next, what is chosen, and the end of it. */
import { Cable } from 'lucide-react';

import { en } from '../../../src-main/contract/text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindingText } from './binding-text.ts';
import { controlOf } from './controls.ts';
import { setLearning, useBindings, useMidi } from './midi-store.ts';
import './midi.css';

const say = en.live.midi;

function instruction(access: string, target: string | null, bound: string | null): string {
  if (access === 'refused') return say.refused;
  if (access === 'missing') return say.missing;
  if (target === null) return say.chooseControl;
  const name = controlOf(target)?.name ?? target;
  return bound === null ? say.moveController(name) : say.bound(name, bound);
}

export function LearnBar(): React.JSX.Element | null {
  const { isLearning, access, target, inputs } = useMidi();
  const binding = useBindings().find((own) => own.target === target) ?? null;
  if (!isLearning) return null;
  return (
    <div className="learn-bar" role="status">
      <Cable size={16} aria-hidden="true" />
      <span>{instruction(access, target, binding && bindingText(binding))}</span>
      {access === 'ready' && inputs.length === 0 ? <span className="muted">{say.noInputs}</span> : null}
      <Button tone="primary" onClick={() => setLearning(false)}>
        {en.frame.done}
      </Button>
    </div>
  );
}
