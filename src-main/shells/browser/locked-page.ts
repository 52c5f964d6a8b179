/** What a browser sees that has no cookie, or comes with a link that was used or is too old. */
const HTML = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Kinetone</title>
<h1>This window has no key</h1>
<p>A link opens Kinetone once, within 30 seconds. For a new one press Enter in the terminal where Kinetone runs, or start
Kinetone again: it brings up the studio that is already open.</p></html>`;

export function lockedPage(): Response {
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'; frame-ancestors 'none'", 'cache-control': 'no-store' };
  return new Response(HTML, { status: 401, headers });
}
