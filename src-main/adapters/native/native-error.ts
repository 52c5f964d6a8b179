/** An addon's exception as the product's error. */
import { AppError } from '../../contract/errors.ts';

/** A size that disagrees and a device that does not open keep their code; everything else is a fault of the caller. */
export function nativeError(error: unknown): AppError {
  const { code, message } = error as { code?: string; message?: string };
  if (code === 'native-no-device') {
    return new AppError('audio-device-failed', message ?? 'The sound device does not open.', { hint: 'Choose another device, or close the program that uses it.', cause: error });
  }
  return new AppError(code === 'native-size-mismatch' ? code : 'internal', message ?? String(error), { cause: error });
}
