/** FFmpeg arguments that make the demo's film of raw RGB frames on standard input. Pure. */
export interface DemoFilm {
  readonly width: number;
  readonly height: number;
  readonly rate: number;
  /** Absolute path of the MP4. */
  readonly path: string;
}

export function demoFilmArguments({ width, height, rate, path }: DemoFilm): string[] {
  return [
    ...['-hide_banner', '-v', 'error', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${width}x${height}`, '-r', `${rate}`, '-i', 'pipe:0'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '18', '-pix_fmt', 'yuv420p', '-g', `${rate}`, '-bf', '0'],
    ...['-movflags', '+faststart', '-f', 'mp4', '-y', path],
  ];
}
