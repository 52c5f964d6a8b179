/** How long a soak lasts: 20 s in `npm test`, what `npm run soak` asks for otherwise. */
export const soakMs = Number(process.env['KINETONE_SOAK_S'] ?? '20') * 1000;
/** Time a test may take besides. */
export const SLACK_MS = 120_000;
