import { expect, test } from 'vitest';

import { canCopyVideo, filmArguments, mixArguments } from './film-sound.ts';

const source = { path: '/films/-i weird; $(name).mp4', demuxer: 'mov,mp4,m4a,3gp,3g2,mj2', videoCodec: 'h264', hasAudio: true };
const after = (args: readonly string[], flag: string): string | undefined => args[args.indexOf(flag) + 1];

test('a picture the container takes is copied, another is encoded', () => {
  expect(after(filmArguments(source, '/s.wav', { path: '/o.mp4', format: 'mp4', comment: '' }), '-c:v')).toBe('copy');
  expect(after(filmArguments({ ...source, videoCodec: 'vp8' }, '/s.wav', { path: '/o.mp4', format: 'mp4', comment: '' }), '-c:v')).toBe('libx264');
  expect([canCopyVideo('vp8', 'mkv'), canCopyVideo('prores', 'mov'), canCopyVideo('prores', 'mp4')]).toEqual([true, true, false]);
});

test('a hostile name stays one argument behind file:, with the demuxer pinned and protocols limited', () => {
  const args = filmArguments(source, '/s.wav', { path: '/o.mkv', format: 'mkv', comment: 'x' });
  expect(args.filter((arg) => arg.includes('weird'))).toEqual(['file:/films/-i weird; $(name).mp4']);
  expect([after(args, '-f'), after(args, '-protocol_whitelist')]).toEqual(['mov', 'file,pipe']);
});

test('HEVC in MP4 gets the tag that players know', () => {
  expect(after(filmArguments({ ...source, videoCodec: 'hevc' }, '/s.wav', { path: '/o.mp4', format: 'mp4', comment: '' }), '-tag:v')).toBe('hvc1');
});

test('the mix is as long as asked to a sample, and only ducking compresses the film’s own sound', () => {
  const target = { path: '/m.wav', samples: 96_001, sampleRate: 48_000 };
  const graph = (mode: 'mix' | 'duck'): string => after(mixArguments(source, '/new.wav', mode, target), '-filter_complex') ?? '';
  expect([graph('mix').includes('atrim=end_sample=96001'), graph('mix').includes('sidechain'), graph('duck').includes('sidechaincompress')]).toEqual([true, false, true]);
});
