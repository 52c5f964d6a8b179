/** /openapi.json from the contract's table, and /docs, a page of our own made from it. */
import { createHash } from 'node:crypto';

import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Env } from 'hono';

import { ErrorBodySchema } from '../../contract/errors.ts';
import type { OperationSpec } from '../../contract/operation.ts';
import { allOperations } from '../../contract/operations/index.ts';
import { docsPage, DOCS_STYLE } from './docs-page.ts';

type Registration = Parameters<OpenAPIHono['openAPIRegistry']['registerPath']>[0];

const octets = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } as const;

/** Adds one operation to the OpenAPI document. */
export function registerPath<E extends Env>(app: OpenAPIHono<E>, spec: OperationSpec): void {
  const status = spec.status ?? 200;
  app.openAPIRegistry.registerPath({
    operationId: spec.id,
    method: spec.method.toLowerCase() as Registration['method'],
    path: spec.path.replaceAll(/:(\w+)/g, '{$1}'),
    summary: spec.summary,
    tags: [areaOf(spec.path)],
    request: {
      ...(spec.params === undefined ? {} : { params: spec.params }),
      ...(spec.query === undefined ? {} : { query: spec.query }),
      ...bodyOf(spec),
    },
    responses: {
      [status]: { description: status === 204 ? 'Done.' : 'The answer.', ...contentOf(spec) },
      ...(spec.responseKind === 'file' ? { 206: { description: 'The asked range.', content: octets }, 416: { description: 'Outside the file.' } } : {}),
      default: { description: 'What went wrong.', content: { 'application/json': { schema: ErrorBodySchema } } },
    },
  } as Registration);
}

function areaOf(path: string): string {
  const [, first = '', second = ''] = path.split('/');
  return first === 'api' ? second : first;
}

function bodyOf(spec: OperationSpec): object {
  if (spec.bodyKind === 'octets') return { body: { required: true, content: octets } };
  return spec.body === undefined ? {} : { body: { required: true, content: { 'application/json': { schema: spec.body } } } };
}

function contentOf(spec: OperationSpec): object {
  if (spec.responseKind === 'events') return { content: { 'text/event-stream': { schema: { type: 'string' } } } };
  if (spec.responseKind === 'file' || spec.responseKind === 'octets') return { content: octets };
  return spec.response === undefined ? {} : { content: { 'application/json': { schema: spec.response } } };
}

/** Serves both; the document is made once, at the first request. */
export function registerDocs<E extends Env>(app: OpenAPIHono<E>, version: string): void {
  let document: object | null = null;
  const style = createHash('sha256').update(DOCS_STYLE).digest('base64');
  const csp = `default-src 'none'; style-src 'sha256-${style}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  app.get('/openapi.json', (context) => {
    document ??= app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'Kinetone', version } });
    return context.json(document);
  });
  app.get('/docs', (context) => context.html(docsPage(Object.values<OperationSpec>(allOperations), version), 200, { 'content-security-policy': csp }));
}
