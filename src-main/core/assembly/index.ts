/** Assembly: the only FFmpeg graphs for output. */
export { type DemoFilm, demoFilmArguments } from './demo-film.ts';
export { canCopyVideo, copiesVideo, cutArguments, filmArguments, flacArguments, isFilmFormat, isLossless, mixArguments, type FilmSource } from './film-sound.ts';
