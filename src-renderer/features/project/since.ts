/** When something happened, as people say it: "5 minutes ago", then the date. */
const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

export function since(iso: string, now: Date): string {
  const seconds = (now.getTime() - Date.parse(iso)) / 1000;
  if (seconds > 7 * 86_400) return new Intl.DateTimeFormat('en', { dateStyle: 'medium' }).format(new Date(iso));
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  const step = STEPS.find(([, length]) => seconds >= length);
  return step ? words.format(-Math.floor(seconds / step[1]), step[0]) : 'just now';
}
