/** What a browser sees that has no cookie, or comes with a link that was used or is too old. */
import { createHash } from 'node:crypto';

const STYLE = `
:root { color-scheme: dark light; }
body { font: 15px/1.6 system-ui, sans-serif; display: grid; place-content: center; min-height: 90vh; margin: 0 1.5rem; }
main { max-width: 30rem; }
h1 { font-size: 1.25rem; margin: 0 0 0.5rem; }
p { margin: 0 0 0.75rem; opacity: 0.8; }
kbd { font: 13px ui-monospace, monospace; border: 1px solid; border-radius: 4px; padding: 0 0.4em; }
`;
const HTML = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Kinetone</title><style>${STYLE}</style>
<main><h1>This window has no key</h1>
<p>A link opens Kinetone once, within 30 seconds.</p>
<p>For a new one press <kbd>Enter</kbd> in the terminal where Kinetone runs, or start Kinetone again: it brings up the studio that is already open.</p></main></html>`;
const CSP = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; frame-ancestors 'none'`;

export function lockedPage(): Response {
  return new Response(HTML, { status: 401, headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': CSP, 'cache-control': 'no-store' } });
}
