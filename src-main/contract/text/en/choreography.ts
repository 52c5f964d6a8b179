/** What the planner says: chips of a description, reasons, notes, faults, errors. */
/** Kinds of moves as one speaks of several. */
const many = (value: string): string => (/(s|work|styling|ic|ing)$/.test(value) ? value : `${value}s`);

const CHIP = {
  difficulty: (value: string) => value,
  energy: (value: string) => `${value} energy`,
  style: (value: string) => value,
  mood: (value: string) => value,
  transition: (value: string) => ({ cut: 'hard cuts', crossfade: 'smooth transitions', fade_black: 'fades through black', fade_white: 'fades through white', dissolve: 'dissolves' })[value] ?? value,
  counts: (value: string) => `cut every ${value} counts`,
  prefer: (value: string) => `more ${many(value)}`,
  avoid: (value: string) => `no ${many(value)}`,
} as const;

const count = (many: number, one: string, more = `${one}s`): string => `${many} ${many === 1 ? one : more}`;

export const choreographyText = {
  chip: (kind: keyof typeof CHIP, value: string, isDenied: boolean) => `${isDenied ? 'not ' : ''}${CHIP[kind](value)}`,
  tempo: (value: string, isDenied: boolean) => `${isDenied ? 'not ' : ''}${value} song`,
  bpm: ([low, high]: readonly [number, number]) => (high >= 400 ? `over ${Math.round(low)} BPM` : low <= 20 ? `up to ${Math.round(high)} BPM` : high - low < low * 0.1 ? `about ${Math.round((low + high) / 2)} BPM` : `${Math.round(low)}–${Math.round(high)} BPM`),
  song: (words: string) => `song: ${words}`,
  dance: (name: string) => `dance: ${name}`,
  twice: (label: string, said: string) => `“${label}” was said first; “${said}” is left out.`,
  bothWays: (value: string) => `“${value}” is both wanted and not wanted; it is left out.`,

  songReason: {
    words: (words: readonly string[]) => `named ${words.join(', ')}`,
    tempo: (bpm: number) => `${bpm.toFixed(0)} BPM as wished`,
    tempoFar: (bpm: number) => `${bpm.toFixed(0)} BPM`,
    energy: (level: string) => `${level} energy`,
    moves: (count: number) => `near the tempo of ${count} moves`,
    rhythm: 'a clear beat',
    notAnalyzed: 'not listened to yet',
  },

  reason: {
    beats: (hits: number, all: number) => `lands on ${hits} of ${all} ${all === 1 ? 'beat' : 'beats'}`,
    energy: (level: string, label: string | null) => `${level} energy${label === null ? '' : ` like the ${label}`}`,
    energyOff: (level: string) => `${level} energy, the music is different`,
    flow: 'begins as the one before ends',
    match: 'found for this part',
    style: (style: string) => style,
    difficulty: (difficulty: string) => difficulty,
    prefer: (word: string) => `${word} as wished`,
    intro: 'an intro move for the beginning',
    outro: 'an outro move for the end',
    repeat: 'shown a little before',
    locked: 'kept',
    gemini: 'proposed by Gemini',
    random: 'drawn at random: the search failed',
    plain: 'fits the length',
  },

  note: {
    relaxed: (dropped: string, found: number) => `Too few moves fit everything: ${dropped} counts as a wish only (${count(found, 'move')} to choose from).`,
    dropped: { energy_level: 'energy', style: 'style', folder: 'the folder', difficulty: 'difficulty' },
    searchFailed: 'The search for moves failed; moves were drawn at random and still cut to the beat.',
    repeats: (repeats: number, window: number) => `${count(repeats, 'segment')} ${repeats === 1 ? 'shows' : 'show'} a move seen within the ${count(window, 'segment')} before: the library is too small for more variety.`,
    noBeat: 'No steady beat was found in this song: it is cut in even pieces.',
    transitions: (cuts: number) => `${count(cuts, 'transition')} became ${cuts === 1 ? 'a cut' : 'cuts'}: the clips have no footage left there.`,
    split: 'Long stretches are cut more often than asked: the clips are not longer.',
    gemini: (kept: number, all: number) => `Gemini proposed the sequence; ${kept} of ${all} proposals were kept, the rest was planned here.`,
    geminiRead: 'The description was read by Gemini.',
    geminiFailed: (why: string) => `Gemini was not used: ${why} The plan was made here.`,
    geminiFailedRead: (why: string) => `Gemini was not used: ${why} The description was read here.`,
    tempo: (song: number, clips: number) => `The clips were danced at about ${clips.toFixed(0)} BPM, the song has ${song.toFixed(0)}: not every landing meets a beat.`,
  },

  gemini: {
    notAllowed: 'sending data to Gemini is off in the settings.',
    noKey: 'there is no key.',
    timeout: 'it did not answer in time.',
    busy: 'it has too many requests at the moment.',
    refused: 'it refused the key.',
    failed: 'it failed.',
    nonsense: 'its answer was not a plan.',
  },

  fault: {
    tooShort: (name: string, needed: number, there: number) => ({ message: `${name} is too short here: ${needed.toFixed(2)} s are needed, ${there.toFixed(2)} s are there.`, hint: 'Enter it earlier, play it slower, or choose another move.' }),
    gap: (name: string) => ({ message: `${name} does not begin where the segment before it ends.`, hint: 'Move its border.' }),
    empty: (name: string) => ({ message: `${name} has no length.`, hint: 'Move its end behind its beginning.' }),
    missing: (name: string) => ({ message: `${name} is not in the library any more, or its file is away.`, hint: 'Bring it back, or choose another move.' }),
    song: () => ({ message: 'The plan does not end with the song.', hint: 'Move the last border to the end of the song.' }),
  },

  error: {
    noMoves: { message: 'There are no moves to plan with.', hint: 'Add clips to the library and let them be analysed.' },
    noneLeft: (words: string) => ({ message: `No move is left without ${words}.`, hint: 'Take one of these words back, or add moves.' }),
    allShort: { message: 'Every clip is too short for even one beat of this song.', hint: 'Add longer clips.' },
    noSong: { message: 'There is no song to choose from.', hint: 'Import a song, or name one.' },
    noSegment: { message: 'The plan has no such segment.', hint: 'Load the plan again.' },
    songFailed: (name: string, why: string) => ({ message: `${name} could not be analysed: ${why}`, hint: 'Choose another song, or convert the file.' }),
  },

  job: {
    title: (name: string) => `Choreograph ${name}`,
    planning: 'Planning',
    planned: (segments: number, moves: number) => `${count(segments, 'segment')} of ${count(moves, 'move')}`,
  },
} as const;
