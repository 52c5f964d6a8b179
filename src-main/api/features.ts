/** The operations on feature series. */
import { AppError } from '../contract/errors.ts';
import { MAX_SERIES_FRAMES } from '../contract/limits.ts';
import type { featureOperations } from '../contract/operations/features.ts';
import type { FeatureLibrary, PicturePairs } from '../core/vision/index.ts';
import { csvOf, jsonOf } from '../core/vision/index.ts';
import type { HandlersOf } from './handler.ts';

const encoder = new TextEncoder();

/** Text pieces as bytes, made when they are read. */
function streamOf(pieces: Iterator<string>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const { value, done } = pieces.next();
        if (done === true) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      cancel: () => void pieces.return?.(),
    },
    { highWaterMark: 0 },
  );
}

export function featureHandlers(features: FeatureLibrary, pairs: PicturePairs): HandlersOf<typeof featureOperations> {
  return {
    analyzeMedia: ({ params }) => features.analyze(params.id),
    getFeatureInfo: ({ params }) => features.info(params.id),
    getMediaFeatureSeries: ({ params, query: { start, end, stride } }) => {
      const asked = Math.ceil((Math.min(end, Math.max(start, features.frames(params.id) - 1)) - start + 1) / stride);
      if (asked > MAX_SERIES_FRAMES) throw new AppError('request-too-large', `At most ${MAX_SERIES_FRAMES} frames come in one answer; this asks for ${asked}.`, { hint: 'Ask for a part, raise the stride, or use the export.' });
      return features.series(params.id, start, end, stride);
    },
    getMediaFeatureFrame: ({ params }) => features.frame(params.id, params.frame),
    getFeatureCurve: ({ params, query }) => {
      const curve = features.curve(params.id, { column: query.column, startS: query.start_s, endS: query.end_s, points: query.points });
      return { kind: 'bytes', bytes: new Uint8Array(curve.buffer as ArrayBuffer, curve.byteOffset, curve.byteLength) };
    },
    getOpticalFlow: async ({ params, query }, { signal }) => ({ kind: 'bytes', bytes: await pairs.floFile(params.id, query.next, signal) }),
    exportFeatures: ({ params, query: { format } }) => {
      const chunks = features.chunks(params.id);
      return {
        kind: 'stream',
        mimeType: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
        downloadName: `${features.nameOf(params.id)}.features.${format}`,
        stream: streamOf(format === 'csv' ? csvOf(chunks) : jsonOf(chunks)),
      };
    },
  };
}
