/**
 * An annotations file as labels of clips. Known are the annotations of clips ({clips: [{clip_id, video_path, move_label, …}]}),
 * the seed's MoveEmbedding fields (move_id, move_name, video_path, difficulty, energy_level, style, duration), lists of such
 * objects, objects keyed by clip, and CSV with those names as header. What does not fit becomes a remark, never an error. Pure.
 */
import { AppError } from '../../../contract/errors.ts';
import { annotationsText } from '../../../contract/text/en/library-import.ts';
import type { LabelValues } from '../ports.ts';
import { OpenQuote, parseCsv } from './csv.ts';
import { readField } from './fields.ts';
import { Remarks } from './remarks.ts';

export interface Annotation {
  /** As the file names it: a path below the folder; null when it only gives an id. */
  readonly path: string | null;
  readonly clipId: string | null;
  readonly labels: LabelValues;
}

export interface Annotations {
  readonly entries: readonly Annotation[];
  readonly notes: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

const LISTS = ['clips', 'moves', 'annotations', 'embeddings', 'videos', 'items', 'data'] as const;

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

function unreadable(message: string, hint: string, cause?: unknown): AppError {
  return new AppError('annotations-unreadable', message, { hint, cause });
}

/** The list of entries of a document, whatever it is wrapped in. @throws AppError 'annotations-unreadable' */
function listOf(document: unknown, name: string): unknown[] {
  if (Array.isArray(document)) return document;
  if (isObject(document)) {
    for (const key of LISTS) {
      const list = document[key];
      if (Array.isArray(list)) return list;
      if (isObject(list)) return keyed(list);
    }
    const entries = Object.entries(document);
    if (entries.length > 0 && entries.every(([, value]) => isObject(value))) return keyed(document);
  }
  throw unreadable(annotationsText.noList(name), annotationsText.known);
}

/** {"spin/spin2.mp4": {…}} */
function keyed(object: Fields): unknown[] {
  return Object.entries(object).map(([key, value]) => (isObject(value) ? { ...(/[./\\]/.test(key) ? { video_path: key } : { clip_id: key }), ...value } : value));
}

function listOfCsv(text: string, name: string): unknown[] {
  try {
    const [header = [], ...rows] = parseCsv(text);
    const names = header.map((field) => field.trim().toLowerCase().replaceAll(/[\s-]+/g, '_'));
    if (!names.some((each) => CLIP_FIELDS.has(each))) throw unreadable(annotationsText.noHeader(name), annotationsText.known);
    return rows.map((row) => Object.fromEntries(names.map((each, column) => [each, row[column]?.trim() ?? '']).filter(([each, value]) => each !== '' && value !== '')));
  } catch (error) {
    if (error instanceof OpenQuote) throw unreadable(annotationsText.csvQuote(name, error.line), annotationsText.repairIt, error);
    throw error;
  }
}

const PATH_FIELDS = ['video_path', 'path', 'file', 'filename', 'video'] as const;
const ID_FIELDS = ['clip_id', 'move_id', 'id'] as const;
const CLIP_FIELDS: ReadonlySet<string> = new Set([...PATH_FIELDS, ...ID_FIELDS]);
/** Known, and of no use here: the clip itself tells them, or another import takes them. */
const IDLE_FIELDS: ReadonlySet<string> = new Set([
  ...CLIP_FIELDS, 'duration', 'created_at', 'updated_at', 'pose_embedding', 'audio_embedding', 'text_embedding', 'frame_rate', 'fps', 'width', 'height', 'resolution',
]);

function textField(entry: Fields, names: readonly string[]): string | null {
  const value = names.map((name) => entry[name]).find((each) => (typeof each === 'string' && each.trim() !== '') || typeof each === 'number');
  return value === undefined ? null : String(value).trim();
}

function entryOf(entry: unknown, at: number, name: string, remarks: Remarks, unknown: Set<string>): Annotation[] {
  if (!isObject(entry)) {
    remarks.add('entry', annotationsText.notObject(name, at + 1));
    return [];
  }
  const [path, clipId] = [textField(entry, PATH_FIELDS), textField(entry, ID_FIELDS)];
  const clip = path ?? clipId;
  if (clip === null) {
    remarks.add('entry', annotationsText.noClip(name, at + 1));
    return [];
  }
  const labels: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(entry)) {
    if (IDLE_FIELDS.has(field) || value === null || value === '') continue;
    const read = readField(field, value);
    if (read === null) unknown.add(field);
    else if ('problem' in read) remarks.add('field', annotationsText.badField(name, clip, field, read.got, read.problem));
    else {
      if (read.isTranslated === true) remarks.once('difficulty', annotationsText.difficultyWords(name));
      // The first name of a label in the file holds: `category` before `move_label`.
      labels[read.label] ??= read.value;
    }
  }
  return [{ path, clipId, labels }];
}

/**
 * @param text  of the file @param name  for the remarks and as its kind (.csv, .tsv, else JSON)
 * @throws AppError 'annotations-unreadable' when it is neither JSON nor CSV, or holds no list
 */
export function readAnnotations(text: string, name: string): Annotations {
  const body = text.replace(/^\uFEFF/, '');
  const entries = /\.(csv|tsv)$/i.test(name) ? listOfCsv(body, name) : listOf(parsed(body, name), name);
  const remarks = new Remarks();
  const unknown = new Set<string>();
  const read = entries.flatMap((entry, at) => entryOf(entry, at, name, remarks, unknown));
  if (unknown.size > 0) remarks.add('unknown', annotationsText.unknownFields(name, [...unknown].sort().slice(0, 20).map((field) => field.slice(0, 60))));
  return { entries: read, notes: remarks.sentences() };
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw unreadable(annotationsText.notJson(name, cause instanceof Error ? cause.message.slice(0, 120) : 'it does not parse'), annotationsText.repairIt, cause);
  }
}
