/** What an import of clips and annotations says to a person. Names are shown as the user knows them. */
import { AppError } from '../../errors.ts';

const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`;

export const annotationsText = {
  tooLarge: (name: string, bytes: number, most: number) => `${name} has ${Math.round(bytes / 2 ** 20)} MiB; at most ${most / 2 ** 20} MiB are read.`,
  splitIt: 'Split the file, or leave out what is not needed.',
  notText: (name: string) => `${name} is not text in UTF-8.`,
  saveAsUtf8: 'Save the file as UTF-8.',
  notJson: (name: string, why: string) => `${name} is not JSON: ${why}.`,
  repairIt: 'Correct the file, or choose another one.',
  noList: (name: string) => `${name} holds no list of clips.`,
  known: 'Known are a list of clips, an object with "clips", "moves", "annotations" or "embeddings", and CSV with a header.',
  noHeader: (name: string) => `${name} has no column that names a clip (video_path, path, file, clip_id or move_id).`,
  csvQuote: (name: string, line: number) => `${name} has a quote in line ${line} that is never closed.`,
  used: (name: string, clips: number) => `${count(clips, 'clip was', 'clips were')} labelled from ${name}.`,
  several: (name: string, others: readonly string[]) => `Labels are taken from ${name}; ${others.join(', ')} ${others.length === 1 ? 'was' : 'were'} not read.`,
  difficultyWords: (name: string) => `${name} calls difficulty low, medium and high; they were read as beginner, intermediate and advanced.`,
  unknownFields: (name: string, fields: readonly string[]) => `${name} has fields that are not known and were left out: ${fields.join(', ')}.`,
  notObject: (name: string, at: number) => `${name}: entry ${at} is no object and was left out.`,
  noClip: (name: string, at: number) => `${name}: entry ${at} names no clip and was left out.`,
  badField: (name: string, clip: string, field: string, got: string, wanted: string) => `${name}: ${field} of ${clip} is ${got}, not ${wanted}; it was left out.`,
  outside: (name: string, clip: string) => `${name} names ${clip}, which lies outside the folder; nothing there was touched.`,
  noSuchClip: (name: string, clip: string) => `${name} labels ${clip}, which is not in the library.`,
  ambiguous: (name: string, clip: string) => `${name} labels ${clip}, and several clips have that name; none was labelled.`,
  twice: (name: string, clip: string) => `${name} labels ${clip} more than once; the last entry holds.`,
  more: (number: number) => `${count(number, 'more remark', 'more remarks')} of this kind.`,
} as const;

/** A document that cannot be read, whatever it holds. */
export const documentError = {
  tooLarge: (name: string, bytes: number, most: number) => new AppError('annotations-unreadable', annotationsText.tooLarge(name, bytes, most), { hint: annotationsText.splitIt }),
  notText: (name: string, cause: unknown) => new AppError('annotations-unreadable', annotationsText.notText(name), { hint: annotationsText.saveAsUtf8, cause }),
} as const;

export const embeddingsText = {
  imported: 'Imported; it is compared with imported ones only.',
  noList: (name: string) => `${name} holds no list of embeddings.`,
  known: 'Known is a list of objects with video_path or clip_id and pose_embedding (512 numbers), audio_embedding (128), text_embedding (384).',
  badVector: (clip: string, kind: string, why: string) => `The ${kind} embedding of ${clip} ${why}; it was left out.`,
  wrongLength: (got: number, wanted: number) => `has ${got} numbers instead of ${wanted}`,
  notNumbers: 'holds something that is not a number',
  isZero: 'is all zero',
  partlyAway: (number: number) => `${count(number, 'clip of the file is', 'clips of the file are')} not in the library.`,
} as const;

export const importText = {
  stages: { find: 'Finding clips', read: 'Reading clips', label: 'Reading labels' },
  title: (names: readonly string[]) => (names.length === 1 ? `Import ${names[0] ?? ''}` : `Import ${names.length} folders and files`),
  scanTitle: (name: string) => `Look through ${name}`,
  away: (name: string, moves: number) => `${name} cannot be reached; its ${count(moves, 'clip is', 'clips are')} kept and counted as missing until it is back.`,
  same: (name: string, other: string) => `${name} holds the same film as ${other}; both are one move.`,
  notVideo: (name: string) => `${name} is no video.`,
  leftOut: (clips: number) => `${count(clips, 'clip that was taken out of the library stays out; add the file itself to have it back.', 'clips that were taken out of the library stay out; add a file itself to have it back.')}`,
  nothing: (name: string) => `There is no video in ${name}.`,
  stillPicture: (name: string) => `${name} has no moving picture.`,
} as const;

export const analysisText = {
  stages: { clips: 'Looking at the clips', store: 'Filing the embeddings' },
  title: (clips: number) => (clips === 1 ? 'Analyse a move' : `Analyse ${clips} moves`),
  failed: (name: string, why: string) => `${name}: ${why}`,
  crashed: (name: string) => `The process that looks at clips ended twice at ${name}, the second time with nothing beside it. The file may be damaged: convert it or export it again, or select the clip and analyse it once more.`,
  alone: (name: string) => `The process that looks at clips ended; ${name} is looked at once more, alone.`,
  noSound: 'The clip has no sound.',
  silent: 'The clip is silent.',
  noDancer: 'The pose model saw no dancer: from the motion and shape of the optical flow.',
  noPoseModel: 'No pose model: from the motion and shape of the optical flow.',
} as const;

export const searchText = {
  lancedbFailed: 'The vector store could not be read; the copy in the database was searched, and the store is being repaired.',
  allFailed: 'The search failed; these moves were drawn at random.',
  dropped: {
    energy: (left: number) => `Too few moves match all filters: the energy was left out, ${left} match.`,
    style: (left: number) => `Too few moves match: energy and style were left out, ${left} match.`,
    difficulty: (left: number) => `Too few moves match: only the difficulty still counts, ${left} match.`,
    all: (left: number) => `No filter leaves enough moves: all ${left} were searched.`,
  },
  unwanted: (words: string, number: number) => `${count(number, 'move was', 'moves were')} left out: ${words}.`,
  missing: (number: number) => `${count(number, 'move was', 'moves were')} left out: ${number === 1 ? 'its file is' : 'their files are'} not there now.`,
  nothing: 'No move is described or spelt like that.',
  noWords: 'None of the words say anything of a move; all moves are shown.',
  noEmbeddings: (name: string) => `${name} has no embeddings to compare with yet.`,
  songNotAnalysed: 'The song is not analysed yet; all moves suit it alike.',
  imported: (space: string) => `Compared by the imported embeddings (${space}).`,
  reasons: {
    pose: (cosine: string) => `moves alike ${cosine}`,
    audio: (cosine: string) => `sounds alike ${cosine}`,
    text: (cosine: string) => `described alike ${cosine}`,
    words: (words: readonly string[]) => `matches ${words.join(', ')}`,
    letters: 'spelt alike',
    near: (meanings: readonly string[]) => `near in meaning: ${meanings.join(', ')}`,
    startsNear: (distance: string) => `begins ${distance} as it ends`,
    energy: { steady: 'keeps its energy', up: 'goes up in energy', down: 'calms down' },
    variety: 'another kind of move',
    suits: (energy: string, tempo: string) => `suits ${energy}${tempo === '' ? '' : ` at ${tempo} BPM`}`,
    random: 'drawn at random',
    all: 'in the library',
  },
} as const;
