/** Assembly: blueprint → film, and the only FFmpeg graphs for output. */
export { assembleJob, outputPathOf, withPreset } from './assemble-request.ts';
export { parseBlueprint, requireBlueprint, validateBlueprint } from './blueprint/validate.ts';
export { type DemoFilm, demoFilmArguments } from './demo-film.ts';
export { PEAK_DB, encodedUnderPeak, isPeakKept } from './encoder-peak.ts';
export { canCopyVideo, copiesVideo, cutArguments, filmArguments, flacArguments, isFilmFormat, isLossless, mixArguments, type FilmSource } from './film-sound.ts';
export { HostMaster } from './host-master.ts';
export { edlOf } from './interchange/edl.ts';
export { otioOf } from './interchange/otio.ts';
export { LOUDNESS_TOLERANCE_LU, loudnessReport } from './loudness-report.ts';
export { type AssemblyPorts, assembleHandler } from './render/assemble-job.ts';
export { estimateFilm } from './render/estimate.ts';
export { blueprintOfClips, prepareHandler, prepareJob } from './render/prepare-job.ts';
export { AdtsScanner } from './timeline/adts.ts';
export { StreamScanner } from './timeline/annex-b.ts';
