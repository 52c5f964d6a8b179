/** Which field of an annotation is which label, and what its value means. Pure. */
import type { Difficulty, EnergyLevel } from '../../../contract/documents/move.ts';
import { plain } from '../text/words.ts';
import type { LabelField } from '../ports.ts';

const LABEL_OF: Readonly<Record<string, LabelField>> = {
  name: 'name', move_name: 'name', title: 'name',
  category: 'category', move_label: 'category', move_category: 'category', label: 'category', move: 'category',
  difficulty: 'difficulty', difficulty_level: 'difficulty', level: 'difficulty',
  energy_level: 'energy_level', energy: 'energy_level',
  style: 'style', lead_follow_style: 'style', mood: 'style',
  tempo: 'tempo', estimated_tempo: 'tempo', bpm: 'tempo',
  tags: 'tags', keywords: 'tags',
};

const DIFFICULTY: Readonly<Record<string, Difficulty>> = {
  beginner: 'beginner', easy: 'beginner', basic: 'beginner', low: 'beginner',
  intermediate: 'intermediate', medium: 'intermediate', mid: 'intermediate',
  advanced: 'advanced', hard: 'advanced', expert: 'advanced', high: 'advanced',
};
const TRANSLATED: ReadonlySet<string> = new Set(['low', 'medium', 'high']);
const ENERGY: Readonly<Record<string, EnergyLevel>> = { low: 'low', calm: 'low', medium: 'medium', mid: 'medium', moderate: 'medium', high: 'high', energetic: 'high' };

const LONGEST = { name: 200, category: 80, style: 80 } as const;

export type ReadField =
  | { readonly label: LabelField; readonly value: unknown; readonly isTranslated?: boolean }
  | { readonly problem: string; readonly got: string };

const shown = (value: unknown): string => (JSON.stringify(value) ?? String(value)).slice(0, 60);

function word<Value>(label: LabelField, value: unknown, words: Readonly<Record<string, Value>>, wanted: string): ReadField {
  const given = typeof value === 'string' ? plain(value.trim()) : '';
  const found = Object.hasOwn(words, given) ? words[given] : undefined;
  if (found === undefined) return { problem: wanted, got: shown(value) };
  return { label, value: found, isTranslated: label === 'difficulty' && TRANSLATED.has(given) };
}

function tempo(value: unknown): ReadField {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  const isTempo = typeof number === 'number' && number >= 20 && number <= 400;
  return isTempo ? { label: 'tempo', value: number } : { problem: 'a tempo from 20 to 400', got: shown(value) };
}

function tags(value: unknown): ReadField {
  const list = typeof value === 'string' ? value.split(/[,;|]/) : value;
  const isList = Array.isArray(list) && list.every((each) => typeof each === 'string');
  if (!isList) return { problem: 'a list of words', got: shown(value) };
  const words = (list as string[]).map((each) => each.trim().slice(0, 40)).filter((each) => each !== '');
  return { label: 'tags', value: [...new Set(words)].slice(0, 40) };
}

/** @returns null for a field that is not known. */
export function readField(field: string, value: unknown): ReadField | null {
  const label = Object.hasOwn(LABEL_OF, field) ? LABEL_OF[field] : undefined;
  switch (label) {
    case undefined:
      return null;
    case 'difficulty':
      return word(label, value, DIFFICULTY, 'beginner, intermediate or advanced');
    case 'energy_level':
      return word(label, value, ENERGY, 'low, medium or high');
    case 'tempo':
      return tempo(value);
    case 'tags':
      return tags(value);
    case 'name':
    case 'category':
    case 'style': {
      const text = typeof value === 'string' ? value.trim() : '';
      return text === '' ? { problem: 'a text', got: shown(value) } : { label, value: text.slice(0, LONGEST[label]) };
    }
  }
}
