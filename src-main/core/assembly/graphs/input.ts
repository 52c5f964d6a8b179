/** The guards of every input of an output graph: files only, bounded streams and pictures, the demuxer pinned. Pure. */
import { MAX_PICTURE_SIDE_PX, MAX_STREAMS } from '../../../contract/limits.ts';

/**
 * @param path  null for standard input
 * @param demuxer  as probed: "mov,mp4,m4a,3gp,3g2,mj2" is one demuxer with many names
 * @param options  before `-i`, of this input alone
 */
export function guardedInput(path: string | null, demuxer: string, options: readonly string[] = []): string[] {
  return [
    ...['-protocol_whitelist', 'file,pipe', '-max_streams', String(MAX_STREAMS), '-max_pixels', String(MAX_PICTURE_SIDE_PX ** 2)],
    ...options,
    ...['-f', demuxer.split(',')[0] ?? demuxer, '-i', path === null ? 'pipe:0' : `file:${path}`],
  ];
}
