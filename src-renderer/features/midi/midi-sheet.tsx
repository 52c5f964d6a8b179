/** Controllers: whether they may be used, which are there, and what each is bound to. */
import { Cable, CircleAlert, Trash2 } from 'lucide-react';
import { useEffect } from 'react';

import { en } from '../../../src-main/contract/text/en.ts';
import { attempt } from '../../stores/toast-store.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { bindingText } from './binding-text.ts';
import { controlOf } from './controls.ts';
import { askForAccess, bindingKey, removeBinding, setLearning, useBindings, useMidi } from './midi-store.ts';
import './midi.css';

const say = en.live.midi;

export function MidiSheet({ onClose }: { readonly onClose: () => void }): React.JSX.Element {
  const bindings = useBindings();
  useEffect(() => attempt(askForAccess()), []);
  const startLearning = (): void => {
    // The controls to be chosen lie beneath the sheet.
    onClose();
    setLearning(true);
  };
  const footer = (
    <Button tone="primary" icon={Cable} onClick={startLearning}>
      {say.learn}
    </Button>
  );
  return (
    <Sheet title={say.title} onClose={onClose} footer={footer}>
      <div className="midi-sheet">
        <Inputs />
        <h3 className="section-title">{say.bindings}</h3>
        {bindings.length === 0 ? <EmptyState icon={Cable} title={say.none} line={say.noneLine} /> : null}
        <ul className="midi-bindings" aria-label={say.bindings}>
          {bindings.map((binding) => {
            const name = controlOf(binding.target)?.name ?? binding.target;
            return (
              <li key={bindingKey(binding)}>
                <span className="midi-words">
                  <b className="truncate">{name}</b>
                  <span className="figures muted truncate">{bindingText(binding)}</span>
                </span>
                <IconButton label={say.remove(name)} icon={Trash2} className="icon-button-small" side="left" onClick={() => removeBinding(binding)} />
              </li>
            );
          })}
        </ul>
      </div>
    </Sheet>
  );
}

function Inputs(): React.JSX.Element {
  const { access, inputs, heard } = useMidi();
  const problem = access === 'refused' ? say.refused : access === 'missing' ? say.missing : null;
  if (problem !== null)
    return (
      <p className="midi-problem">
        <CircleAlert size={16} aria-hidden="true" />
        {problem}
      </p>
    );
  return (
    <section aria-label={say.inputs} className="midi-inputs">
      <h3 className="section-title">{say.inputs}</h3>
      {access !== 'ready' ? <p className="muted">{say.asking}</p> : null}
      {access === 'ready' && inputs.length === 0 ? <p className="muted">{say.noInputs}</p> : null}
      <ul>
        {inputs.map((input) => (
          <li key={input}>{input}</li>
        ))}
      </ul>
      <p className="figures muted" role="status">
        {heard ?? ''}
      </p>
    </section>
  );
}
