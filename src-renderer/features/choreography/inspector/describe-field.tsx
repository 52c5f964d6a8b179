/** A description in free words, and beside it what was understood of it as chips. */
import { useEffect, useId, useRef, useState } from 'react';

import type { ParsedRequest } from '../../../../src-main/contract/documents/choreography.ts';
import { en } from '../../../../src-main/contract/text/en.ts';
import { call } from '../../../api/client.ts';
import './describe-field.css';

const say = en.dance.describe;
const QUIET_MS = 180;

interface DescribeFieldProps {
  readonly text: string;
  readonly request: ParsedRequest | null;
  /** Called with what was understood, a moment after typing stops. */
  readonly onRead: (text: string, request: ParsedRequest | null) => void;
  readonly onEnter?: () => void;
}

export function DescribeField({ text, request, onRead, onEnter }: DescribeFieldProps): React.JSX.Element {
  const [typed, setTyped] = useState(text);
  const id = useId();
  const latest = useRef(onRead);
  useEffect(() => {
    latest.current = onRead;
  });
  // An undo changes the text from outside.
  const [shown, setShown] = useState(text);
  if (text !== shown) {
    setShown(text);
    setTyped(text);
  }
  useEffect(() => {
    if (typed === text) return undefined;
    const abort = new AbortController();
    const read = async (): Promise<void> => {
      const parsed = typed.trim() === '' ? null : await call('parseChoreography', { body: { text: typed }, signal: abort.signal });
      if (abort.signal.aborted) return;
      setShown(typed);
      latest.current(typed, parsed);
    };
    // Words that could not be read stay in the field; the plan reads them again.
    const timer = setTimeout(() => void read().catch(() => undefined), QUIET_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [typed, text]);
  return (
    <div className="describe">
      <label htmlFor={id} className="section-title">
        {say.label}
      </label>
      <textarea
        id={id}
        rows={2}
        maxLength={2000}
        value={typed}
        placeholder={say.placeholder}
        spellCheck={false}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || !onEnter) return;
          event.preventDefault();
          onEnter();
        }}
      />
      <Chips request={request} />
    </div>
  );
}

function Chips({ request }: { readonly request: ParsedRequest | null }): React.JSX.Element | null {
  if (!request) return null;
  return (
    <div className="chips" aria-live="polite">
      {request.chips.length > 0 ? (
        <ul aria-label={say.understood}>
          {request.chips.map((chip) => (
            <li key={`${chip.kind}:${chip.label}`} className="chip" data-kind={chip.kind} title={say.said(chip.said)}>
              {chip.label}
            </li>
          ))}
        </ul>
      ) : null}
      {request.ignored.length > 0 ? <p className="chips-ignored">{say.ignored(request.ignored)}</p> : null}
      {request.notes.map((note) => (
        <p key={note} className="chips-ignored">
          {note}
        </p>
      ))}
    </div>
  );
}
