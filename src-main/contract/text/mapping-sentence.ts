/**
 * A mapping row in plain English: "More motion makes the wobble faster." One table of subjects for the sources, one of
 * verbs for the parameters; a backward range on either side turns the sentence round.
 */
import type { MappingRow } from '../documents/mapping.ts';
import type { ParameterId } from '../documents/parameters.ts';
import type { SourceId } from '../documents/sources.ts';

interface Subject {
  readonly more: string;
  readonly less: string;
  /** The noun of `more` and `less` is plural. */
  readonly isPlural?: true;
}

const subjects: Record<SourceId, Subject> = {
  'motion.magnitude': { more: 'More motion', less: 'Less motion' },
  'motion.direction_x': { more: 'Motion to the right', less: 'Motion to the left' },
  'motion.direction_y': { more: 'Upward motion', less: 'Downward motion' },
  'motion.coherence': { more: 'Motion in one direction', less: 'Motion in all directions' },
  'motion.regions': { more: 'More moving regions', less: 'Fewer moving regions', isPlural: true },
  'motion.region_x': { more: 'Motion on the right of the picture', less: 'Motion on the left of the picture' },
  'motion.region_y': { more: 'Motion at the top of the picture', less: 'Motion at the bottom of the picture' },
  'edges.density': { more: 'More detail', less: 'Less detail' },
  'edges.horizontal': { more: 'Stronger horizontal lines', less: 'Weaker horizontal lines', isPlural: true },
  'edges.vertical': { more: 'Stronger vertical lines', less: 'Weaker vertical lines', isPlural: true },
  'edges.balance': { more: 'More horizontal than vertical lines', less: 'More vertical than horizontal lines', isPlural: true },
  'edges.lines': { more: 'Clearer parallel lines', less: 'Fainter parallel lines', isPlural: true },
  'edges.grid': { more: 'A clearer grid', less: 'A fainter grid' },
  'edges.texture': { more: 'More texture', less: 'Less texture' },
  'edges.radial': { more: 'A clearer radial pattern', less: 'A fainter radial pattern' },
  'color.hue': { more: 'A hue nearer to violet', less: 'A hue nearer to red' },
  'color.saturation': { more: 'More saturation', less: 'Less saturation' },
  'color.brightness': { more: 'A brighter picture', less: 'A darker picture' },
  'color.colorfulness': { more: 'More colour', less: 'Less colour' },
  'color.contrast': { more: 'More contrast', less: 'Less contrast' },
  scene_change: { more: 'A cut', less: 'The absence of a cut' },
};

interface Predicate {
  /** "makes" when the subject is singular, "make" when plural. */
  readonly verb: string;
  readonly rise: string;
  readonly fall: string;
}

const make = (what: string, rise: string, fall: string): Predicate => ({ verb: 'make', rise: `${what} ${rise}`, fall: `${what} ${fall}` });

const predicates: Record<ParameterId, Predicate> = {
  bass_intensity: make('the bass', 'louder', 'quieter'),
  modulation_rate: make('the wobble', 'faster', 'slower'),
  filter_resonance: make('the bass', 'more resonant', 'less resonant'),
  rhythm_complexity: make('the rhythm', 'busier', 'sparser'),
  bpm: make('the tempo', 'faster', 'slower'),
  bass_cutoff: make('the bass', 'brighter', 'darker'),
  wobble_depth: make('the wobble', 'deeper', 'shallower'),
  bass_drive: make('the bass', 'rougher', 'smoother'),
  bass_detune: make('the bass', 'thicker', 'thinner'),
  bass_sub: make('the sub', 'louder', 'quieter'),
  bass_pan: { verb: 'move', rise: 'the bass to the right', fall: 'the bass to the left' },
  rhythm_balance: { verb: 'move', rise: 'the rhythm up to the hats', fall: 'the rhythm down to the low drums' },
  rhythm_level: make('the drums', 'louder', 'quieter'),
  rhythm_tone: make('the drums', 'brighter', 'darker'),
  rhythm_swing: make('the rhythm', 'swing more', 'swing less'),
  pad_hue: { verb: 'turn', rise: 'the chord up the circle of fifths', fall: 'the chord down the circle of fifths' },
  pad_register: { verb: 'move', rise: 'the pads higher', fall: 'the pads lower' },
  pad_cutoff: make('the pads', 'brighter', 'darker'),
  pad_voices: { verb: 'give', rise: 'the pads more voices', fall: 'the pads fewer voices' },
  pad_width: make('the pads', 'wider', 'narrower'),
  pad_level: make('the pads', 'louder', 'quieter'),
  reverb_send: { verb: 'put', rise: 'the pads further away', fall: 'the pads closer' },
  delay_send: { verb: 'give', rise: 'the pads more echo', fall: 'the pads less echo' },
  bass_pitch: make('the bass', 'higher', 'lower'),
  rhythm_room: { verb: 'put', rise: 'the drums in a larger room', fall: 'the drums in a smaller room' },
  pad_attack: make('the pads', 'swell more slowly', 'speak more quickly'),
  delay_feedback: make('the echoes', 'last longer', 'die sooner'),
};

/** "More motion makes the wobble faster." */
export function rowSentence(row: Pick<MappingRow, 'source' | 'input' | 'target' | 'output'>): string {
  const subject = subjects[row.source];
  const { verb, rise, fall } = predicates[row.target];
  const start = row.input[0] <= row.input[1] ? subject.more : subject.less;
  const verbForm = subject.isPlural ? verb : `${verb}s`;
  if (row.output[0] === row.output[1]) return `${start} ${subject.isPlural ? 'change' : 'changes'} nothing: both ends of the output are ${row.output[0]}.`;
  return `${start} ${verbForm} ${row.output[0] < row.output[1] ? rise : fall}.`;
}
