/** Operations on what a session sees: the seed’s video analysis service and feature store, per session and frame number. */
import { z } from 'zod';

import { FeatureFrameSchema } from '../documents/feature-frame.ts';
import { AnalysisResultSchema, FeatureSeriesSchema, FrameNumberSchema } from '../documents/session-features.ts';
import { IdSchema } from '../ids.ts';
import { ANALYSIS_PIXELS, MAX_SERIES_FRAMES } from '../limits.ts';
import { operations } from '../operation.ts';

const params = z.object({ id: IdSchema });
const frameParams = z.object({ id: IdSchema, frame: FrameNumberSchema });
const flag = z.enum(['0', '1']);
const side = z.coerce.number().int().min(2).max(ANALYSIS_PIXELS / 2).multipleOf(2);

export const sessionFeatureOperations = operations({
  analyzeFrame: {
    method: 'POST',
    path: '/api/sessions/:id/frames/:frame',
    summary: `Look at one frame now. The body is planar I420, full range BT.601, width × height × 3/2 bytes; both sides even, at most ${ANALYSIS_PIXELS} pixels. One frame per session is looked at at a time; of those that wait the newest is kept, the others are answered “skipped”. In a camera session the features are stored under the frame’s number and, with feeds=1, heard at once.`,
    params: frameParams,
    query: z.object({
      width: side,
      height: side,
      /** Capture time, s; earlier than the last one begins a new sequence. */
      timestamp: z.coerce.number().min(0),
      /** Keeps flow and edges of this frame for getSessionOverlay. */
      overlay: flag.default('0'),
      feeds: flag.default('1'),
    }),
    bodyKind: 'octets',
    response: AnalysisResultSchema,
  },
  getSessionOverlay: {
    method: 'GET',
    path: '/api/sessions/:id/overlay',
    summary: 'Flow and edges of the newest frame that was looked at with overlay=1, packed as contract/overlay.ts says.',
    params,
    responseKind: 'octets',
  },
  watchCamera: {
    method: 'POST',
    path: '/api/sessions/:id/camera',
    summary: 'Look through a camera of this machine until the request is given up or the camera ends; what is seen is heard and stored. Programs only: a page sends its own camera’s frames.',
    params,
    /** A part of the camera’s name, or its device; null for the first. */
    body: z.object({ camera: z.string().min(1).max(300).nullable().default(null) }),
    /** Frames that the camera gave. */
    response: z.object({ frames: z.number().int() }),
  },
  analyzeVideo: {
    method: 'POST',
    path: '/api/sessions/:id/video',
    summary: 'Make a film of the library the session’s source, and analyse it where it is not analysed yet.',
    params,
    body: z.object({ media_id: IdSchema }),
    response: AnalysisResultSchema,
    status: 202,
  },
  storeFeatures: {
    method: 'PUT',
    path: '/api/sessions/:id/features/:frame',
    summary: 'Store the features of a frame, in place of what is stored under its number; with feeds=1 a sounding session hears them at once.',
    params: frameParams,
    query: z.object({ feeds: flag.default('0') }),
    body: FeatureFrameSchema,
    status: 204,
  },
  getFeatures: {
    method: 'GET',
    path: '/api/sessions/:id/features/:frame',
    summary: 'The features of exactly this frame, or the error “not-found”.',
    params: frameParams,
    response: FeatureFrameSchema,
  },
  getFeatureSeries: {
    method: 'GET',
    path: '/api/sessions/:id/features',
    summary: `FeatureFrames from \`start\` to \`end\`, inclusive and in order, with the runs that are missing; at most ${MAX_SERIES_FRAMES} in one answer.`,
    params,
    query: z.object({ start: FrameNumberSchema.default(0), end: FrameNumberSchema }),
    response: FeatureSeriesSchema,
  },
});
