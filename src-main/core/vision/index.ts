/** The vision step: frames → feature series, and questions to them. */
export { analysisHandler } from './analysis-job.ts';
export { columnNames, csvOf, jsonOf } from './export-features.ts';
export { FeatureLibrary } from './feature-library.ts';
export type { FeatureLibraryPorts } from './feature-library.ts';
export { FeatureQueries } from './feature-queries.ts';
export { MemoryFeatureBlocks } from './memory-feature-blocks.ts';
export { PicturePairs } from './picture-pairs.ts';
export { analysisRaster } from './raster.ts';
export type { AnalysisOptions, AnalysisPorts, AnalysisProgress } from './run-analysis.ts';
export * from './ports.ts';
