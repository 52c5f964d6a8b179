/** Mapping: the document that says how a picture plays, compiled for the engine, learned, said in words. */
export { BUILT_IN_IDS, DEFAULT_MAPPING_ID, MAPPING_VERSION, loadBuiltIn, readMapping } from './built-in.ts';
export { CURVE_POINTS, type CompiledMapping, compileMapping } from './compile.ts';
export { learnRange, withLearnedRange } from './learn-range.ts';
export { rowSentence } from './sentence.ts';
