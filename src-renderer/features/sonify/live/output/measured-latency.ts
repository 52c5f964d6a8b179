/** The latency measured last, for the output it was measured on; another device, rate or buffer has another. */
import { create } from 'zustand';

import { type OutputSettings, OutputSettingsSchema } from '../../../../../src-main/contract/documents/session.ts';
import { useSettings } from '../../../../stores/settings-store.ts';

interface Measurement {
  readonly output: string;
  readonly latencyMs: number;
}

const useMeasurement = create<{ readonly last: Measurement | null }>()(() => ({ last: null }));

/** @param latencyMs  null where nothing was heard */
export function keepMeasuredLatency(output: OutputSettings, latencyMs: number | null): void {
  useMeasurement.setState({ last: latencyMs === null ? null : { output: JSON.stringify(output), latencyMs } });
}

/** Milliseconds; null where the output in the settings was not measured. */
export function useMeasuredLatency(): number | null {
  const audio = useSettings((state) => state.settings.audio);
  const last = useMeasurement((state) => state.last);
  return last !== null && last.output === JSON.stringify(OutputSettingsSchema.parse(audio ?? {})) ? last.latencyMs : null;
}
