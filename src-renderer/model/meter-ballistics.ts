/**
 * A level meter's movement: peak at once, falling 20 dB a second, a held peak for 1.5 s, and a clip latch.
 * Ballistics of IEC 60268-10 type I peak meters, with a shorter rise.
 */
export interface MeterState {
  readonly levelDb: number;
  readonly holdDb: number;
  readonly holdUntilMs: number;
  readonly hasClipped: boolean;
}

export const FLOOR_DB = -60;
const FALL_DB_PER_S = 20;
const HOLD_MS = 1500;
const CLIP_DB = -0.1;

export const silent: MeterState = { levelDb: FLOOR_DB, holdDb: FLOOR_DB, holdUntilMs: 0, hasClipped: false };

export function toDb(amplitude: number): number {
  return amplitude <= 0.001 ? FLOOR_DB : 20 * Math.log10(amplitude);
}

/** The state after `elapsedMs` with the newest peak amplitude (0..1). */
export function advance(state: MeterState, amplitude: number, nowMs: number, elapsedMs: number): MeterState {
  const peakDb = toDb(amplitude);
  const levelDb = Math.max(FLOOR_DB, peakDb, state.levelDb - (FALL_DB_PER_S * elapsedMs) / 1000);
  const isHolding = nowMs < state.holdUntilMs && peakDb < state.holdDb;
  return {
    levelDb,
    holdDb: isHolding ? state.holdDb : Math.max(levelDb, peakDb),
    holdUntilMs: isHolding ? state.holdUntilMs : nowMs + HOLD_MS,
    hasClipped: state.hasClipped || peakDb >= CLIP_DB,
  };
}

/** Place of a level on a meter, 0..1: the upper half shows the top 20 dB, where mixing happens. */
export function meterPosition(levelDb: number): number {
  if (levelDb <= FLOOR_DB) return 0;
  return levelDb >= -20 ? 0.5 + (Math.min(0, levelDb) + 20) / 40 : (levelDb - FLOOR_DB) / 80;
}
