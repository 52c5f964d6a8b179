/** The film's one sound track: clips' own sound placed by the sample, the song over it, loudness set once, kept as AAC. */
import type { Blueprint } from '../../../contract/documents/blueprint.ts';
import { type LoudnessReport, LoudnessReportSchema } from '../../../contract/documents/sonify.ts';
import { roundHalfUp, samplesOf } from '../../../contract/units.ts';
import { bitsPerSecond } from '../graphs/profile.ts';
import { type ClipSound, FRAME_BYTES, SOUND_RATE, clipSoundArguments, trackArguments } from '../graphs/sound-arguments.ts';
import { loudnessReport } from '../loudness-report.ts';
import type { AssemblyFiles, AssemblyTools, RunOptions, SoundMaster } from '../ports.ts';
import { type PlacedClip, type Timeline, type Transition, isFade } from '../timeline/timeline.ts';
import type { FoundMedia, FoundVideo } from './clips.ts';
import { AacEncoder } from './aac.ts';
import { keptJson } from './kept-json.ts';
import { keyOf } from './key.ts';
import { inParallel } from './pool.ts';

/** Raised when other samples come out for the same input. */
const SOUND_VERSION = 2;
/** A cut from sound to sound clicks without a fade of so many samples. */
const CUT_FADE = 240;
const AT_ONCE = 2;

export interface MadeSound {
  readonly path: string;
  readonly demuxer: 'mov' | 'wav';
  readonly report: LoudnessReport;
}

export interface SoundOptions extends RunOptions {
  readonly comment: string;
  /** dBTP the finished sound stays below. */
  readonly ceilingDb: number;
}

interface SoundPorts {
  readonly files: AssemblyFiles;
  readonly tools: AssemblyTools;
  readonly sound: SoundMaster;
  readonly cores: number;
}

export interface PlacedSound extends ClipSound {
  readonly at: number;
}

/** The sample at which a film frame begins. */
export function sampleOfFrame(frame: number, { rate }: Pick<Timeline, 'rate'>): number {
  return roundHalfUp((frame * rate.denominator * SOUND_RATE) / rate.numerator);
}

/** Where each clip is heard: as long as it is seen, faded like its picture. Clips at volume 0 or without sound are left out. */
export function clipSounds(timeline: Timeline, blueprint: Blueprint, clips: readonly FoundVideo[]): (PlacedSound & { clip: FoundVideo })[] {
  const at = (frame: number): number => sampleOfFrame(frame, timeline);
  return timeline.clips.flatMap((place, index) => {
    const move = blueprint.moves[place.move];
    const clip = clips[place.move];
    if (!move || !clip || move.volume_adjustment === 0 || clip.probe.audio === null) return [];
    const next: PlacedClip | undefined = timeline.clips[index + 1];
    // Through a fade to black one is heard, then the other; otherwise both.
    const from = at(place.start - overlap(place.into, 'before'));
    const to = at(place.end + overlap(next?.into, 'after'));
    const source = { path: clip.path, demuxer: clip.probe.demuxer };
    const firstSample = samplesOf(move.trim_start, SOUND_RATE) - Math.round((at(place.start) - from) * move.speed);
    const fadeIn = place.into === null ? (index === 0 ? 0 : CUT_FADE) : at(place.start + place.into.after) - from;
    const fadeOut = next?.into ? to - at(next.start - next.into.before) : CUT_FADE;
    const samples = to - from;
    return [{ clip, at: from, source, firstSample, speed: move.speed, volume: move.volume_adjustment, samples, fadeIn: Math.min(fadeIn, samples), fadeOut: Math.min(fadeOut, samples) }];
  });
}

const overlap = (into: Transition | null | undefined, side: 'before' | 'after'): number => (!into || isFade(into.kind) ? 0 : into[side]);

export class FilmSound {
  readonly #ports: SoundPorts;

  constructor(ports: SoundPorts) {
    this.#ports = ports;
  }

  /** @returns null for a film in which nothing is heard. @throws AppError 'disk-full', 'ffmpeg-failed', 'host-crashed' */
  async make(timeline: Timeline, blueprint: Blueprint, media: FoundMedia, options: SoundOptions): Promise<MadeSound | null> {
    const { files, sound } = this.#ports;
    const sounds = clipSounds(timeline, blueprint, media.clips);
    if (media.song === null && sounds.length === 0) return null;
    const samples = sampleOfFrame(timeline.frames, timeline);
    const { normalize_audio: isNormalized, loudness_lufs: lufs, output_format: format } = blueprint.output_config;
    const bitrate = bitsPerSecond(blueprint.output_config.audio_bitrate);
    // Matroska has no place for the delay of AAC's encoder and would push the picture back by it: it takes lossless sound.
    const [demuxer, extension] = format === 'mkv' ? (['wav', 'wav'] as const) : (['mov', 'm4a'] as const);
    const target = isNormalized ? lufs : 'off';
    const placed = sounds.map(({ clip, source: _, ...rest }) => [clip.sha256, rest]);
    const trackKey = keyOf(['track', SOUND_VERSION, media.song?.sha256 ?? null, placed, samples]);
    const key = keyOf(['sound', trackKey, target, options.ceilingDb, bitrate, demuxer]);
    const path = files.workPath(key, extension);
    const sidecar = files.workPath(key, 'json');
    const known = LoudnessReportSchema.safeParse(await keptJson(files, sidecar));
    if (known.success && files.has(path)) return { path, demuxer, report: known.data };

    const track = await this.#track(trackKey, sounds, media, samples, options);
    const partial = files.partialPath(path);
    const mastered = demuxer === 'wav' ? partial : files.partialPath(files.workPath(key, 'master.wav'));
    try {
      const format = demuxer === 'wav' ? 's24' : 'f32';
      const input = { source_path: track, target_path: mastered, target_lufs: target, ceiling_db: options.ceilingDb, format, comment: options.comment, peaks_path: null } as const;
      const report = loudnessReport(await sound.master({ ...input, samples, sample_rate: SOUND_RATE }, { signal: options.signal }), target);
      if (demuxer === 'mov') await new AacEncoder(this.#ports).encode({ source: mastered, samples, bitrate, target: partial }, options);
      await files.publish(partial, path);
      await files.writeText(sidecar, JSON.stringify(report));
      return { path, demuxer, report };
    } finally {
      await files.discard(mastered);
      await files.discard(partial);
    }
  }

  /** Everything mixed, before its loudness. Neighbours overlap, so they lie in two lanes. */
  async #track(key: string, sounds: readonly (PlacedSound & { clip: FoundVideo })[], media: FoundMedia, samples: number, options: RunOptions): Promise<string> {
    const { files, tools } = this.#ports;
    const path = files.workPath(key, 'wav');
    if (files.has(path)) return path;
    const scratch: string[] = [];
    const temporary = (name: string): string => {
      const file = files.partialPath(files.workPath(key, name));
      scratch.push(file);
      return file;
    };
    const partial = temporary('wav');
    try {
      const pieces = await inParallel(sounds, AT_ONCE, options.signal, async (clip, index, signal) => {
        const piece = temporary(`clip${index}.f32`);
        await tools.run(clipSoundArguments(clip, piece), clip.samples / SOUND_RATE, { ...options, signal });
        return { path: piece, at: clip.at * FRAME_BYTES };
      });
      const lanes: string[] = [];
      for (const rest of [0, 1]) {
        const own = pieces.filter((_, index) => index % 2 === rest);
        if (own.length === 0) continue;
        const lane = temporary(`lane${rest}.f32`);
        await files.placeBytes(own, samples * FRAME_BYTES, lane, options.signal);
        lanes.push(lane);
      }
      const song = media.song && { path: media.song.path, demuxer: media.song.probe.demuxer };
      await tools.run(trackArguments({ song, lanes, samples }, partial), samples / SOUND_RATE, options);
      await files.publish(partial, path);
      return path;
    } finally {
      for (const file of scratch) await files.discard(file);
    }
  }
}
