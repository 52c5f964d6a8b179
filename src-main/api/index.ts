/** The API: the contract served as one fetch handler. */
export { createApi, errorResponse, withSafeHeaders, type Api, type ApiOptions } from './create-api.ts';
export { EventHub } from './events/event-hub.ts';
export { eventHandlers } from './events/event-handlers.ts';
export { jobHandlers } from './jobs.ts';
export { projectHandlers } from './projects.ts';
export { systemHandlers, type SystemServices } from './system.ts';
export { localFile } from './local-file.ts';
export type { BinaryAnswer, BytesAnswer, FileAnswer, StreamAnswer } from './answer.ts';
export type { Door, HandlersOf, RequestContext } from './handler.ts';
