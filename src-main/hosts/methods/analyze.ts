/** Host method `analyze`: decodes a film at analysis size, looks at every frame, and sends the rows in groups. */
import { featureLayout } from '../../contract/feature-layout.ts';
import { AnalyzeInputSchema } from '../../contract/hosts/analysis.ts';
import type { AnalyzeInput, AnalyzeOutput, FeatureRows } from '../../contract/hosts/analysis.ts';
import type { HostMethod } from '../../core/host.ts';
import { decodeFrames } from '../../adapters/ffmpeg/decode-frames.ts';
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

/** @param pipe  what the frames come through; null for a stream. */
export async function analyzeFilm(input: AnalyzeInput, pipe: FramePipe | null, signal: AbortSignal, emit: (rows: FeatureRows) => void): Promise<AnalyzeOutput> {
  const { programs, file, width, height } = input;
  const session = new VisionSession(width, height);
  const group = new RowGroup();
  const stream = decodeFrames({ launcher: programs, ffmpeg: programs.ffmpeg, release: programs.release, file, width, height, signal, pipe });
  let frames = 0;
  let lastS = 0;
  let previousS = 0;
  for await (const { planes, timestampS, color } of stream) {
    if (pipe === null || planes !== null) await session.analyze(planes as Uint8Array, timestampS, group.row, undefined, color);
    // What was announced and not written is lost with the decoder; the stream says why.
    else if (!(await session.analyzeNext(pipe, timestampS, group.row, color))) {
      stream.missed();
      continue;
    }
    [previousS, lastS] = [lastS, timestampS];
    frames += 1;
    const due = group.add(timestampS);
    if (due) emit(due);
  }
  const rest = group.take();
  if (rest) emit(rest);
  // The last frame is shown as long as the one before it.
  return { frames, end_s: frames > 1 ? lastS + (lastS - previousS) : lastS, complaint: stream.complaint() };
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
