/** The start screen. */
export const startText = {
  title: 'What do you want to make?',
  card: {
    sonify: {
      title: 'Sonify a video',
      line: 'Motion plays the bass, edges the drums, colour the pads.',
      action: 'Choose a video',
    },
    choreography: { title: 'Choreograph a song', line: 'Dance clips, cut and stretched to the beat of a song.', action: 'Choose a song' },
    'music-video': { title: 'Make a music video', line: 'A song and a prompt become a finished clip.' },
    'text-to-video': { title: 'Text to video', line: 'A prompt becomes scenes, narration and a film.' },
  },
  notBuilt: 'Not in this version yet',
  open: 'Open project',
  import: 'Import media',
  recent: 'Recent projects',
  noRecent: 'Projects you open appear here.',
  demo: {
    title: 'Try the demo',
    line: 'Makes its own short video, listens to it with its eyes, and plays it. Under a minute, no files needed.',
    action: 'Try the demo',
    running: 'Making the demo',
    open: 'Open the demo',
  },
  check: {
    title: 'This machine needs attention',
    fix: 'What to do',
    again: 'Check again',
    hide: 'Hide',
    warn: 'Works with less',
    fail: 'Does not work',
  },
  edited: (when: string) => `Edited ${when}`,
  openProject: 'Open',
  trash: 'Delete',
} as const;
