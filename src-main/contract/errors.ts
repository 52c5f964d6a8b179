/**
 * The one error type of the product and the table of its codes. A message says what happened, in the user's words and
 * to which file; a hint says what to do. Codes are stable, kebab-case, the area first.
 */
import { z } from 'zod';

/** Every code with the HTTP status the API answers with. */
export const errorStatus = {
  'input-invalid': 400,
  'id-invalid': 400,
  'path-not-granted': 403,
  'request-forbidden': 403,
  'request-unauthorized': 401,
  'request-too-large': 413,
  'not-found': 404,
  'media-not-found': 404,
  'media-missing': 410,
  'media-empty': 422,
  'media-unreadable': 422,
  'media-unsupported': 422,
  'media-no-video': 422,
  'media-no-audio': 422,
  'media-too-large-picture': 422,
  'media-playlist-refused': 422,
  'features-missing': 409,
  'song-not-analyzed': 409,
  'move-not-found': 404,
  'library-folder-not-found': 404,
  'annotations-unreadable': 422,
  'embeddings-unreadable': 422,
  'song-unreadable': 400,
  'choreography-impossible': 422,
  'mapping-invalid': 422,
  'mapping-read-only': 409,
  'blueprint-invalid': 422,
  'clip-too-short': 422,
  'assembly-timeout': 504,
  'output-exists': 409,
  'output-format-unknown': 400,
  'output-unwritable': 403,
  'session-not-found': 404,
  'session-silent': 409,
  'session-features-read-only': 409,
  'session-recording': 409,
  'performance-invalid': 422,
  'camera-failed': 503,
  'audio-device-failed': 503,
  'project-conflict': 409,
  'project-invalid': 422,
  'job-not-found': 404,
  'job-not-retryable': 409,
  'job-lease-lost': 409,
  'job-attempts-spent': 500,
  'host-crashed': 500,
  'host-timeout': 504,
  'ffmpeg-missing': 503,
  'ffmpeg-failed': 500,
  'render-incomplete': 500,
  'disk-full': 507,
  'data-folder-read-only': 503,
  'data-folder-in-use': 423,
  'database-newer': 409,
  'database-corrupt': 500,
  'addon-missing': 503,
  'native-size-mismatch': 400,
  'model-unknown': 422,
  'model-damaged': 422,
  'model-not-found': 404,
  'model-absent': 409,
  'model-changed': 409,
  'model-unusable': 422,
  'cancelled': 499,
  'workspace-unavailable': 501,
  'internal': 500,
} as const;

export type ErrorCode = keyof typeof errorStatus;
export const errorCodes = Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]];

/** The error as the API, the jobs table and `--json` carry it. */
export const ErrorBodySchema = z.object({
  code: z.enum(errorCodes),
  message: z.string(),
  hint: z.string().optional(),
  /** Facts for programs: the JSON pointers of a validation, the path of a file. Never a stack. */
  details: z.unknown().optional(),
  retryable: z.boolean(),
});
export type ErrorBody = z.infer<typeof ErrorBodySchema>;

export interface AppErrorOptions {
  readonly hint?: string;
  readonly cause?: unknown;
  readonly details?: unknown;
  /** Whether the same attempt may succeed later (a lost host, a busy disk); the queue retries only these. */
  readonly retryable?: boolean;
}

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly details: unknown;
  readonly retryable: boolean;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.hint = options.hint;
    this.details = options.details;
    this.retryable = options.retryable ?? false;
  }

  get status(): number {
    return errorStatus[this.code];
  }

  toBody(): ErrorBody {
    return {
      code: this.code,
      message: this.message,
      retryable: this.retryable,
      ...(this.hint === undefined ? {} : { hint: this.hint }),
      ...(this.details === undefined ? {} : { details: this.details }),
    };
  }

  static fromBody(body: ErrorBody): AppError {
    return new AppError(body.code, body.message, {
      retryable: body.retryable,
      details: body.details,
      ...(body.hint === undefined ? {} : { hint: body.hint }),
    });
  }
}

/** True for the rejection of an aborted signal, whatever threw it. */
export function isAbort(error: unknown): boolean {
  return (error instanceof Error && error.name === 'AbortError') || (error instanceof AppError && error.code === 'cancelled');
}

/** Any thrown value as an AppError; what is not one already becomes `internal` with the original as cause. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isAbort(error)) return new AppError('cancelled', 'The work was cancelled.', { cause: error });
  return new AppError('internal', 'Something went wrong inside Kinetone.', {
    hint: 'Try again; if it happens again, the log in the data folder has the details.',
    cause: error,
  });
}
