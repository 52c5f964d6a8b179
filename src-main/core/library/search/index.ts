/** Finding moves. */
export { MoveIndex, type MoveIndexPorts } from './move-index.ts';
export { MoveSearch, type MoveSearchPorts } from './move-search.ts';
export { plainMatrix } from './plain-matrix.ts';
