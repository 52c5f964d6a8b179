/** A key chord as keycaps. */
import { shownChord } from '../model/key-chord.ts';
import { isMac } from '../stores/command-store.ts';
import './key-caps.css';

export function KeyCaps({ chord }: { readonly chord: string }): React.JSX.Element {
  return (
    <span className="key-caps" aria-label={chord.replaceAll('+', ' ')}>
      {shownChord(chord, isMac).map((part, i) => (
        <kbd key={i}>{part}</kbd>
      ))}
    </span>
  );
}
