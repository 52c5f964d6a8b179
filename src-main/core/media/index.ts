/** The media step: files of a user as items, and what is made from them. */
export { derivedHandlers } from './derived-jobs.ts';
export type { DerivedJobPorts } from './derived-jobs.ts';
export { DerivedLibrary } from './derived-library.ts';
export type { DerivedLibraryPorts, ServedFile } from './derived-library.ts';
export { HostMedia } from './host-media.ts';
export { MediaLibrary } from './media-library.ts';
export type { MediaLibraryPorts } from './media-library.ts';
export type { FollowUps } from './media-items.ts';
export { isPlayable, mimeTypeOf } from './playable.ts';
export * from './ports.ts';
