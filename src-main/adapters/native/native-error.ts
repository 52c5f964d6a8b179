/** An addon's exception as the product's error. */
import { AppError } from '../../contract/errors.ts';

/** A size that disagrees keeps its code; everything else an addon refuses is a fault of the caller. */
export function nativeError(error: unknown): AppError {
  const { code, message } = error as { code?: string; message?: string };
  return new AppError(code === 'native-size-mismatch' ? code : 'internal', message ?? String(error), { cause: error });
}
