/** What an export will need: bytes from the streams it will hold, time from the exports that were made before. */
import type { Job } from '../../src-main/contract/documents/job.ts';
import type { MediaItem } from '../../src-main/contract/documents/media-item.ts';
import type { ExportSettings } from '../../src-main/contract/documents/sonify.ts';

const SAMPLE_RATE = 48_000;
const CHANNELS = 2;
const BYTES_24_BIT = 3;
/** Bytes a second of sound by format: AAC at 256 kbit/s in films that carry it, FLAC at about six tenths of PCM. */
const PCM = SAMPLE_RATE * CHANNELS * BYTES_24_BIT;
const SOUND_BYTES_PER_S: Record<ExportSettings['format'], number> = {
  mp4: 32_000,
  mov: 32_000,
  mkv: PCM * 0.6,
  wav: PCM,
  flac: PCM * 0.6,
};
const STEMS = 3;

/** Size of all files an export writes. The picture is copied, so a film weighs what it weighed, less its own sound. */
export function estimateBytes(item: Pick<MediaItem, 'size_bytes' | 'probe'>, settings: ExportSettings): number {
  const { duration_s, audio } = item.probe;
  const isFilm = settings.format === 'mp4' || settings.format === 'mov' || settings.format === 'mkv';
  const ownSound = audio ? 20_000 * duration_s : 0;
  const picture = isFilm ? Math.max(0, item.size_bytes - ownSound) : 0;
  const stems = settings.stems ? STEMS * PCM * duration_s : 0;
  return Math.round(picture + SOUND_BYTES_PER_S[settings.format] * duration_s + stems);
}

/** Time an export of a film will take, by the speed of the newest finished one; null before the first. */
export function estimateS(
  durationS: number,
  jobs: readonly Pick<Job, 'kind' | 'state' | 'started_at' | 'finished_at' | 'result'>[],
): number | null {
  for (const job of jobs) {
    const made = (job.result as { duration_s?: unknown } | null)?.duration_s;
    if (
      job.kind !== 'sonify' ||
      job.state !== 'completed' ||
      job.started_at === null ||
      job.finished_at === null ||
      typeof made !== 'number' ||
      made <= 0
    )
      continue;
    const tookS = (Date.parse(job.finished_at) - Date.parse(job.started_at)) / 1000;
    if (tookS > 0) return (durationS * tookS) / made;
  }
  return null;
}
