/**
 * Embeddings in LanceDB: one table per kind (pose, audio, text) in the folder `library.lance`, a row per move and space. Runs in
 * a host process: loading LanceDB holds a thread up for a third of a second and takes a hundred megabytes.
 */
import { rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename } from 'node:path';

import type * as Lance from '@lancedb/lancedb';
import type * as Arrow from 'apache-arrow';

import { EMBEDDING_DIMENSIONS, EMBEDDING_KINDS, type EmbeddingKind } from '../../contract/documents/move.ts';
import type { VectorBatch, WriteVectorsInput } from '../../contract/hosts/vectors.ts';

// LanceDB recognises the tables of the very copy of Arrow it loads itself.
const load = createRequire(import.meta.url);
const lancedb = (): typeof Lance => load('@lancedb/lancedb') as typeof Lance;
const arrow = (): typeof Arrow => load('apache-arrow') as typeof Arrow;

const FOLDER = 'library.lance';
const COLUMNS = ['key', 'move', 'space', 'stamp', 'vector'];
const KEEP_VERSIONS_MS = 10 * 60_000;
/** Rows of a predicate. */
const DROP_ROWS = 200;

const keyOf = (move: string, space: string): string => `${move}/${space}`;
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

function tableOf({ kind, moves, spaces, stamps, vectors }: VectorBatch): Arrow.Table {
  const { Field, FixedSizeList, Float32, Float64, Table: ArrowTable, Utf8, makeData, makeVector, vectorFromArray } = arrow();
  const length = EMBEDDING_DIMENSIONS[kind];
  const floats = makeData({ type: new Float32(), length: vectors.length, data: vectors });
  const list = new FixedSizeList(length, new Field('item', new Float32(), true));
  return new ArrowTable({
    key: vectorFromArray(moves.map((move, at) => keyOf(move, spaces[at] as string)), new Utf8()),
    move: vectorFromArray(moves, new Utf8()),
    space: vectorFromArray(spaces, new Utf8()),
    stamp: makeVector(makeData({ type: new Float64(), length: stamps.length, data: stamps })),
    vector: makeVector(makeData({ type: list, length: moves.length, child: floats })),
  });
}

/** The floats of a record batch's vectors, row after row; a copy. */
function floatsOf(batch: Arrow.RecordBatch, length: number): Float32Array<ArrayBuffer> {
  const data = batch.getChild('vector')?.data[0];
  const child = data?.children[0] as Arrow.Data<Arrow.Float32> | undefined;
  const from = (data?.offset ?? 0) * length;
  const values = child?.values;
  if (!(values instanceof Float32Array) || values.length < from + batch.numRows * length) throw new Error('A table holds vectors of another length.');
  return new Float32Array(values.subarray(from, from + batch.numRows * length));
}

const strings = (batch: Arrow.RecordBatch, column: string): string[] => Array.from({ length: batch.numRows }, (_, row) => String(batch.getChild(column)?.get(row)));
const numbers = (batch: Arrow.RecordBatch, column: string): Float64Array<ArrayBuffer> => Float64Array.from({ length: batch.numRows }, (_, row) => Number(batch.getChild(column)?.get(row)));

/** LanceDB waits long where the folder is none. */
async function connect(folder: string): Promise<Lance.Connection> {
  const facts = await stat(folder).catch(() => null);
  if (facts !== null && !facts.isDirectory()) throw new Error('The store of vectors is no folder.');
  return lancedb().connect(folder);
}

async function tables(connection: Lance.Connection): Promise<Map<EmbeddingKind, Lance.Table>> {
  const names = new Set(await connection.tableNames());
  const open = EMBEDDING_KINDS.filter((kind) => names.has(kind)).map(async (kind) => [kind, await connection.openTable(kind)] as const);
  return new Map(await Promise.all(open));
}

/** Every vector there is, in batches. @throws Error where the folder is damaged. */
export async function* readVectors(folder: string): AsyncGenerator<VectorBatch> {
  const connection = await connect(folder);
  try {
    for (const [kind, table] of await tables(connection)) {
      for await (const batch of table.query().select(COLUMNS) as AsyncIterable<Arrow.RecordBatch>) {
        yield { kind, moves: strings(batch, 'move'), spaces: strings(batch, 'space'), stamps: numbers(batch, 'stamp'), vectors: floatsOf(batch, EMBEDDING_DIMENSIONS[kind]) };
      }
    }
  } finally {
    connection.close();
  }
}

/** What there is, without the vectors. @throws Error where the folder is damaged. */
export async function listVectors(folder: string): Promise<{ move: string; kind: EmbeddingKind; space: string; stamp: number }[]> {
  const connection = await connect(folder);
  try {
    const entries: { move: string; kind: EmbeddingKind; space: string; stamp: number }[] = [];
    for (const [kind, table] of await tables(connection)) {
      for (const batch of (await table.query().select(['move', 'space', 'stamp']).toArrow()).batches) {
        const [moves, spaces, stamps] = [strings(batch, 'move'), strings(batch, 'space'), numbers(batch, 'stamp')];
        for (const [row, move] of moves.entries()) entries.push({ move, kind, space: spaces[row] as string, stamp: stamps[row] as number });
      }
    }
    return entries;
  } finally {
    connection.close();
  }
}

/** Empties the store first where it is new. @throws Error where the folder cannot be written. */
export async function writeVectors({ folder, put, drop, is_new: isNew }: WriteVectorsInput): Promise<void> {
  if (basename(folder) !== FOLDER) throw new Error('The store of vectors has another name.');
  if (isNew) await rm(folder, { recursive: true, force: true });
  const connection = await connect(folder);
  try {
    const open = await tables(connection);
    for (const kind of EMBEDDING_KINDS) {
      const keys = drop.filter((entry) => entry.kind === kind).map(({ move, space }) => quoted(keyOf(move, space)));
      for (let from = 0; from < keys.length; from += DROP_ROWS) await open.get(kind)?.delete(`key IN (${keys.slice(from, from + DROP_ROWS).join(', ')})`);
    }
    for (const batch of put) {
      if (batch.moves.length === 0) continue;
      const data = tableOf(batch);
      const table = open.get(batch.kind);
      if (table) await table.mergeInsert('key').whenMatchedUpdateAll().whenNotMatchedInsertAll().execute(data);
      else open.set(batch.kind, await connection.createTable(batch.kind, data));
    }
    // Every write leaves a version behind; older than this they are of no use.
    for (const table of open.values()) await table.optimize({ cleanupOlderThan: new Date(Date.now() - KEEP_VERSIONS_MS) });
  } finally {
    connection.close();
  }
}
