/**
 * A blueprint as an edit decision list, so that work goes on in an editor. Pure. Source: CMX 3600 as editors read it:
 * one reel AX, non-drop timecode, dissolves by their first frame, speed as an M2 line, names in comments.
 */
import type { Blueprint } from '../../../contract/documents/blueprint.ts';
import { framesOf, roundHalfUp } from '../../../contract/units.ts';
import { type PlacedClip, type Timeline, isFade, timelineOf } from '../timeline/timeline.ts';

/** What an event holds; more is cut off by readers. */
const MAX_EVENTS = 999;

/** The timeline of a blueprint whose files are not looked at: what it says of them is believed, and footage is there. */
export function statedTimeline(blueprint: Blueprint): Timeline {
  return timelineOf(blueprint, blueprint.moves.map(() => Number.MAX_SAFE_INTEGER));
}

/** "01:02:03:04" at a whole rate. */
export function timecode(frame: number, perSecond: number): string {
  const whole = Math.max(0, frame);
  const seconds = Math.floor(whole / perSecond);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60, whole % perSecond];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** A name that breaks no line. */
const plain = (text: string): string => text.replaceAll(/[\r\n\0]+/g, ' ');

export function edlOf(blueprint: Blueprint): string {
  const timeline = statedTimeline(blueprint);
  const { rate, clips, frames } = timeline;
  const perSecond = Math.max(1, roundHalfUp(rate.numerator / rate.denominator));
  const tc = (frame: number): string => timecode(frame, perSecond);
  const lines = [`TITLE: ${plain(blueprint.task_id)}`, 'FCM: NON-DROP FRAME', ''];
  let event = 0;
  const add = (track: string, edit: string, source: [number, number], record: [number, number], isNew = true): void => {
    if (isNew) event += 1;
    const [reel, name] = track.split(' ') as [string, string];
    lines.push(`${String(event).padStart(3, '0')}  ${reel.padEnd(8)} ${name.padEnd(5)} ${edit.padEnd(8)} ${source.map(tc).join(' ')} ${record.map(tc).join(' ')}`);
  };
  clips.forEach((clip, index) => {
    if (event >= MAX_EVENTS - 2) return;
    writeClip(clip, index, { blueprint, timeline, add, lines });
  });
  if (blueprint.audio_path !== null && blueprint.output_config.add_audio_overlay) {
    add('AX A', 'C', [0, frames], [0, frames]);
    lines.push(`* FROM CLIP NAME: ${plain(blueprint.audio_path)}`);
  }
  return `${lines.join('\r\n')}\r\n`;
}

interface Sheet {
  readonly blueprint: Blueprint;
  readonly timeline: Timeline;
  readonly lines: string[];
  add(track: string, edit: string, source: [number, number], record: [number, number], isNew?: boolean): void;
}

function writeClip(clip: PlacedClip, index: number, { blueprint, timeline, add, lines }: Sheet): void {
  const { clips, rate } = timeline;
  const move = blueprint.moves[clip.move];
  if (!move) return;
  const { into } = clip;
  const next = clips[index + 1];
  const end = clip.end - (next?.into?.before ?? 0);
  const start = clip.start - (into === null || isFade(into.kind) ? 0 : into.before);
  // The source runs at its own speed: its in-point counts in its own frames.
  const sourceIn = framesOf(move.trim_start, rate) - roundHalfUp((clip.start - start) * move.speed);
  const source: [number, number] = [sourceIn, sourceIn + roundHalfUp((end - start) * move.speed)];
  const previous = clips[index - 1];
  const leaving = previous && blueprint.moves[previous.move];
  /** The frame of the clip before that stands on a film frame. */
  const outAt = (frame: number): number => (previous && leaving ? framesOf(leaving.trim_start, rate) + roundHalfUp((frame - previous.start) * leaving.speed) : 0);
  const frames3 = (frames: number): string => String(frames).padStart(3, '0');
  if (into === null || previous === undefined) add('AX V', 'C', source, [start, end]);
  else if (isFade(into.kind)) {
    const out = outAt(clip.start - into.before);
    add('AX V', 'C', [out, out], [clip.start - into.before, clip.start - into.before]);
    add('BL V', `D    ${frames3(into.before)}`, [0, into.before], [clip.start - into.before, clip.start], false);
    add('BL V', 'C', [0, 0], [clip.start, clip.start]);
    add('AX V', `D    ${frames3(into.after)}`, source, [start, end], false);
  } else {
    const out = outAt(start);
    add('AX V', 'C', [out, out], [start, start]);
    add('AX V', `${into.kind.startsWith('wipe') ? 'W001' : 'D   '} ${frames3(into.before + into.after)}`, source, [start, end], false);
  }
  lines.push(`* FROM CLIP NAME: ${plain(move.video_path)}`);
  if (into !== null && into.kind !== 'crossfade') lines.push(`* TRANSITION: ${into.kind}`);
  if (move.speed !== 1) lines.push(`M2   AX       ${((move.speed * rate.numerator) / rate.denominator).toFixed(1).padStart(5, '0')}                ${timecode(source[0], Math.max(1, roundHalfUp(rate.numerator / rate.denominator)))}`);
}
