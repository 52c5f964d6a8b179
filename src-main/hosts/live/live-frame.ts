/** What an instrument tells, as the page takes it: levels in decibels, numbers short enough to send sixty times a second. */
import type { OutputHealth, PlayerMeters, PlayerState } from '../../adapters/native/live-player.ts';
import type { AudioStreamInfo, LiveFrame } from '../../contract/documents/session.ts';

const FLOOR_DB = -120;

const round = (value: number, digits = 4): number => (Number.isFinite(value) ? Number(value.toPrecision(digits)) : 0);
const db = (linear: number | undefined): number | null => {
  const value = 20 * Math.log10(linear ?? 0);
  return value > FLOOR_DB ? round(value) : null;
};
const level = (lufs: number | null): number | null => (lufs === null ? null : round(lufs));
const list = (values: Float32Array, digits?: number): number[] => Array.from(values, (value) => round(value, digits));

export interface LiveReading {
  readonly sessionId: string;
  readonly state: PlayerState;
  readonly meters: PlayerMeters;
  readonly health: OutputHealth;
  readonly stream: AudioStreamInfo;
  readonly nowMs: number;
}

export function liveFrame({ sessionId, state, meters, health, stream, nowMs }: LiveReading): LiveFrame {
  const { levels, strips } = meters;
  // What is heard now left the engine one latency ago.
  const behindS = state.isPlaying ? (stream.latency_ms / 1000) * state.speed : 0;
  return {
    session_id: sessionId,
    position: state.position,
    film_s: Math.max(0, state.filmS - behindS),
    at_ms: nowMs,
    is_playing: state.isPlaying,
    is_silenced: state.isSilenced,
    is_starved: state.isStarved,
    speed: state.speed,
    bpm: state.bpm,
    beat: round(state.beat),
    bar: state.bar,
    wobble_hz: round(state.wobbleHz),
    chord_place: state.chordPlace,
    rhythm_level: state.rhythmLevel,
    is_morphing: state.isMorphing,
    peak_db: [db(levels[0]), db(levels[1])],
    rms_db: [db(levels[2]), db(levels[3])],
    strip_peak_db: [db(strips[0]), db(strips[1]), db(strips[2])],
    momentary_lufs: level(meters.momentaryLufs),
    short_term_lufs: level(meters.shortTermLufs),
    integrated_lufs: level(meters.integratedLufs),
    scope: list(meters.scope, 3),
    spectrum: list(meters.spectrum, 3),
    inputs: list(state.inputs),
    outputs: list(state.outputs),
    parameters: list(state.parameters),
    underruns: health.underruns,
    load: round(health.load, 3),
  };
}
