/** Assembly: what is wrong with a blueprint, what a film had to give up, the words of its card. */
import type { PathFault } from '../../blueprint-path.ts';
import { AppError } from '../../errors.ts';
import type { BlueprintFault } from '../../documents/blueprint.ts';

interface Words {
  readonly message: string;
  readonly hint: string;
}

const seconds = (value: number): string => `${Number(value.toFixed(3))} s`;

export const pathFaultText: Record<PathFault, Words> = {
  empty: { message: 'the path is empty', hint: 'Name a file below the root.' },
  nul: { message: 'the path holds a NUL', hint: 'Name a file below the root.' },
  absolute: { message: 'the path is absolute', hint: 'Give it relative to a root: the folder of the blueprint, --root, or a name in "roots".' },
  upwards: { message: 'the path climbs out with ".."', hint: 'Give a path that stays below its root.' },
  network: { message: 'the path names another machine', hint: 'Copy the file to this machine.' },
  protocol: { message: 'the path is an address, not a file', hint: 'Download it first and name the file.' },
};

export const faultText = {
  notJson: (why: string): Words => ({ message: `this is not JSON (${why})`, hint: 'Check commas, quotes and brackets.' }),
  notObject: { message: 'a blueprint is a JSON object', hint: 'See docs/blueprint.md for its fields.' },
  schema: (message: string): Words => ({ message, hint: 'docs/blueprint.md has every field with its range.' }),
  missing: { message: 'this field is missing', hint: 'docs/blueprint.md has every field with its range.' },
  newer: (version: string): Words => ({ message: `version ${version} is not known here`, hint: 'This Kinetone reads version 1.0; use a newer Kinetone, or plan again.' }),
  duplicate: (id: string): Words => ({ message: `clip_id "${id}" is there twice`, hint: 'Give each move its own clip_id.' }),
  notAtZero: (start: number): Words => ({ message: `the first move starts at ${seconds(start)}`, hint: 'The first move starts at 0.' }),
  backwards: { message: 'this move does not start after the one before it', hint: 'List the moves in the order in which they are shown.' },
  gap: (gap: number): Words => ({ message: `${seconds(gap)} before this move are empty`, hint: 'Make the move before it longer, or start this one earlier.' }),
  overlap: (by: number): Words => ({ message: `this move starts ${seconds(by)} before the one before it ends`, hint: 'Moves follow one another; a transition borrows its length from the clips by itself.' }),
  total: (end: number): Words => ({ message: `the moves end at ${seconds(end)}`, hint: `Set total_duration to ${Number(end.toFixed(6))}.` }),
  half: { message: 'width and height belong together', hint: 'Give both, or neither.' },
  root: (name: string): Words => ({ message: `the root "${name}" is not a granted folder`, hint: 'Name it with --root, or use a folder that is in the library.' }),
} as const;

/** The error of a blueprint with faults; all of them stand in it. */
export function blueprintInvalid(faults: readonly BlueprintFault[]): AppError {
  const shown = faults.slice(0, 5).map(({ pointer, message, hint }) => `${pointer === '' ? 'the document' : pointer}: ${message}. ${hint}`);
  const more = faults.length > shown.length ? ` And ${faults.length - shown.length} more.` : '';
  const count = faults.length === 1 ? 'a fault' : `${faults.length} faults`;
  return new AppError('blueprint-invalid', `The blueprint has ${count}: ${shown.join(' ')}${more}`, { details: { faults } });
}

export const assemblyText = {
  stage: { find: 'Finding the clips', copy: 'Preparing the clips', join: 'Making the transitions', sound: 'Making the sound', film: 'Writing the film', check: 'Checking the film' },
  title: (name: string) => `Assemble ${name}`,
  prepare: (clips: number) => `Prepare ${clips === 1 ? 'a clip' : `${clips} clips`} for films`,
  note: {
    moved: (clip: string, by: number) => `The transition into ${clip} lies ${by} frames ${by > 0 ? 'after' : 'before'} its cut: only one of the clips has footage left for it.`,
    shortened: (clip: string, from: number, to: number) => `The transition into ${clip} is ${to} frames long instead of ${from}: there is no room or footage for more.`,
    held: (clip: string, frames: number) => `The transition into ${clip} holds an edge picture for ${frames} frames: the clips have no footage left for it.`,
    late: (clip: string, frames: number) => `${clip} is ${frames} frames short; its last picture is held.`,
    original: (clip: string, planned: number, real: number, more: number) =>
      `${clip} is ${seconds(real)} long; the blueprint says ${seconds(planned)}.${more > 0 ? ` ${more} other clips differ, too.` : ''}`,
    codec: (codec: string, why: string) => `${codec} does not work here (${why}); libx264 was used.`,
    songShort: (song: number, film: number) => `The song ends at ${seconds(song)}, the film at ${seconds(film)}.`,
  },
  tooShort: (clip: string, name: string, needed: number, has: number): Words => ({
    message: `${clip} (${name}) needs ${seconds(needed)} of footage after its trim and has ${seconds(has)}`,
    hint: 'Shorten the move, lower its speed or its trim_start, or choose a longer clip.',
  }),
  missing: (names: readonly string[]) => `${names.length === 1 ? 'A file is' : `${names.length} files are`} not where the blueprint says: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}.`,
  missingHint: 'Put the files there, or name their folder with --root.',
} as const;
