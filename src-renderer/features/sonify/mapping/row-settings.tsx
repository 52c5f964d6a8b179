/** Everything about a row: its sentence, curve, ranges, smoothing, steps, how it joins other rows. */
import { ArrowDown, ArrowUp, GraduationCap, Trash2 } from 'lucide-react';

import type { Curve, MappingRow, Quantisation } from '../../../../src-main/contract/documents/mapping.ts';
import { parameters } from '../../../../src-main/contract/documents/parameters.ts';
import { sources } from '../../../../src-main/contract/documents/sources.ts';
import { en } from '../../../../src-main/contract/text/en.ts';
import { asPoints } from '../../../model/curve.ts';
import { fixed, parseWithUnit, withUnit } from '../../../model/format.ts';
import { moveRow, removeRow, setRowField } from '../../../model/mapping-edit.ts';
import type { Slot } from '../../../model/mapping-edit.ts';
import { positionOf, valueAt } from '../../../model/parameter-scale.ts';
import { edit } from '../../../stores/project-store.ts';
import { attempt } from '../../../stores/toast-store.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { CurveEditor } from '../../../ui/curve-editor.tsx';
import { NumberField } from '../../../ui/number-field.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { senseClassOf } from './choices.ts';
import { learnFromFilm } from './learn-from-film.ts';

const say = en.mapping.row;

interface RowSettingsProps {
  readonly row: MappingRow;
  readonly rows: readonly MappingRow[];
  readonly slot: Slot;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly sentence: string;
}

const parsePlain = (text: string): number | null => parseWithUnit(text, 'count');
const parseMs = (text: string): number | null => parseWithUnit(text, 'ms');
const formatMs = (value: number): string => withUnit(value, 'ms');
/** Milliseconds are felt in ratios: the drag is logarithmic, with 0 at its end. */
const MS = { min: 1, max: 10_000, scale: 'log' } as const;
const msPosition = (value: number): number => positionOf(Math.max(1, value), MS);
const msValue = (position: number): number => (position <= 0 ? 0 : valueAt(position, MS));

export function RowSettings({ row, rows, slot, isFirst, isLast, sentence }: RowSettingsProps): React.JSX.Element {
  const set = <Field extends keyof MappingRow>(field: Field, value: MappingRow[Field]): void =>
    edit(setRowField(slot, rows, row.id, field, value));
  const source = sources[row.source];
  const target = parameters[row.target];
  const sourceStep = (source.max - source.min) / 1000;
  const targetStep = target.scale === 'log' ? 0.01 : (target.max - target.min) / 1000;
  const format = (value: number): string => withUnit(value, target.unit);
  const parse = (text: string): number | null => parseWithUnit(text, target.unit);
  const logDrag =
    target.scale === 'log'
      ? {
          toPosition: (value: number) => positionOf(value, target),
          toValue: (position: number) => valueAt(position, target),
        }
      : {};
  return (
    <div className={`row-settings ${senseClassOf(row.target)}`}>
      <p className="row-sentence selectable">{sentence}</p>
      <CurveSettings curve={row.curve} onChange={(curve) => set('curve', curve)} />
      <div className="row-grid">
        <span>{say.input}</span>
        <NumberField
          label={say.from}
          name={`${say.input} ${say.from}`}
          value={row.input[0]}
          min={source.min}
          max={source.max}
          step={sourceStep}
          format={(value) => fixed(value, 3)}
          parse={parsePlain}
          onChange={(value) => set('input', [value, row.input[1]])}
        />
        <NumberField
          label={say.to}
          name={`${say.input} ${say.to}`}
          value={row.input[1]}
          min={source.min}
          max={source.max}
          step={sourceStep}
          format={(value) => fixed(value, 3)}
          parse={parsePlain}
          onChange={(value) => set('input', [row.input[0], value])}
        />
        <IconButton
          label={say.learnLine}
          icon={GraduationCap}
          className="icon-button-small"
          side="left"
          onClick={() => attempt(learnFromFilm(slot, row))}
        />
        <span>{say.output}</span>
        <NumberField
          label={say.from}
          name={`${say.output} ${say.from}`}
          value={row.output[0]}
          min={target.min}
          max={target.max}
          step={targetStep}
          format={format}
          parse={parse}
          onChange={(value) => set('output', [value, row.output[1]])}
          {...logDrag}
        />
        <NumberField
          label={say.to}
          name={`${say.output} ${say.to}`}
          value={row.output[1]}
          min={target.min}
          max={target.max}
          step={targetStep}
          format={format}
          parse={parse}
          onChange={(value) => set('output', [row.output[0], value])}
          {...logDrag}
        />
        <span />
        <span>{en.mapping.smoothing}</span>
        <NumberField
          label={say.attack}
          value={row.smoothing.attack_ms}
          min={0}
          max={10_000}
          step={1}
          format={formatMs}
          parse={parseMs}
          toPosition={msPosition}
          toValue={msValue}
          onChange={(value) => set('smoothing', { ...row.smoothing, attack_ms: value })}
        />
        <NumberField
          label={say.release}
          value={row.smoothing.release_ms}
          min={0}
          max={10_000}
          step={1}
          format={formatMs}
          parse={parseMs}
          toPosition={msPosition}
          toValue={msValue}
          onChange={(value) => set('smoothing', { ...row.smoothing, release_ms: value })}
        />
        <span />
      </div>
      <QuantisationSettings
        quantisation={row.quantisation}
        unit={target.unit}
        onChange={(quantisation) => set('quantisation', quantisation)}
      />
      <div className="row-setting">
        <span>{say.combine}</span>
        <Segmented
          label={say.combine}
          value={row.combine}
          segments={(['set', 'add', 'multiply'] as const).map((value) => ({ value, label: say.combining[value] }))}
          onChange={(combine) => set('combine', combine)}
        />
      </div>
      <div className="row-foot">
        <IconButton
          label={say.up}
          icon={ArrowUp}
          className="icon-button-small"
          disabled={isFirst}
          onClick={() => edit(moveRow(slot, rows, row.id, -1))}
        />
        <IconButton
          label={say.down}
          icon={ArrowDown}
          className="icon-button-small"
          disabled={isLast}
          onClick={() => edit(moveRow(slot, rows, row.id, 1))}
        />
        <Button tone="danger" icon={Trash2} onClick={() => edit(removeRow(slot, rows, row.id))}>
          {say.remove}
        </Button>
      </div>
    </div>
  );
}

const KINDS = (['linear', 'power', 's', 'points'] as const).map((value) => ({
  value,
  label: en.mapping.curve.kind[value],
}));

function CurveSettings({
  curve,
  onChange,
}: {
  readonly curve: Curve;
  readonly onChange: (curve: Curve) => void;
}): React.JSX.Element {
  const turnInto = (kind: Curve['kind']): void => {
    if (kind === 'linear') onChange({ kind });
    else if (kind === 'power') onChange({ kind, exponent: 2 });
    else if (kind === 's') onChange({ kind, steepness: 3 });
    else onChange({ kind, points: asPoints(curve).map(([x, y]) => [x, y]) });
  };
  return (
    <>
      <div className="row-setting">
        <Segmented
          label={en.mapping.curve.title}
          value={curve.kind}
          segments={KINDS}
          onChange={turnInto}
          className="row-wide"
        />
        {curve.kind === 'power' ? (
          <NumberField
            label="^"
            name={en.mapping.curve.exponent}
            value={curve.exponent}
            min={0.1}
            max={10}
            step={0.01}
            format={(value) => fixed(value, 2)}
            parse={parsePlain}
            onChange={(exponent) => onChange({ kind: 'power', exponent })}
          />
        ) : null}
        {curve.kind === 's' ? (
          <NumberField
            label="×"
            name={en.mapping.curve.steepness}
            value={curve.steepness}
            min={1}
            max={8}
            step={0.1}
            format={(value) => fixed(value, 1)}
            parse={parsePlain}
            onChange={(steepness) => onChange({ kind: 's', steepness })}
          />
        ) : null}
      </div>
      <CurveEditor curve={curve} onChange={onChange} />
    </>
  );
}

interface QuantisationSettingsProps {
  readonly quantisation: Quantisation;
  readonly unit: string;
  readonly onChange: (quantisation: Quantisation) => void;
}

/** Scales only make sense for notes, note values only for rates. */
function QuantisationSettings({ quantisation, unit, onChange }: QuantisationSettingsProps): React.JSX.Element {
  const kinds = (['none', 'steps', 'scale', 'divisions'] as const).map((value) => ({
    value,
    label: say.quantisation[value],
    isDisabled: (value === 'scale' && unit !== 'semitones') || (value === 'divisions' && unit !== 'hz'),
  }));
  return (
    <div className="row-setting">
      <span>{say.quantise}</span>
      <Segmented
        label={say.quantise}
        value={quantisation.kind}
        segments={kinds}
        onChange={(kind) => onChange(kind === 'steps' ? { kind, count: 8 } : { kind })}
      />
      {quantisation.kind === 'steps' ? (
        <NumberField
          label="#"
          name={say.stepCount}
          value={quantisation.count}
          min={2}
          max={64}
          step={1}
          format={(value) => fixed(value, 0)}
          parse={parsePlain}
          onChange={(count) => onChange({ kind: 'steps', count: Math.round(count) })}
        />
      ) : null}
    </div>
  );
}
