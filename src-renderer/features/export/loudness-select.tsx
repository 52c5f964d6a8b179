/** The loudness targets people export to. */
import type { ExportSettings } from '../../../src-main/contract/documents/sonify.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { fixed } from '../../model/format.ts';
import { Select } from '../../ui/select.tsx';

const TARGETS = Object.keys(en.export.loudnessTargets) as (keyof typeof en.export.loudnessTargets)[];

interface LoudnessSelectProps {
  readonly value: ExportSettings['loudness'];
  readonly onChange: (value: ExportSettings['loudness']) => void;
}

export function LoudnessSelect({ value, onChange }: LoudnessSelectProps): React.JSX.Element {
  const common = TARGETS.map((target) => ({
    value: target as string,
    label: `${en.export.loudnessTargets[target]}  ${en.export.lufs(fixed(Number(target), 0))}`,
  }));
  const own =
    typeof value === 'number' && !common.some((choice) => choice.value === String(value))
      ? [{ value: String(value), label: en.export.lufs(fixed(value, 1)) }]
      : [];
  return (
    <Select
      label={en.export.loudness}
      value={String(value)}
      groups={[{ choices: [...common, ...own, { value: 'off', label: en.export.loudnessOff }] }]}
      onChange={(chosen) => onChange(chosen === 'off' ? 'off' : Number(chosen))}
    />
  );
}
