/** What is said about models: why a file is not taken, why a model cannot be used; the settings page. */
import { AppError } from '../../errors.ts';
import type { ErrorCode } from '../../errors.ts';

interface Refusal {
  readonly code: ErrorCode;
  readonly message: (name: string, detail: string) => string;
  readonly hint: string;
}

/** `name` is a model's or a file's; `detail` is what was found. */
const refusals = {
  unknown: {
    code: 'model-unknown',
    message: (name, detail) => `${name} is no model that Kinetone knows${detail}.`,
    hint: 'kinetone models list names those it knows, and where they come from.',
  },
  damaged: {
    code: 'model-damaged',
    message: (name, detail) => `${name} is not the file it should be: ${detail}.`,
    hint: 'Copy or download it again; nothing of it was kept.',
  },
  notFound: {
    code: 'model-not-found',
    message: (name) => `Kinetone knows no model ${name}.`,
    hint: 'kinetone models list names those it knows.',
  },
  absent: {
    code: 'model-absent',
    message: (name, detail) => `${name} is not here${detail}.`,
    hint: 'Add it with kinetone models add PATH, or in the settings.',
  },
  changed: {
    code: 'model-changed',
    message: (name, detail) => `${name} was changed after it was added: ${detail}. It is not used.`,
    hint: 'Remove the model and add it again.',
  },
  unusable: {
    code: 'model-unusable',
    message: (name, detail) => `${name} cannot be used: ${detail}.`,
    hint: 'Remove the model and add it again; everything goes on without it.',
  },
} as const satisfies Record<string, Refusal>;

export type ModelRefusal = keyof typeof refusals;

export function modelError(reason: ModelRefusal, name: string, detail = '', cause?: unknown): AppError {
  const refusal: Refusal = refusals[reason];
  return new AppError(refusal.code, refusal.message(name, detail), { hint: refusal.hint, details: { name, reason }, ...(cause === undefined ? {} : { cause }) });
}

export const modelText = {
  tab: 'Models',
  line: 'Optional. Kinetone works without them and hears and sees more exactly with them. Nothing is downloaded: choose files that you have.',
  purpose: {
    beats: 'Beats of songs',
    pose: 'Poses of dancers',
    'person-mask': 'People apart from the background',
    faces: 'Faces',
    objects: 'Things in the picture',
    voice: 'Where someone speaks',
    sounds: 'Kinds of sound',
    notes: 'Notes',
  },
  state: { present: 'here', incomplete: 'incomplete', absent: 'not here', changed: 'changed' },
  add: 'Add files…',
  addFolder: 'Add a folder…',
  remove: 'Remove',
  verify: 'Check',
  licence: 'Licence',
  missing: (names: readonly string[]) => `Also needs ${names.join(', ')}`,
  added: (names: readonly string[]) => `Added ${names.join(', ')}.`,
  removed: (name: string) => `${name} was removed.`,
  verified: (name: string) => `${name} is whole and loads.`,
} as const;
