/** Labels of one move or of many: each with who said it, changed in place, taken back with a click. */
import { Plus, RotateCcw, X } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';

import { DIFFICULTIES, ENERGY_LEVELS } from '../../../src-main/contract/documents/move.ts';
import type { Move, Origin } from '../../../src-main/contract/documents/move.ts';
import type { LabelChanges } from '../../../src-main/contract/operations/library.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { fixed } from '../../model/format.ts';
import { mergedLabels, tagChanges, tagCounts, vocabulary } from '../../model/move-labels.ts';
import type { LabelName, Merged } from '../../model/move-labels.ts';
import { changeLabels, changeLibrary, useMoves } from '../../stores/move-store.ts';
import { toAppError } from '../../../src-main/contract/errors.ts';
import type { AppError } from '../../../src-main/contract/errors.ts';
import { IconButton } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Select } from '../../ui/select.tsx';
import './label-form.css';

const say = en.moves.labels;

interface LabelFormProps {
  readonly moves: readonly Move[];
}

export function LabelForm({ moves }: LabelFormProps): React.JSX.Element {
  const [error, setError] = useState<AppError | null>(null);
  const merged = mergedLabels(moves);
  const ids = moves.map((move) => move.id);
  const change = (name: LabelName, labels: LabelChanges): void => {
    setError(null);
    changeLabels(ids, labels, say[name]).catch((thrown: unknown) => setError(toAppError(thrown)));
  };
  const row = { change, isMany: moves.length > 1 };
  return (
    <section className="label-form" aria-label={say.title}>
      <h3 className="section-title">{say.title}</h3>
      {error ? <ErrorNotice error={error} /> : null}
      {moves.length === 1 ? <TextRow {...row} name="name" label={merged.name} suggestions={[]} /> : null}
      <SuggestedRow {...row} name="category" label={merged.category} />
      <ChoiceRow {...row} name="difficulty" label={merged.difficulty} values={DIFFICULTIES} words={en.moves.difficulty} />
      <ChoiceRow {...row} name="energy_level" label={merged.energy_level} values={ENERGY_LEVELS} words={en.moves.energy} />
      <SuggestedRow {...row} name="style" label={merged.style} />
      <TempoRow {...row} label={merged.tempo} />
      <TagRow moves={moves} origin={merged.tags.origin} isSet={merged.tags.value !== null || merged.tags.isMixed} onError={setError} change={change} />
    </section>
  );
}

interface RowProps<Value> {
  readonly name: LabelName;
  readonly label: Merged<Value>;
  readonly isMany: boolean;
  readonly change: (name: LabelName, labels: LabelChanges) => void;
}

/** Name of the label, its field, who said it, and the way back to what was found. */
function Row({ name, origin, onBack, children }: { readonly name: LabelName; readonly origin: Origin | null; readonly onBack: () => void; readonly children: React.ReactNode }): React.JSX.Element {
  return (
    <div className="label-row" data-label={name}>
      <span className="label-name">{say[name]}</span>
      <div className="label-field">{children}</div>
      {origin === 'user' ? (
        <button type="button" className="label-origin label-user" title={say.takeBack(say[name])} aria-label={`${say.origin.user}. ${say.takeBack(say[name])}`} onClick={onBack}>
          {say.origin.user}
          <RotateCcw size={11} aria-hidden="true" />
        </button>
      ) : (
        <span className="label-origin" title={origin ? say.originLine[origin] : undefined}>
          {origin ? say.origin[origin] : ''}
        </span>
      )}
    </div>
  );
}

function SuggestedRow(props: RowProps<string> & { readonly name: 'category' | 'style' }): React.JSX.Element {
  const moves = useMoves((state) => state.moves);
  return <TextRow {...props} suggestions={vocabulary(moves.values(), props.name)} />;
}

/** A text that is taken on Enter and on leaving; Escape gives it up. */
function TextRow({ name, label, change, suggestions }: RowProps<string> & { readonly suggestions: readonly string[] }): React.JSX.Element {
  const [typed, setTyped] = useState<string | null>(null);
  const list = useId();
  const take = (): void => {
    const text = typed?.trim() ?? null;
    setTyped(null);
    if (text === null || text === label.value || (text === '' && label.value === null)) return;
    change(name, { [name]: text === '' ? null : text });
  };
  return (
    <Row name={name} origin={label.origin} onBack={() => change(name, { [name]: null })}>
      <input
        className="label-input"
        aria-label={say[name]}
        list={suggestions.length > 0 ? list : undefined}
        maxLength={name === 'name' ? 200 : 80}
        value={typed ?? label.value ?? ''}
        placeholder={label.isMixed ? say.mixed : say.none}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setTyped(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
          else if (event.key === 'Escape') {
            setTyped(null);
            event.stopPropagation();
          } else return;
          event.preventDefault();
        }}
      />
      {suggestions.length > 0 ? (
        <datalist id={list}>
          {suggestions.map((value) => (
            <option key={value} value={value} />
          ))}
        </datalist>
      ) : null}
    </Row>
  );
}

interface ChoiceRowProps<Value extends string> extends RowProps<Value> {
  readonly values: readonly Value[];
  readonly words: Readonly<Record<Value, string>>;
}

function ChoiceRow<Value extends string>({ name, label, change, values, words }: ChoiceRowProps<Value>): React.JSX.Element {
  return (
    <Row name={name} origin={label.origin} onBack={() => change(name, { [name]: null })}>
      <Select
        label={say[name]}
        className="label-select"
        value={label.value ?? ''}
        face={label.value === null ? <span className="muted">{label.isMixed ? say.mixed : say.none}</span> : words[label.value]}
        groups={[{ choices: values.map((value) => ({ value: value as string, label: words[value] })) }]}
        onChange={(value) => change(name, { [name]: value })}
      />
    </Row>
  );
}

function TempoRow({ label, change }: Omit<RowProps<number>, 'name'>): React.JSX.Element {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = label.value === null ? '' : fixed(label.value, 1);
  const take = (): void => {
    const tempo = Number(typed?.replace(',', '.'));
    setTyped(null);
    if (typed === null || typed.trim() === shown) return;
    if (typed.trim() === '') change('tempo', { tempo: null });
    else if (tempo >= 20 && tempo <= 400) change('tempo', { tempo });
  };
  return (
    <Row name="tempo" origin={label.origin} onBack={() => change('tempo', { tempo: null })}>
      <input
        className="label-input figures"
        inputMode="decimal"
        aria-label={say.tempo}
        value={typed ?? shown}
        placeholder={label.isMixed ? say.mixed : say.none}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => (event.key === 'Enter' ? event.currentTarget.blur() : undefined)}
      />
    </Row>
  );
}

interface TagRowProps {
  readonly moves: readonly Move[];
  readonly origin: Origin | null;
  readonly isSet: boolean;
  readonly onError: (error: AppError | null) => void;
  readonly change: (name: LabelName, labels: LabelChanges) => void;
}

/** Tags are added to each move's own and taken from it. */
function TagRow({ moves, origin, onError, change }: TagRowProps): React.JSX.Element {
  const [typed, setTyped] = useState('');
  const edit = (tag: string, isAdded: boolean): void => {
    const changes = tagChanges(moves, tag, isAdded);
    onError(null);
    if (changes.length === 0) return;
    const many = moves.length > 1 ? { told: en.moves.batch.changed(say.tags, moves.length) } : {};
    changeLibrary({ kind: 'labels', changes }, { label: en.moves.batch.step.label(say.tags, moves.length), ...many }).catch((thrown: unknown) => onError(toAppError(thrown)));
  };
  const add = (): void => {
    const tag = typed.trim().slice(0, 40);
    setTyped('');
    if (tag !== '') edit(tag, true);
  };
  return (
    <Row name="tags" origin={origin} onBack={() => change('tags', { tags: null })}>
      <ul className="label-tags">
        {[...tagCounts(moves)].map(([tag, count]) => (
          <li key={tag} className={count < moves.length ? 'label-tag label-tag-some' : 'label-tag'} title={say.tagOf(tag, count, moves.length)}>
            <span className="truncate">{tag}</span>
            <IconButton label={say.removeTag(tag)} icon={X} size={11} className="label-tag-remove" onClick={() => edit(tag, false)} />
          </li>
        ))}
        <li className="label-tag-new">
          <Plus size={11} aria-hidden="true" />
          <input
            aria-label={say.addTag}
            placeholder={say.addTag}
            value={typed}
            maxLength={40}
            onChange={(event) => setTyped(event.target.value)}
            onBlur={add}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              add();
            }}
          />
        </li>
      </ul>
    </Row>
  );
}

/** Focuses the first label when labels are asked to be edited (E, F2). */
export function useLabelFocus(): React.RefObject<HTMLDivElement | null> {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const focus = (): void => ref.current?.querySelector<HTMLElement>('.label-form input, .label-form button')?.focus();
    globalThis.addEventListener('kinetone-edit-labels', focus);
    return () => globalThis.removeEventListener('kinetone-edit-labels', focus);
  }, []);
  return ref;
}
