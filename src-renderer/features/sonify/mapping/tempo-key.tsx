/** Tempo and key of the mapping, and whether the wobble keeps to the tempo. */
import type { Mapping } from '../../../../src-main/contract/documents/mapping.ts';
import { MODES, TONICS } from '../../../../src-main/contract/documents/mapping.ts';
import { en } from '../../../../src-main/contract/text/en.ts';
import { parseWithUnit } from '../../../model/format.ts';
import { setPart } from '../../../model/mapping-edit.ts';
import type { Slot } from '../../../model/mapping-edit.ts';
import { commands, useChord } from '../../../stores/command-store.ts';
import { edit } from '../../../stores/project-store.ts';
import { Button } from '../../../ui/button.tsx';
import { Fold } from '../../../ui/fold.tsx';
import { NumberField } from '../../../ui/number-field.tsx';
import { Select } from '../../../ui/select.tsx';
import { Toggle } from '../../../ui/toggle.tsx';
import { Tooltip } from '../../../ui/tooltip.tsx';

const say = en.mapping.tempo;
const SOURCES = (['fixed', 'tapped', 'motion', 'song'] as const).map((value) => ({
  value,
  label: say.source[value],
  ...(value === 'song' ? { isDisabled: true, hint: say.songMissing } : {}),
}));
const TONIC_CHOICES = TONICS.map((value) => ({ value, label: value.replace('#', '♯') }));
const MODE_CHOICES = MODES.map((value) => ({ value, label: en.mapping.mode[value] }));

interface TempoKeyProps {
  readonly mapping: Mapping;
  readonly slot: Slot;
}

export function TempoKey({ mapping, slot }: TempoKeyProps): React.JSX.Element {
  const { tempo, key } = mapping;
  const chord = useChord('tempo.tap');
  return (
    <Fold
      id="tempo"
      title={`${say.title} · ${en.mapping.key.title}`}
      aside={
        <span className="preset-now figures">{`${tempo.bpm} ${say.bpm} · ${key.tonic.replace('#', '♯')} ${en.mapping.mode[key.mode]}`}</span>
      }
    >
      <div className="tempo-key sense-time">
        <div className="tempo-line">
          <span className="tempo-name">{say.title}</span>
          <Select
            label={say.title}
            value={tempo.source}
            groups={[{ choices: SOURCES }]}
            onChange={(source) => edit(setPart(slot, en.mapping.edit.tempoSource, ['tempo', 'source'], source))}
          />
          <NumberField
            label={say.bpm}
            value={tempo.bpm}
            min={40}
            max={240}
            step={1}
            format={String}
            parse={(text) => parseWithUnit(text, 'bpm')}
            onChange={(bpm) => edit(setPart(slot, en.mapping.edit.tempo, ['tempo', 'bpm'], Math.round(bpm)))}
          />
          <Tooltip text={say.tapHint} chord={chord}>
            <Button onClick={() => commands.run('tempo.tap')}>{say.tap}</Button>
          </Tooltip>
        </div>
        <div className="tempo-line">
          <span className="tempo-name">{en.mapping.key.title}</span>
          <Select
            label={en.mapping.key.tonic}
            value={key.tonic}
            groups={[{ choices: TONIC_CHOICES }]}
            onChange={(tonic) => edit(setPart(slot, en.mapping.edit.key, ['key', 'tonic'], tonic))}
          />
          <Select
            label={en.mapping.key.mode}
            value={key.mode}
            groups={[{ choices: MODE_CHOICES }]}
            onChange={(mode) => edit(setPart(slot, en.mapping.edit.key, ['key', 'mode'], mode))}
            className="tempo-mode"
          />
          <span title={say.sync}>
            <Toggle
              label={say.syncShort}
              isOn={mapping.sync}
              onChange={(sync) => edit(setPart(slot, en.mapping.edit.sync, ['sync'], sync))}
            />
          </span>
        </div>
      </div>
    </Fold>
  );
}
