export { canCopyVideo, filmArguments, flacArguments, isFilmFormat, mixArguments, type FilmSource } from './film-sound.ts';
