/** What the next plan is made with: difficulty, energy, style, cuts, transitions, seed, where the moves come from. */
import { useMemo } from 'react';

import type { ChoreographyParameters, PlanTransition } from '../../../../src-main/contract/documents/choreography.ts';
import { PLAN_TRANSITIONS } from '../../../../src-main/contract/documents/choreography.ts';
import { DIFFICULTIES, ENERGY_LEVELS } from '../../../../src-main/contract/documents/move.ts';
import { en } from '../../../../src-main/contract/text/en.ts';
import { fixed } from '../../../model/format.ts';
import { useMoves } from '../../../stores/move-store.ts';
import { NumberField } from '../../../ui/number-field.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select } from '../../../ui/select.tsx';

const say = en.dance.form;
const ANY = 'any';
const EVERY = 'every';

export const TRANSITION_CHOICES = PLAN_TRANSITIONS.map((value) => ({ value, label: en.dance.transition[value] }));

interface ParametersFormProps {
  readonly parameters: ChoreographyParameters;
  readonly seed: number;
  readonly onChange: <Field extends keyof ChoreographyParameters>(field: Field, value: ChoreographyParameters[Field]) => void;
  readonly onSeed: (seed: number) => void;
}

/** Words of the library's own vocabulary, most used first. */
function useStyles(current: string | null): readonly string[] {
  const moves = useMoves((state) => state.moves);
  return useMemo(() => {
    const counts = new Map<string, number>();
    for (const { labels } of moves.values()) {
      const style = labels.style?.value;
      if (style) counts.set(style, (counts.get(style) ?? 0) + 1);
    }
    if (current !== null && !counts.has(current)) counts.set(current, 0);
    return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([style]) => style);
  }, [moves, current]);
}

export function ParametersForm({ parameters, seed, onChange, onSeed }: ParametersFormProps): React.JSX.Element {
  const styles = useStyles(parameters.style);
  const folders = useMoves((state) => state.folders);
  return (
    <div className="parameters" role="group" aria-label={say.title}>
      <Row label={say.difficulty}>
        <Segmented
          label={say.difficulty}
          value={parameters.difficulty ?? ANY}
          segments={[{ value: ANY, label: say.any }, ...DIFFICULTIES.map((value) => ({ value, label: say.difficulties[value] }))]}
          onChange={(value) => onChange('difficulty', value === ANY ? null : value)}
        />
      </Row>
      <Row label={say.energy}>
        <Segmented
          label={say.energy}
          value={parameters.energy_level ?? ANY}
          segments={[{ value: ANY, label: say.any }, ...ENERGY_LEVELS.map((value) => ({ value, label: say.energies[value] }))]}
          onChange={(value) => onChange('energy_level', value === ANY ? null : value)}
        />
      </Row>
      <Row label={say.style}>
        <Select
          label={say.style}
          value={parameters.style ?? ANY}
          groups={[{ choices: [{ value: ANY, label: say.any }, ...styles.map((value) => ({ value, label: value }))] }]}
          onChange={(value) => onChange('style', value === ANY ? null : value)}
        />
      </Row>
      <Row label={`${say.counts} (${say.countsLine})`}>
        <Segmented
          label={say.counts}
          value={String(parameters.counts) as keyof typeof say.countsOf}
          segments={(['auto', '4', '8', '16'] as const).map((value) => ({ value, label: say.countsOf[value] }))}
          onChange={(value) => onChange('counts', value === 'auto' ? value : (Number(value) as 4 | 8 | 16))}
        />
      </Row>
      <Row label={say.transition}>
        <Select<PlanTransition> label={say.transition} value={parameters.transition} groups={[{ choices: TRANSITION_CHOICES }]} onChange={(value) => onChange('transition', value)} />
      </Row>
      {folders.length > 0 ? (
        <Row label={say.folder}>
          <Select
            label={say.folder}
            value={parameters.folder_id ?? EVERY}
            groups={[{ choices: [{ value: EVERY, label: say.everyFolder }, ...folders.map(({ id, name }) => ({ value: id, label: name }))] }]}
            onChange={(value) => onChange('folder_id', value === EVERY ? null : value)}
          />
        </Row>
      ) : null}
      <div className="parameter-numbers">
        <NumberField
          label={say.transitionLength}
          value={parameters.transition_s}
          min={0.1}
          max={2}
          step={0.05}
          format={(value) => `${fixed(value, 2)} s`}
          parse={(text) => numberOf(text)}
          onChange={(value) => onChange('transition_s', value)}
        />
        <NumberField
          label={say.window}
          value={parameters.repeat_window}
          min={0}
          max={50}
          step={1}
          format={(value) => say.windowOf(value)}
          parse={(text) => numberOf(text)}
          onChange={(value) => onChange('repeat_window', Math.round(value))}
        />
        <NumberField
          label={say.seed}
          value={seed}
          min={0}
          max={0xffff_ffff}
          step={1}
          format={String}
          parse={(text) => numberOf(text)}
          onChange={(value) => onSeed(Math.round(value))}
          toPosition={(value) => Math.min(1, value / 1000)}
          toValue={(position) => position * 1000}
        />
      </div>
    </div>
  );
}

/** The number a text begins with; null when it begins with none. */
export function numberOf(text: string): number | null {
  const value = Number.parseFloat(text.trim().replace(',', '.'));
  return Number.isFinite(value) ? value : null;
}

function Row({ label, children }: { readonly label: string; readonly children: React.ReactNode }): React.JSX.Element {
  return (
    <div className="parameter">
      <span>{label}</span>
      {children}
    </div>
  );
}
