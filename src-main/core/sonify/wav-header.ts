/**
 * The header of a WAV file, as bytes: RIFF below 4 GiB, RF64 above. A `JUNK` chunk keeps the place of `ds64`, so that
 * the size of the header does not depend on the length. Source: EBU Tech 3306 (RF64), Microsoft RIFF WAVE.
 */
export interface WavFormat {
  readonly sampleRate: number;
  readonly channels: number;
  /** `s24`: 24-bit integers; `f32`: 32-bit IEEE float. Little-endian, interleaved. */
  readonly sampleFormat: 's24' | 'f32';
  /** Free text kept as LIST/INFO ICMT; ASCII. */
  readonly comment?: string;
}

export const BYTES_PER_SAMPLE = { s24: 3, f32: 4 } as const;
const RIFF_LIMIT = 0xffff_ffff;
const FORMAT_TAG = { s24: 1, f32: 3 } as const;

/** Bytes of one frame (all channels). */
export function bytesPerFrame(format: WavFormat): number {
  return format.channels * BYTES_PER_SAMPLE[format.sampleFormat];
}

function infoChunk(comment: string): Buffer {
  if (comment === '') return Buffer.alloc(0);
  const text = Buffer.from(`${comment.replaceAll(/[^\x20-\x7e]/g, '?')}\0`, 'latin1');
  const padded = text.length + (text.length % 2);
  const chunk = Buffer.alloc(8 + 4 + 8 + padded);
  chunk.write('LIST', 0, 'latin1');
  chunk.writeUInt32LE(4 + 8 + padded, 4);
  chunk.write('INFOICMT', 8, 'latin1');
  chunk.writeUInt32LE(text.length, 16);
  text.copy(chunk, 20);
  return chunk;
}

function formatChunk(format: WavFormat): Buffer {
  const chunk = Buffer.alloc(24);
  chunk.write('fmt ', 0, 'latin1');
  chunk.writeUInt32LE(16, 4);
  chunk.writeUInt16LE(FORMAT_TAG[format.sampleFormat], 8);
  chunk.writeUInt16LE(format.channels, 10);
  chunk.writeUInt32LE(format.sampleRate, 12);
  chunk.writeUInt32LE(format.sampleRate * bytesPerFrame(format), 16);
  chunk.writeUInt16LE(bytesPerFrame(format), 20);
  chunk.writeUInt16LE(BYTES_PER_SAMPLE[format.sampleFormat] * 8, 22);
  return chunk;
}

/** The 36-byte chunk that is `ds64` in an RF64 file and `JUNK` in a RIFF file. */
function sizeChunk(isLarge: boolean, riffBytes: number, dataBytes: number, frames: number): Buffer {
  const chunk = Buffer.alloc(36);
  chunk.write(isLarge ? 'ds64' : 'JUNK', 0, 'latin1');
  chunk.writeUInt32LE(28, 4);
  if (isLarge) {
    chunk.writeBigUInt64LE(BigInt(riffBytes), 8);
    chunk.writeBigUInt64LE(BigInt(dataBytes), 16);
    chunk.writeBigUInt64LE(BigInt(frames), 24);
  }
  return chunk;
}

/**
 * The whole header for `frames` sample frames; the samples follow it directly.
 * @returns bytes whose length depends on `format` only.
 */
export function wavHeader(format: WavFormat, frames: number): Buffer {
  const info = infoChunk(format.comment ?? '');
  const dataBytes = frames * bytesPerFrame(format);
  const headBytes = 12 + 36 + 24 + info.length + 8;
  const riffBytes = headBytes - 8 + dataBytes + (dataBytes % 2);
  const isLarge = riffBytes > RIFF_LIMIT;
  const riff = Buffer.alloc(12);
  riff.write(isLarge ? 'RF64' : 'RIFF', 0, 'latin1');
  riff.writeUInt32LE(isLarge ? RIFF_LIMIT : riffBytes, 4);
  riff.write('WAVE', 8, 'latin1');
  const data = Buffer.alloc(8);
  data.write('data', 0, 'latin1');
  data.writeUInt32LE(isLarge ? RIFF_LIMIT : dataBytes, 4);
  return Buffer.concat([riff, sizeChunk(isLarge, riffBytes, dataBytes, frames), formatChunk(format), info, data]);
}

export interface WavLayout extends WavFormat {
  /** Byte at which the samples start. */
  readonly dataOffset: number;
  readonly frames: number;
}

/**
 * Finds format and samples in the first bytes of a WAV or RF64 file.
 * @param head       the first 4 KiB or more; read only.
 * @param fileBytes  size of the whole file: a data chunk of unknown size (FFmpeg on a pipe) ends there.
 * @returns null when it is not a WAV with 24-bit integer or 32-bit float samples.
 */
export function readWavHeader(head: Buffer, fileBytes: number): WavLayout | null {
  if (head.length < 12) return null;
  const magic = head.toString('latin1', 0, 4);
  if ((magic !== 'RIFF' && magic !== 'RF64') || head.toString('latin1', 8, 12) !== 'WAVE') return null;
  let large = 0;
  let format: WavFormat | null = null;
  for (let at = 12; at + 8 <= head.length; ) {
    const id = head.toString('latin1', at, at + 4);
    const size = head.readUInt32LE(at + 4);
    if (id === 'ds64' && at + 24 <= head.length) large = Number(head.readBigUInt64LE(at + 16));
    if (id === 'fmt ' && at + 24 <= head.length) {
      const bits = head.readUInt16LE(at + 22);
      const sampleFormat = bits === 24 ? 's24' : bits === 32 ? 'f32' : null;
      if (sampleFormat === null) return null;
      format = { channels: head.readUInt16LE(at + 10), sampleRate: head.readUInt32LE(at + 12), sampleFormat };
    }
    if (id === 'data') {
      if (!format) return null;
      const room = fileBytes - (at + 8);
      const bytes = Math.min(size === RIFF_LIMIT || size === 0 ? large || room : size, room);
      return { ...format, dataOffset: at + 8, frames: Math.floor(bytes / bytesPerFrame(format)) };
    }
    at += 8 + size + (size % 2);
  }
  return null;
}
