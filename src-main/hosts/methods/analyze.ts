/** Host method `analyze`: decodes a film at analysis size, looks at every frame, and sends the rows in groups. */
import { featureLayout } from '../../contract/feature-layout.ts';
import { AnalyzeInputSchema } from '../../contract/hosts/analysis.ts';
import type { AnalyzeInput, AnalyzeOutput, FeatureRows } from '../../contract/hosts/analysis.ts';
import type { HostMethod } from '../../core/host.ts';
import { decodeFrames, decodeIntoPipe } from '../../adapters/ffmpeg/decode-frames.ts';
import { type FramePipe, closeFramePipe, openFramePipe } from '../../adapters/native/frame-pipe.ts';
import { VisionSession } from '../../adapters/native/vision.ts';

const { columns } = featureLayout;
/** A group is sent when it has this many frames, or is this old: the lanes fill while one watches. */
const GROUP_FRAMES = 600;
const GROUP_MS = 500;

/** Collects rows until they are worth a message. */
class RowGroup {
  readonly #rows = new Float32Array(GROUP_FRAMES * columns);
  readonly #timestamps = new Float64Array(GROUP_FRAMES);
  #count = 0;
  #firstFrame = 0;
  #sentAtMs = performance.now();

  /** Where the next row is written. */
  get row(): Float32Array {
    return this.#rows.subarray(this.#count * columns, (this.#count + 1) * columns);
  }

  /** Counts the row just written in. @returns the group when it is due, else null. */
  add(timestampS: number): FeatureRows | null {
    this.#timestamps[this.#count] = timestampS;
    this.#count += 1;
    const isDue = this.#count === GROUP_FRAMES || performance.now() - this.#sentAtMs >= GROUP_MS;
    return isDue ? this.take() : null;
  }

  take(): FeatureRows | null {
    if (this.#count === 0) return null;
    const group = {
      first_frame: this.#firstFrame,
      rows: this.#rows.slice(0, this.#count * columns),
      timestamps: this.#timestamps.slice(0, this.#count),
    };
    this.#firstFrame += this.#count;
    this.#count = 0;
    this.#sentAtMs = performance.now();
    return group;
  }
}

type Emit = (rows: FeatureRows) => void;

/** The last frame is shown as long as the one before it. */
const endOf = (lastS: number, previousS: number | null): number => (previousS === null ? lastS : lastS + (lastS - previousS));

/** The addon reads frames and their times from the pipe, and one is back here twice a second. */
async function analyzePiped(input: AnalyzeInput, pipe: FramePipe, signal: AbortSignal, emit: Emit): Promise<AnalyzeOutput> {
  const { programs, width, height } = input;
  const session = new VisionSession(width, height);
  const rows = new Float32Array(GROUP_FRAMES * columns);
  const timestamps = new Float64Array(GROUP_FRAMES);
  const decoder = decodeIntoPipe({ ...input, launcher: programs, ffmpeg: programs.ffmpeg, release: programs.release, signal }, pipe);
  let total = 0;
  let lastS = 0;
  let previousS: number | null = null;
  try {
    for (let isDone = false; !isDone;) {
      const { frames, isOver, text } = await session.analyzeFrames(pipe, GROUP_FRAMES, GROUP_MS, rows, timestamps);
      signal.throwIfAborted();
      decoder.heard(text);
      isDone = isOver;
      if (frames === 0) continue;
      emit({ first_frame: total, rows: rows.slice(0, frames * columns), timestamps: timestamps.slice(0, frames) });
      previousS = frames > 1 ? (timestamps[frames - 2] ?? null) : total > 0 ? lastS : null;
      lastS = timestamps[frames - 1] ?? lastS;
      total += frames;
    }
    const complaint = await decoder.finish(total);
    return { frames: total, end_s: endOf(lastS, previousS), complaint };
  } finally {
    decoder.stop();
  }
}

/** Frame after frame through JavaScript. */
async function analyzeStream(input: AnalyzeInput, signal: AbortSignal, emit: Emit): Promise<AnalyzeOutput> {
  const { programs, width, height } = input;
  const session = new VisionSession(width, height);
  const group = new RowGroup();
  const stream = decodeFrames({ ...input, launcher: programs, ffmpeg: programs.ffmpeg, release: programs.release, signal });
  let frames = 0;
  let lastS = 0;
  let previousS: number | null = null;
  for await (const { planes, timestampS, color } of stream) {
    await session.analyze(planes, timestampS, group.row, undefined, color);
    previousS = frames > 0 ? lastS : null;
    lastS = timestampS;
    frames += 1;
    const due = group.add(timestampS);
    if (due) emit(due);
  }
  const rest = group.take();
  if (rest) emit(rest);
  return { frames, end_s: endOf(lastS, previousS), complaint: stream.complaint() };
}

/** @param pipe  what the frames come through; null for a stream. */
export function analyzeFilm(input: AnalyzeInput, pipe: FramePipe | null, signal: AbortSignal, emit: Emit): Promise<AnalyzeOutput> {
  return pipe === null ? analyzeStream(input, signal, emit) : analyzePiped(input, pipe, signal, emit);
}

async function analyze(input: AnalyzeInput, signal: AbortSignal, emit: (rows: FeatureRows) => void): Promise<AnalyzeOutput> {
  const pipe = openFramePipe();
  try {
    return await analyzeFilm(input, pipe, signal, emit);
  } finally {
    if (pipe !== null) closeFramePipe(pipe);
  }
}

export const analyzeMethod: HostMethod = (input, { signal, emit }) => analyze(AnalyzeInputSchema.parse(input), signal, emit);
