/**
 * Uploads of one file by its bytes, streamed by the browser from disk: XMLHttpRequest, because fetch does not tell how
 * much of a body has gone.
 */
import { AppError, ErrorBodySchema } from '../../src-main/contract/errors.ts';
import { ImportResultSchema } from '../../src-main/contract/operations/media.ts';
import type { ImportResult } from '../../src-main/contract/operations/media.ts';
import { en } from '../../src-main/contract/text/en.ts';
import { urlOf } from './client.ts';

/**
 * @param onProgress  called with 0..1 while the bytes go
 * @throws AppError; AbortError when the signal ends it
 */
export function uploadFile(
  file: File,
  options: { signal: AbortSignal; onProgress: (fraction: number) => void },
): Promise<ImportResult> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', urlOf('uploadMedia', { query: { name: file.name.slice(-255) } }));
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.responseType = 'json';
    request.upload.onprogress = (event) => options.onProgress(event.total > 0 ? event.loaded / event.total : 0);
    request.onload = () => {
      if (request.status < 300) resolve(ImportResultSchema.parse(request.response));
      else reject(failure(request.response));
    };
    request.onerror = () =>
      reject(
        new AppError('internal', en.frame.connection.never, { hint: en.frame.connection.neverHint, retryable: true }),
      );
    request.onabort = () => reject(new DOMException('The import was cancelled.', 'AbortError'));
    options.signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

function failure(response: unknown): AppError {
  const body = ErrorBodySchema.safeParse(response);
  return body.success
    ? AppError.fromBody(body.data)
    : new AppError('internal', en.frame.connection.never, { hint: en.frame.connection.neverHint });
}
