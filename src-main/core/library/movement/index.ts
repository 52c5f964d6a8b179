/** What a clip's movement says: embeddings, kinematic beats, tempo, energy, difficulty, and the poses it begins and ends in. Pure. */
export { type KinematicBeats, type MovementTempo, kinematicBeats, movementTempo } from './kinematic-beats.ts';
export { type MotionSeries, type SpeedSeries, speedOfMotion, speedOfPoses } from './series.ts';
export { MOTION_SPACE, motionEmbedding } from './motion-embedding.ts';
export { EMBEDDING_LENGTH, poseEmbedding, poseSpace } from './pose-embedding.ts';
export { type EdgePose, edgePoseDistance, edgePoses } from './edge-poses.ts';
export { type MovementLevels, movementLevels } from './levels.ts';
