/** The interface description that ships names the same fields as the contract's documents, and operations that take and answer the same. */
import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';
import type { z } from 'zod';

import { DominantColorSchema, EdgePatternSchema, FeatureFrameSchema, RegionSchema } from '../../src-main/contract/documents/feature-frame.ts';
import { parameters } from '../../src-main/contract/documents/parameters.ts';
import { AnalysisResultSchema, FeatureSeriesSchema } from '../../src-main/contract/documents/session-features.ts';
import { AudioParametersSchema, AudioStreamInfoSchema } from '../../src-main/contract/documents/session.ts';
import type { OperationSpec } from '../../src-main/contract/operation.ts';
import { allOperations } from '../../src-main/contract/operations/index.ts';

const FILES = ['kinetone', 'video_analysis_service', 'audio_generation_service', 'feature_store_service'];
const idl = FILES.map((name) => readFileSync(new URL(`../../resources/idl/${name}.thrift`, import.meta.url), 'utf8')).join('\n');
const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function fieldsOf(struct: string): string[] {
  const body = new RegExp(`struct ${struct} \\{([^}]*)\\}`).exec(idl)?.[1] ?? '';
  return [...body.matchAll(/\d+: (?:optional )?\S+ (\w+)/g)].map((match) => snake(match[1] ?? ''));
}
const keysOf = (schema: z.ZodObject): string[] => Object.keys(schema.shape);
const { shape } = FeatureFrameSchema;

test.each([
  ['Region', keysOf(RegionSchema)],
  ['Color', keysOf(DominantColorSchema)],
  ['EdgePattern', keysOf(EdgePatternSchema)],
  ['MotionFeatures', keysOf(shape.motion)],
  ['ColorFeatures', keysOf(shape.color)],
  ['EdgeFeatures', keysOf(shape.edges)],
  ['FeatureData', keysOf(FeatureFrameSchema)],
  ['AnalysisResult', keysOf(AnalysisResultSchema)],
  ['FeatureSeries', keysOf(FeatureSeriesSchema)],
  ['NumberedFeatures', keysOf(FeatureSeriesSchema.shape.frames.element)],
  ['AudioStreamInfo', keysOf(AudioStreamInfoSchema)],
  ['AudioParameters', keysOf(AudioParametersSchema)],
])('%s has the fields of its document', (struct, keys) => {
  expect(fieldsOf(struct).sort()).toEqual([...keys].sort());
});

test('AudioParameters are the first parameters of the engine', () => {
  expect(fieldsOf('AudioParameters').sort()).toEqual(Object.keys(parameters).slice(0, 5).sort());
});

/** What each call's arguments are in the API: of the path, the query and the body; everything else of it is optional there. */
const ARGUMENTS: Readonly<Record<string, string>> = { sessionId: 'id', frameNumber: 'frame', startFrame: 'start', endFrame: 'end', params: 'parameters', features: 'body', frameData: 'body', videoUrl: 'media_id' };
/** The structure each call answers with, as a document. */
const ANSWERS: Readonly<Record<string, z.ZodType | undefined>> = {
  AnalysisResult: AnalysisResultSchema,
  AudioStreamInfo: AudioStreamInfoSchema,
  FeatureSeries: FeatureSeriesSchema,
  'kinetone.FeatureData': FeatureFrameSchema,
  void: undefined,
};
const calls = [...idl.matchAll(/^ {4}(\S+) (\w+)\(([^)]*)\) throws/gm)].map(([, answer = '', name = '', list = '']) => ({
  name,
  answer,
  names: [...list.matchAll(/\d+: \S+ (\w+)/g)].map(([, argument = '']) => argument),
}));

function takenBy({ params, query, body, bodyKind }: OperationSpec): Set<string> {
  const shapeOf = (schema: z.ZodType | undefined): string[] => (schema && 'shape' in schema ? Object.keys(schema.shape as object) : []);
  return new Set([...shapeOf(params), ...shapeOf(query), ...shapeOf(body), ...(body !== undefined || bodyKind === 'octets' ? ['body'] : []), ...(body === AudioParametersSchema ? ['parameters'] : [])]);
}

test('the eight calls of the seed are there', () => {
  expect(calls.map(({ name }) => name).sort()).toEqual(['analyzeFrame', 'analyzeVideo', 'generateAudio', 'getFeatureSeries', 'getFeatures', 'stopGeneration', 'storeFeatures', 'updateParameters']);
});

test.each(calls)('$name takes and answers what its operation does', ({ name, answer, names }) => {
  const operation: OperationSpec | undefined = (allOperations as Readonly<Record<string, OperationSpec>>)[name];
  expect(operation).toBeDefined();
  const taken = takenBy(operation as OperationSpec);
  for (const argument of names) expect([argument, taken.has(ARGUMENTS[argument] ?? argument)]).toEqual([argument, true]);
  expect(Object.keys(ANSWERS)).toContain(answer);
  expect(operation?.response).toBe(ANSWERS[answer]);
});
