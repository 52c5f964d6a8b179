/** Handlers of what sessions see. */
import { AppError } from '../contract/errors.ts';
import { ANALYSIS_PIXELS } from '../contract/limits.ts';
import type { sessionFeatureOperations } from '../contract/operations/session-features.ts';
import type { SessionVision } from '../core/sonify/index.ts';
import type { HandlersOf } from './handler.ts';
import { readOctets } from './octets.ts';

const MOST_FRAME_BYTES = (ANALYSIS_PIXELS * 3) / 2;

export function sessionFeatureHandlers(vision: SessionVision): HandlersOf<typeof sessionFeatureOperations> {
  return {
    analyzeFrame: async ({ params, query, body }) =>
      vision.analyzeFrame(params.id, {
        frame: params.frame,
        width: query.width,
        height: query.height,
        timestampS: query.timestamp,
        planes: await readOctets(body, MOST_FRAME_BYTES),
        withOverlay: query.overlay === '1',
        feeds: query.feeds === '1',
      }),
    watchCamera: ({ params, body }, { door, signal }) => {
      if (door !== 'program') throw new AppError('request-forbidden', 'A page sends the frames of its own camera.', { hint: 'Use analyzeFrame.' });
      return vision.watchCamera(params.id, body.camera, signal);
    },
    getSessionOverlay: ({ params }) => ({ kind: 'bytes', bytes: vision.overlay(params.id) }),
    analyzeVideo: ({ params, body }) => vision.analyzeVideo(params.id, body.media_id),
    storeFeatures: ({ params, query, body }) => vision.store(params.id, params.frame, body, query.feeds === '1'),
    getFeatures: ({ params }) => vision.features(params.id, params.frame),
    getFeatureSeries: ({ params, query }) => vision.series(params.id, query.start, query.end),
  };
}
