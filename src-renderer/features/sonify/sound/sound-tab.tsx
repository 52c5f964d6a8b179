/** The voices: their shapes, and every parameter at rest as a knob with what the mapping makes of it now. */
import { useCallback } from 'react';

import { BASS_SHAPES, KITS, PAD_SHAPES } from '../../../../src-main/contract/documents/mapping.ts';
import type { Mapping } from '../../../../src-main/contract/documents/mapping.ts';
import { VOICES, parameterIds, parameters } from '../../../../src-main/contract/documents/parameters.ts';
import type { ParameterId, Voice } from '../../../../src-main/contract/documents/parameters.ts';
import { en } from '../../../../src-main/contract/text/en.ts';
import { senseOfVoice, setPart, setResting } from '../../../model/mapping-edit.ts';
import type { Slot } from '../../../model/mapping-edit.ts';
import { edit } from '../../../stores/project-store.ts';
import { Knob } from '../../../ui/knob.tsx';
import { Select } from '../../../ui/select.tsx';
import { capital } from '../mapping/choices.ts';
import { liveParameter } from '../mapping/live-values.ts';
import { useMapping } from '../player/use-scene.ts';
import './sound.css';

const SHAPES = {
  bass: {
    part: 'bass',
    label: en.mapping.shape.bass,
    choices: BASS_SHAPES.map((value) => ({ value, label: en.mapping.bassShape[value] })),
  },
  rhythm: {
    part: 'kit',
    label: en.mapping.shape.kit,
    choices: KITS.map((value) => ({ value, label: en.mapping.kit[value] })),
  },
  atmosphere: {
    part: 'pad',
    label: en.mapping.shape.pad,
    choices: PAD_SHAPES.map((value) => ({ value, label: en.mapping.padShape[value] })),
  },
} as const;

interface VoiceProps {
  readonly mapping: Mapping;
  readonly slot: Slot;
  readonly voice: Voice;
}

export function SoundTab(): React.JSX.Element | null {
  const active = useMapping();
  if (!active) return null;
  return (
    <div className="sound-tab">
      {VOICES.map((voice) => (
        <VoiceSection key={voice} voice={voice} mapping={active.mapping} slot={active.slot} />
      ))}
      <p className="muted">{en.mapping.sound.resting}</p>
    </div>
  );
}

function VoiceSection({ voice, mapping, slot }: VoiceProps): React.JSX.Element {
  const { part, label, choices } = SHAPES[voice];
  const setShape = (value: string): void => {
    const name = choices.find((choice) => choice.value === value)?.label ?? value;
    edit(setPart(slot, en.mapping.edit.shape(name), ['sound', part], value));
  };
  return (
    <section className={`voice sense-${senseOfVoice[voice]}`} aria-label={en.mapping.voice[voice]}>
      <header>
        <h3>{en.mapping.voice[voice]}</h3>
        <Select
          label={label}
          value={mapping.sound[part] as string}
          groups={[{ choices: choices as readonly { readonly value: string; readonly label: string }[] }]}
          onChange={setShape}
        />
      </header>
      <div className="voice-knobs">
        {parameterIds
          .filter((id) => parameters[id].voice === voice)
          .map((id) => (
            <ParameterKnob key={id} id={id} mapping={mapping} slot={slot} />
          ))}
      </div>
    </section>
  );
}

function ParameterKnob({
  id,
  mapping,
  slot,
}: {
  readonly id: ParameterId;
  readonly mapping: Mapping;
  readonly slot: Slot;
}): React.JSX.Element {
  const spec = parameters[id];
  const isDriven = mapping.rows.some((row) => row.enabled && row.target === id);
  const live = useCallback(() => liveParameter(id), [id]);
  return (
    <Knob
      label={capital(spec.label)}
      value={mapping.resting[id] ?? spec.default}
      scale={spec}
      unit={spec.unit}
      resetTo={spec.default}
      live={live}
      isDriven={isDriven}
      midi={`param:${id}`}
      note={isDriven ? en.mapping.sound.driven : undefined}
      onChange={(value) => edit(setResting(slot, mapping, id, value))}
    />
  );
}
