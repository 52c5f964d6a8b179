/** Analyses one file as the analysis host does; its time and that of its FFmpeg are what is measured. */
import { songMethod } from '../../../src-main/hosts/methods/song.ts';

const [path = '', durationS = '0'] = process.argv.slice(2);
const programs = { ffmpeg: 'ffmpeg', release: null, tether: null, recordFolder: null };
const input = { programs, file: { path, demuxer: path.endsWith('.mp3') ? 'mp3' : 'wav', name: path }, duration_s: Number(durationS), activations: null };
await songMethod(input, { signal: new AbortController().signal, emit: () => undefined, caller: { call: () => Promise.reject(new Error('nobody is called')) } });
