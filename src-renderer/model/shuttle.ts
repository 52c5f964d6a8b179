/**
 * J, K and L: the shuttle of an editing desk as a pure state machine. J and L play at -1, -2, -4 and 1, 2, 4; K stops;
 * with K held J and L step one frame.
 */
export interface ShuttleState {
  /** Multiple of real time; 0 is stopped. */
  readonly rate: number;
  readonly isKHeld: boolean;
}

export type ShuttleKey = 'j' | 'k' | 'l';
export type ShuttleAction =
  | { readonly kind: 'rate'; readonly rate: number }
  | { readonly kind: 'step'; readonly frames: 1 | -1 }
  | { readonly kind: 'none' };

export const stopped: ShuttleState = { rate: 0, isKHeld: false };

const MAX_RATE = 4;

function faster(rate: number, direction: 1 | -1): number {
  return Math.sign(rate) === direction ? direction * Math.min(MAX_RATE, Math.abs(rate) * 2) : direction;
}

export function keyDown(state: ShuttleState, key: ShuttleKey, isRepeat: boolean): [ShuttleState, ShuttleAction] {
  if (key === 'k')
    return [
      { rate: 0, isKHeld: true },
      { kind: 'rate', rate: 0 },
    ];
  const direction = key === 'l' ? 1 : -1;
  if (state.isKHeld) return [state, { kind: 'step', frames: direction }];
  if (isRepeat) return [state, { kind: 'none' }];
  const rate = faster(state.rate, direction);
  return [
    { ...state, rate },
    { kind: 'rate', rate },
  ];
}

export function keyUp(state: ShuttleState, key: ShuttleKey): ShuttleState {
  return key === 'k' ? { ...state, isKHeld: false } : state;
}
