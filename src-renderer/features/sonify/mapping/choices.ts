/** The lists a row chooses from: features by sense, parameters by voice, in their colours. */
import { parameterIds, parameters } from '../../../../src-main/contract/documents/parameters.ts';
import type { ParameterId } from '../../../../src-main/contract/documents/parameters.ts';
import { SENSES, sourceIds, sources } from '../../../../src-main/contract/documents/sources.ts';
import type { SourceId } from '../../../../src-main/contract/documents/sources.ts';
import { en } from '../../../../src-main/contract/text/en.ts';
import { senseOfVoice } from '../../../model/mapping-edit.ts';
import type { ChoiceGroup } from '../../../ui/select.tsx';

export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

export const sourceGroups: readonly ChoiceGroup<SourceId>[] = SENSES.map((sense) => ({
  label: en.mapping.sense[sense],
  choices: sourceIds
    .filter((id) => sources[id].sense === sense)
    .map((id) => ({ value: id, label: capital(sources[id].label) })),
}));

const VOICE_ORDER = ['bass', 'rhythm', 'atmosphere', 'global'] as const;

export const targetGroups: readonly ChoiceGroup<ParameterId>[] = VOICE_ORDER.map((voice) => ({
  label: en.mapping.voice[voice],
  choices: parameterIds
    .filter((id) => parameters[id].voice === voice)
    .map((id) => ({ value: id, label: capital(parameters[id].label) })),
}));

/** The class that gives a parameter the colour of its voice. */
export function senseClassOf(id: ParameterId): string {
  const { voice } = parameters[id];
  return voice === 'global' ? 'sense-time' : `sense-${senseOfVoice[voice]}`;
}
