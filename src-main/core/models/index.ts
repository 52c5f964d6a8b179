/** Models that may be added, and the work they do in the inference host. */
export { BEAT_MODEL, HostInference, type InferenceOptions, type InferenceSource, POSE_MODELS, modelCheck } from './host-inference.ts';
export { type ModelUse, Models, type ModelsParts } from './models.ts';
