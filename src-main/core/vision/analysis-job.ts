/** The job behind "Analyse": one stage, its pace and its result; resumable in that a killed one is done again. */
import { z } from 'zod';

import { IdSchema } from '../../contract/ids.ts';
import type { JobHandler } from '../jobs/job-handler.ts';
import { runAnalysis } from './run-analysis.ts';
import type { AnalysisPorts, AnalysisResult } from './run-analysis.ts';

const STAGE = 'Analysing the picture';
const PayloadSchema = z.object({ media_id: IdSchema });

export function analysisHandler(ports: AnalysisPorts): JobHandler<z.infer<typeof PayloadSchema>, AnalysisResult> {
  return {
    kind: 'analysis',
    payload: PayloadSchema,
    stages: [{ name: STAGE, weight: 1 }],
    lane: 'heavy',
    run: async ({ media_id }, context) => {
      context.stage(STAGE, 0);
      const result = await runAnalysis(ports, media_id, {
        signal: context.signal,
        onProgress: ({ done, speed, etaS }) => context.stage(STAGE, done, { speed, etaS }),
        onNote: (line) => context.note(line),
      });
      context.stage(STAGE, 1);
      return result;
    },
  };
}
