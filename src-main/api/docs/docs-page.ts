/** The documentation page: every operation with its inputs and answers, as plain HTML without a script. */
import { z } from 'zod';

import { errorStatus } from '../../contract/errors.ts';
import type { OperationSpec } from '../../contract/operation.ts';

export const DOCS_STYLE = `
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin: 2rem 0 0.5rem; text-transform: capitalize; }
details { border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); padding: 0.4rem 0; }
summary { cursor: pointer; }
code, pre { font: 13px/1.45 ui-monospace, monospace; }
pre { overflow: auto; max-height: 24rem; padding: 0.75rem; border-radius: 6px; background: color-mix(in srgb, currentColor 8%, transparent); }
.method { display: inline-block; width: 4.5rem; font-weight: 600; }
.id { opacity: 0.7; }
`;

/** Cost: converts every schema; a few milliseconds, on request only. */
export function docsPage(specs: readonly OperationSpec[], version: string): string {
  const areas = Map.groupBy(specs, (spec) => spec.path.split('/').slice(1, 3).filter((part) => part !== 'api')[0] ?? '');
  const sections = [...areas].map(([area, operations]) => `<h2>${escaped(area)}</h2>${operations.map(operationHtml).join('')}`);
  const errors = Object.entries(errorStatus).map(([code, status]) => `<li><code>${code}</code> ${status}</li>`);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Kinetone API</title><style>${DOCS_STYLE}</style>
<h1>Kinetone API ${escaped(version)}</h1>
<p>Programs send <code>Authorization: Bearer</code> with the token from <code>serve.json</code> in the data folder. The same as
<a href="/openapi.json">OpenAPI</a>.</p>${sections.join('')}<h2>Errors</h2><ul>${errors.join('')}</ul></html>`;
}

function operationHtml(spec: OperationSpec): string {
  const parts = [
    schemaHtml('Path', spec.params),
    schemaHtml('Query', spec.query),
    spec.bodyKind === 'octets' ? '<p>Body: raw octets, streamed.</p>' : schemaHtml('Body', spec.body),
    schemaHtml(`Answer (${spec.status ?? 200})`, spec.response),
  ];
  return `<details><summary><span class="method">${spec.method}</span><code>${escaped(spec.path)}</code> <span class="id">${escaped(spec.id)}</span> ${escaped(spec.summary)}</summary>${parts.join('')}</details>`;
}

function schemaHtml(title: string, schema: z.ZodType | undefined): string {
  if (schema === undefined) return '';
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' });
  return `<p>${title}</p><pre>${escaped(JSON.stringify(json, null, 1))}</pre>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
