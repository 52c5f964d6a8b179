/** Operations on the feature series of media items: analyse, query by range, stride and aggregate, export. */
import { z } from 'zod';

import { FeatureFrameSchema } from '../documents/feature-frame.ts';
import { FeatureSeriesSchema } from '../documents/session-features.ts';
import { IdSchema } from '../ids.ts';
import { MAX_SERIES_FRAMES } from '../limits.ts';
import { operations } from '../operation.ts';
import { featureLayout } from '../feature-layout.ts';
import { DerivedStateSchema } from '../documents/media-item.ts';

const params = z.object({ id: IdSchema });

export const FeatureInfoSchema = z.object({
  state: DerivedStateSchema,
  /** Frames stored so far; rises while the analysis runs. */
  frames: z.number().int(),
  duration_s: z.number(),
  /** Size of the analysis raster in pixels. */
  raster_width: z.number().int(),
  raster_height: z.number().int(),
  algorithm_version: z.number().int(),
  /** The running analysis, if any. */
  job_id: IdSchema.nullable(),
});
export type FeatureInfo = z.infer<typeof FeatureInfoSchema>;

const frameNumber = z.coerce.number().int().min(0);

export const featureOperations = operations({
  analyzeMedia: {
    method: 'POST',
    path: '/api/media/:id/analysis',
    summary: 'Analyse a video (or find the analysis that is done or running).',
    params,
    response: z.object({ job_id: IdSchema.nullable(), info: FeatureInfoSchema }),
    status: 202,
  },
  getFeatureInfo: { method: 'GET', path: '/api/media/:id/features', summary: 'State and size of the feature series.', params, response: FeatureInfoSchema },
  getMediaFeatureSeries: {
    method: 'GET',
    path: '/api/media/:id/features/series',
    summary: `FeatureFrames from \`start\` to \`end\`, inclusive, every \`stride\`-th; at most ${MAX_SERIES_FRAMES} in one answer.`,
    params,
    query: z.object({ start: frameNumber.default(0), end: frameNumber, stride: z.coerce.number().int().min(1).default(1) }),
    response: FeatureSeriesSchema,
  },
  getMediaFeatureFrame: {
    method: 'GET',
    path: '/api/media/:id/features/frames/:frame',
    summary: 'One FeatureFrame.',
    params: z.object({ id: IdSchema, frame: frameNumber }),
    response: FeatureFrameSchema,
  },
  getFeatureCurve: {
    method: 'GET',
    path: '/api/media/:id/features/curve',
    summary:
      'One column over time as Float32 little-endian (min, max, mean) triples, `points` of them over [start_s, end_s); NaN where nothing is stored. Packed colours answer the newest value in all three places.',
    params,
    query: z.object({
      column: z.coerce.number().int().min(0).max(featureLayout.columns - 1),
      start_s: z.coerce.number().min(0).default(0),
      end_s: z.coerce.number().positive(),
      points: z.coerce.number().int().min(1).max(8192),
    }),
    responseKind: 'octets',
  },
  getOpticalFlow: {
    method: 'GET',
    path: '/api/media/:id/flow',
    summary: 'The dense optical flow from this picture to `next`, of the same size, as a Middlebury .flo file; of a video its first frame counts.',
    params,
    query: z.object({ next: IdSchema }),
    responseKind: 'octets',
  },
  exportFeatures: {
    method: 'GET',
    path: '/api/media/:id/features/export',
    summary: 'The whole series as JSON (a list of FeatureFrame) or CSV, streamed.',
    params,
    query: z.object({ format: z.enum(['json', 'csv']) }),
    responseKind: 'file',
  },
});
