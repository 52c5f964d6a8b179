/** Host method `camera`: looks through a camera of this machine; a frame that comes while another is looked at replaces the waiting one. */
import { watchCamera } from '../../adapters/ffmpeg/watch-camera.ts';
import { VisionSession } from '../../adapters/native/vision.ts';
import { featureLayout } from '../../contract/feature-layout.ts';
import { CameraInputSchema, type CameraRow } from '../../contract/hosts/camera.ts';
import type { HostMethod } from '../../core/host.ts';
import { NewestOnly } from '../../core/sonify/live/newest-only.ts';

export const cameraMethod: HostMethod = async (raw, { signal, emit }) => {
  const { programs, input } = CameraInputSchema.parse(raw);
  const newest = new NewestOnly();
  let session: VisionSession | null = null;
  let [frames, fault] = [0, null as unknown];
  const looking = new Set<Promise<unknown>>();
  for await (const { planes, width, height, timestampS } of watchCamera(input, { programs, signal })) {
    session ??= new VisionSession(width, height);
    const eye = session;
    const frame = frames;
    frames += 1;
    const look = newest.run(async () => {
      const row = new Float32Array(featureLayout.columns);
      await eye.analyze(planes, timestampS, row);
      emit({ frame, timestamp: timestampS, row } satisfies CameraRow);
    });
    looking.add(look);
    void look.catch((error: unknown) => (fault ??= error)).finally(() => looking.delete(look));
    if (fault !== null) throw fault;
  }
  await Promise.all(looking);
  return { frames };
};
