/** What assembly shares with the steps that use it. */
import type { OUTPUT_FORMATS } from '../../contract/documents/sonify.ts';

export type OutputFormat = (typeof OUTPUT_FORMATS)[number];
export type OriginalAudio = 'drop' | 'mix' | 'duck';
