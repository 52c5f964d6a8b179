/** The library step: moves, what is said of them, how they move, and finding them. */
export { moveAnalysisHandler } from './analysis-job.ts';
export { analysisKey } from './analyze-clip.ts';
export { LibraryDocuments, type LibraryDocumentsPorts } from './documents.ts';
export { HostClipDescriber } from './host-clip-describer.ts';
export { HostClipEars } from './host-clip-ears.ts';
export { HostEmbeddings } from './host-embeddings.ts';
export { HostVectors } from './host-vectors.ts';
export { VectorFiling } from './vector-filing.ts';
export { importHandler } from './import-job.ts';
export { MoveLibrary, type MoveLibraryPorts } from './move-library.ts';
export { MoveIndex, MoveSearch, plainMatrix } from './search/index.ts';
export { stretchOfSong } from './song-stretch.ts';
export * from './ports.ts';
