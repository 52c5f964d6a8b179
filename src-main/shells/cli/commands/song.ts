/** kinetone song AUDIO: tempo, beats, bars, sections, energy and key of a song, as a SongAnalysis with --json. */
import type { SongAnalysis } from '../../../contract/documents/song-analysis.ts';
import type { Command } from './command.ts';
import { followJob } from './follow-job.ts';
import { importOne } from './import-one.ts';

const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(1).padStart(4, '0')}`;

function described(name: string, song: SongAnalysis): string {
  const others = song.tempo_alternatives.map(({ tempo, relation, confidence }) => `${tempo.toFixed(1)} (${relation}, ${confidence.toFixed(2)})`).join(', ');
  const tempo = song.tempo === null ? 'no steady beat' : `${song.tempo.toFixed(1)} BPM, sure ${song.tempo_confidence.toFixed(2)}${others === '' ? '' : `; else ${others}`}`;
  return [
    name,
    `  tempo      ${tempo}${song.is_tempo_variable ? ', drifting' : ''}`,
    `  beats      ${song.beats.length}, bars ${song.downbeats.length}, ${song.time_signature ?? 'no time signature'} (heard by ${song.beat_source})`,
    `  key        ${song.key ?? 'none stands out'}`,
    `  rhythm     strength ${song.rhythm_strength.toFixed(2)}, syncopation ${song.syncopation.toFixed(2)}`,
    `  length     ${song.duration.toFixed(2)} s`,
    ...song.sections.map(({ start, end, label, energy }) => `  ${clock(start).padStart(7)} – ${clock(end)}  ${label.padEnd(8)} energy ${energy.toFixed(2)}`),
    ...song.key_moments.map(({ time, kind }) => `  ${clock(time).padStart(7)}  ${kind}`),
  ].join('\n');
}

export const song: Command = {
  maxWords: 1,
  runsJobs: true,
  options: { again: { type: 'boolean' } },
  async run(context) {
    const { client, terminal, values } = context;
    const item = await importOne(context, 'AUDIO');
    const { job_id: job } = await client.call('analyzeSong', { params: { id: item.id }, body: { again: values['again'] === true } });
    if (job !== null) await followJob(context, job);
    const analysis = await client.call('getSongAnalysis', { params: { id: item.id }, query: {} });
    terminal.result(analysis, described(item.name, analysis));
  },
};
