/**
 * Key chords by character ("Ctrl+Shift+Z", "?", "Alt+ArrowLeft"): letters go by what the key writes, with the place on
 * the keyboard as fallback where a layout writes no Latin letter. "Ctrl" is the command key on macOS.
 */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

const NAMED: Record<string, string> = {
  ' ': 'Space',
  Esc: 'Escape',
  Left: 'ArrowLeft',
  Right: 'ArrowRight',
  Up: 'ArrowUp',
  Down: 'ArrowDown',
};

/** The key part of a press: "Z", "Space", "ArrowLeft", ",". */
function keyName(press: KeyPress): string {
  const { key, code } = press;
  if (NAMED[key]) return NAMED[key];
  if (/^[a-z]$/i.test(key)) return key.toUpperCase();
  const place = /^Key([A-Z])$/.exec(code)?.[1];
  // A layout without Latin letters (Greek, Russian), or Alt writing a symbol on macOS.
  if (place && key.length === 1 && !/^[\x20-\x7e]$/.test(key)) return place;
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  if (digit && (press.ctrlKey || press.metaKey || press.altKey)) return digit;
  return key;
}

/** Shift is part of a chord except where it only makes the character ("?" is Shift+/ on many layouts). */
function countsShift(name: string): boolean {
  return name.length > 1 || /^[A-Z0-9]$/.test(name);
}

/**
 * The chord of a press, or null for a modifier alone.
 * @param isMac  the command key is then "Ctrl", the control key "Control"
 */
export function chordOf(press: KeyPress, isMac: boolean): string | null {
  if (['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Process'].includes(press.key)) return null;
  const name = keyName(press);
  const parts: string[] = [];
  if (isMac ? press.metaKey : press.ctrlKey) parts.push('Ctrl');
  if (isMac && press.ctrlKey) parts.push('Control');
  if (press.altKey) parts.push('Alt');
  if (press.shiftKey && countsShift(name)) parts.push('Shift');
  return [...parts, name].join('+');
}

/** One spelling for what people write: "shift+ctrl+z" → "Ctrl+Shift+Z". Null when it is not a chord. */
export function normalChord(text: string): string | null {
  const isPlus = text.endsWith('++') || text === '+';
  const parts = (isPlus ? text.slice(0, -1) : text).split('+').filter((part) => part !== '');
  const name = isPlus ? '+' : (parts.pop() ?? '');
  if (name === '') return null;
  const held = new Set(parts.map((part) => part.charAt(0).toUpperCase() + part.slice(1).toLowerCase()));
  const known = ['Ctrl', 'Control', 'Alt', 'Shift'].filter((modifier) => held.delete(modifier));
  if (held.size > 0) return null;
  const spelled = name.length === 1 ? name.toUpperCase() : name.charAt(0).toUpperCase() + name.slice(1);
  return [...known, spelled].join('+');
}

const SHOWN: Record<string, string> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Delete: 'Del',
};
const SHOWN_MAC: Record<string, string> = { Ctrl: '⌘', Control: '⌃', Alt: '⌥', Shift: '⇧' };

/** The parts of a chord as keycaps. */
export function shownChord(chord: string, isMac: boolean): string[] {
  const parts = chord.endsWith('+') ? [...chord.slice(0, -1).split('+').filter(Boolean), '+'] : chord.split('+');
  return parts.map((part) => (isMac ? SHOWN_MAC[part] : undefined) ?? SHOWN[part] ?? part);
}
