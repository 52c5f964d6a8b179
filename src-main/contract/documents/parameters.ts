/**
 * Every parameter of the sound engine that a mapping row can drive and a knob can set: one table with voice, unit,
 * range and default. Native code knows them by their order here (native/src/control/parameters.h); a test compares the two.
 */
export const VOICES = ['bass', 'rhythm', 'atmosphere'] as const;
export type Voice = (typeof VOICES)[number];

export type Unit = 'fraction' | 'hz' | 'db' | 'bpm' | 'semitones' | 'pan' | 'ms' | 'count' | 'octaves';

export interface ParameterSpec {
  readonly voice: Voice | 'global';
  readonly label: string;
  readonly unit: Unit;
  readonly min: number;
  readonly max: number;
  readonly default: number;
  /** How a knob and a row's output range are scaled. */
  readonly scale: 'linear' | 'log';
}

/** Order is the native index: append only. The first five are the seed's AudioParameters. */
export const parameters = {
  bass_intensity: { voice: 'bass', label: 'bass intensity', unit: 'fraction', min: 0, max: 1, default: 0, scale: 'linear' },
  modulation_rate: { voice: 'bass', label: 'wobble rate', unit: 'hz', min: 0.1, max: 20, default: 0.5, scale: 'log' },
  filter_resonance: { voice: 'bass', label: 'filter resonance', unit: 'fraction', min: 0, max: 1, default: 0.4, scale: 'linear' },
  rhythm_complexity: { voice: 'rhythm', label: 'rhythm complexity', unit: 'fraction', min: 0, max: 1, default: 0, scale: 'linear' },
  bpm: { voice: 'global', label: 'tempo', unit: 'bpm', min: 40, max: 240, default: 120, scale: 'linear' },
  bass_cutoff: { voice: 'bass', label: 'bass filter', unit: 'hz', min: 40, max: 12000, default: 200, scale: 'log' },
  wobble_depth: { voice: 'bass', label: 'wobble depth', unit: 'octaves', min: 0, max: 5, default: 2, scale: 'linear' },
  bass_drive: { voice: 'bass', label: 'bass drive', unit: 'fraction', min: 0, max: 1, default: 0.2, scale: 'linear' },
  bass_detune: { voice: 'bass', label: 'bass detune', unit: 'semitones', min: 0, max: 1, default: 0.12, scale: 'linear' },
  bass_sub: { voice: 'bass', label: 'sub level', unit: 'fraction', min: 0, max: 1, default: 0.6, scale: 'linear' },
  bass_pan: { voice: 'bass', label: 'bass pan', unit: 'pan', min: -1, max: 1, default: 0, scale: 'linear' },
  rhythm_balance: { voice: 'rhythm', label: 'drums low to high', unit: 'fraction', min: 0, max: 1, default: 0.5, scale: 'linear' },
  rhythm_level: { voice: 'rhythm', label: 'drum level', unit: 'fraction', min: 0, max: 1, default: 0.8, scale: 'linear' },
  rhythm_tone: { voice: 'rhythm', label: 'drum brightness', unit: 'fraction', min: 0, max: 1, default: 0.5, scale: 'linear' },
  rhythm_swing: { voice: 'rhythm', label: 'swing', unit: 'fraction', min: 0, max: 1, default: 0, scale: 'linear' },
  pad_hue: { voice: 'atmosphere', label: 'chord', unit: 'fraction', min: 0, max: 1, default: 0, scale: 'linear' },
  pad_register: { voice: 'atmosphere', label: 'pad register', unit: 'octaves', min: -2, max: 2, default: 0, scale: 'linear' },
  pad_cutoff: { voice: 'atmosphere', label: 'pad filter', unit: 'hz', min: 100, max: 16000, default: 1200, scale: 'log' },
  pad_voices: { voice: 'atmosphere', label: 'pad voices', unit: 'count', min: 1, max: 8, default: 3, scale: 'linear' },
  pad_width: { voice: 'atmosphere', label: 'pad width', unit: 'fraction', min: 0, max: 1, default: 0.5, scale: 'linear' },
  pad_level: { voice: 'atmosphere', label: 'pad level', unit: 'fraction', min: 0, max: 1, default: 0, scale: 'linear' },
  reverb_send: { voice: 'atmosphere', label: 'reverb', unit: 'fraction', min: 0, max: 1, default: 0.3, scale: 'linear' },
  delay_send: { voice: 'atmosphere', label: 'delay', unit: 'fraction', min: 0, max: 1, default: 0.2, scale: 'linear' },
  /** Over the chord's root. */
  bass_pitch: { voice: 'bass', label: 'bass pitch', unit: 'semitones', min: -12, max: 24, default: 0, scale: 'linear' },
  rhythm_room: { voice: 'rhythm', label: 'drum room', unit: 'fraction', min: 0, max: 1, default: 0.2, scale: 'linear' },
  pad_attack: { voice: 'atmosphere', label: 'pad attack', unit: 'ms', min: 5, max: 4000, default: 400, scale: 'log' },
  delay_feedback: { voice: 'atmosphere', label: 'delay feedback', unit: 'fraction', min: 0, max: 0.7, default: 0.4, scale: 'linear' },
} as const satisfies Record<string, ParameterSpec>;

export type ParameterId = keyof typeof parameters;
export const parameterIds = Object.keys(parameters) as [ParameterId, ...ParameterId[]];
