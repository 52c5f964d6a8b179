/** Bounds that more than one border checks. */

/** Side of a picture in pixels, before anything is decoded. */
export const MAX_PICTURE_SIDE_PX = 16_384;
export const MAX_STREAMS = 64;
/** Body of a JSON request in bytes. */
export const MAX_JSON_BYTES = 1 << 20;
/** Of one that carries a whole plan or blueprint: a film of hours, each of its moves with alternatives and reasons. */
export const MAX_PLAN_BYTES = 16 << 20;
/** FeatureFrames of one JSON answer, so that making it holds nothing up; longer ranges come in parts, or as an export. */
export const MAX_SERIES_FRAMES = 1000;
/** The analysis raster has at most this many pixels (640 × 360). */
export const ANALYSIS_PIXELS = 640 * 360;
/** Pixels of a picture whose optical flow is asked for: eight bytes each travel as one answer. */
export const MAX_FLOW_PIXELS = 16 * 2 ** 20;
/** Version of the vision algorithms; part of the key of every feature series. */
export const VISION_VERSION = 4;
/** Version of the sound engine; part of the provenance of every render. */
export const SOUND_VERSION = 2;
/** Version of the song analysis; part of the key of every analysis. */
export const SONG_VERSION = 1;
/** Version of the planner; part of the key of every stored plan and of what a blueprint says of its making. */
export const PLANNER_VERSION = 2;
