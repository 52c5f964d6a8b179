/** Poses of the dancers of a clip over time, as a pose model saw them. Joint order: COCO keypoints (Lin et al., ECCV 2014). */
import { z } from 'zod';

export const JOINTS = [
  ...['nose', 'left_eye', 'right_eye', 'left_ear', 'right_ear', 'left_shoulder', 'right_shoulder', 'left_elbow', 'right_elbow'],
  ...['left_wrist', 'right_wrist', 'left_hip', 'right_hip', 'left_knee', 'right_knee', 'left_ankle', 'right_ankle'],
] as const;
export const JOINT_COUNT = 17;
/** x, y, score of one joint. */
export const JOINT_VALUES = 3;
/** Floats of one dancer in one frame. */
export const POSE_VALUES = JOINT_COUNT * JOINT_VALUES;
/** A joint whose score is below this was not seen. */
export const SEEN_SCORE = 0.2;

export const PoseSeriesSchema = z
  .object({
    /** Model that saw them: "movenet-lightning". */
    source: z.string().min(1),
    /** Poses per second; pose i is shown at i / rate_hz seconds. */
    rate_hz: z.number().positive(),
    /** Width over height of the picture as shown. */
    aspect: z.number().positive(),
    frames: z.number().int().min(0),
    /** Dancers followed, 1 or 2; the second may be unseen in every frame. */
    dancers: z.number().int().min(1).max(2),
    /** frames × dancers × 17 × (x, y, score): x and y in 0..1 of the picture's width and height, from its top left corner. */
    keypoints: z.instanceof(Float32Array),
  })
  .refine(({ frames, dancers, keypoints }) => keypoints.length === frames * dancers * POSE_VALUES, 'keypoints do not fit frames and dancers');
export type PoseSeries = z.infer<typeof PoseSeriesSchema>;
