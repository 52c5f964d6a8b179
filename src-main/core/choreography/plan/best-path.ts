/**
 * The best row of variants over all slots. Without variety the best row is found exactly, backwards from the end (Viterbi);
 * that is the bound. The rows that also obey variety are searched forwards with a beam, ordered by what a row has and the
 * exact best that can follow (as A* orders), so that the beam loses nothing where variety does not bind. Pure.
 */
import { WEIGHTS, flowPart, variety } from './objective.ts';
import type { Variant } from './variants.ts';

export interface Layer {
  readonly variants: readonly Variant[];
  /** Share of the film. */
  readonly weight: number;
  /** Holds a segment that stays: it is no fault of the search. */
  readonly isFixed: boolean;
}

export interface BestPath {
  /** One of each layer. */
  readonly chosen: readonly Variant[];
  /** What no row over these layers can go beyond; holds for the seed's luck, too. */
  readonly bound: number;
}

const BEAM = 96;
/** States kept of one variant: rows that came to it over different moves. */
const PER_VARIANT = 3;

interface State {
  readonly index: number;
  readonly parent: State | null;
  readonly gained: number;
  readonly promise: number;
}

/** @yields between slots, so that a caller can let others work. */
export function* bestPath(layers: readonly Layer[], window: number): Generator<void, BestPath, void> {
  const flows: Float64Array[] = [];
  for (const [at, layer] of layers.entries()) {
    flows.push(flowsInto(layers[at - 1], layer));
    yield;
  }
  const best = yield* bestFollowing(layers, flows);
  const firsts = layers[0]?.variants ?? [];
  let beam: State[] = firsts.map((variant, index) => {
    const gained = (gain(variant) + WEIGHTS.flow) * (layers[0]?.weight ?? 0);
    return { index, parent: null, gained, promise: gained + (best[0]?.[index] ?? 0) };
  });
  const bound = Math.max(0, ...beam.map(({ promise }) => promise));
  const scratch = new Recent(layers, window);
  for (let at = 1; at < layers.length; at += 1) {
    beam = step(layers, at, { beam: pruned(beam), flows: flows[at] ?? EMPTY, best: best[at] ?? EMPTY, scratch });
    yield;
  }
  return { chosen: rowOf(layers, pruned(beam)[0] ?? null), bound };
}

const EMPTY = new Float64Array(0);
const gain = ({ base, luck }: Variant): number => base + luck;

/** Flow parts from every variant before to every one here, row after row. */
function flowsInto(before: Layer | undefined, here: Layer): Float64Array {
  if (!before) return EMPTY;
  const [rows, columns] = [before.variants.length, here.variants.length];
  const flows = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) flows[row * columns + column] = WEIGHTS.flow * flowPart(before.variants[row] as Variant, here.variants[column] as Variant);
  }
  return flows;
}

/** Per layer and variant, the most that all later layers can give. */
function* bestFollowing(layers: readonly Layer[], flows: readonly Float64Array[]): Generator<void, Float64Array[], void> {
  const best = layers.map(({ variants }) => new Float64Array(variants.length));
  for (let at = layers.length - 2; at >= 0; at -= 1) {
    const [here, next] = [layers[at] as Layer, layers[at + 1] as Layer];
    const [into, after] = [flows[at + 1] as Float64Array, best[at + 1] as Float64Array];
    const columns = next.variants.length;
    for (let row = 0; row < here.variants.length; row += 1) {
      let most = 0;
      for (let column = 0; column < columns; column += 1) {
        const value = (gain(next.variants[column] as Variant) + (into[row * columns + column] ?? 0)) * next.weight + (after[column] ?? 0);
        if (value > most) most = value;
      }
      (best[at] as Float64Array)[row] = most;
    }
    yield;
  }
  return best;
}

/** How often and when last each clip was shown on the way to a state. */
class Recent {
  readonly #layers: readonly Layer[];
  readonly #window: number;
  readonly #uses = new Map<string, number>();
  readonly #last = new Map<string, number>();

  constructor(layers: readonly Layer[], window: number) {
    this.#layers = layers;
    this.#window = window;
  }

  follow(state: State | null, at: number): void {
    this.#uses.clear();
    this.#last.clear();
    for (let each = state, layer = at; each !== null; each = each.parent, layer -= 1) {
      const id = this.#layers[layer]?.variants[each.index]?.clip.id ?? '';
      this.#uses.set(id, (this.#uses.get(id) ?? 0) + 1);
      if (!this.#last.has(id)) this.#last.set(id, layer);
    }
  }

  variety(id: string, at: number): number {
    const uses = this.#uses.get(id) ?? 0;
    return uses === 0 ? 1 : variety(uses, at - (this.#last.get(id) ?? -Infinity) <= this.#window);
  }
}

interface Step {
  readonly beam: readonly State[];
  readonly flows: Float64Array;
  readonly best: Float64Array;
  readonly scratch: Recent;
}

function step(layers: readonly Layer[], at: number, { beam, flows, best, scratch }: Step): State[] {
  const { variants, weight, isFixed } = layers[at] as Layer;
  const kept: State[][] = variants.map(() => []);
  for (const state of beam) {
    scratch.follow(state, at - 1);
    variants.forEach((variant, index) => {
      const share = isFixed ? 1 : scratch.variety(variant.clip.id, at);
      const gained = state.gained + share * (gain(variant) + (flows[state.index * variants.length + index] ?? 0)) * weight;
      keep(kept[index] as State[], { index, parent: state, gained, promise: gained + (best[index] ?? 0) });
    });
  }
  return kept.flat();
}

/** The few most promising of one variant. */
function keep(states: State[], state: State): void {
  if (states.length === PER_VARIANT && state.promise <= (states[PER_VARIANT - 1] as State).promise) return;
  const place = states.findIndex(({ promise }) => state.promise > promise);
  states.splice(place < 0 ? states.length : place, 0, state);
  if (states.length > PER_VARIANT) states.pop();
}

/** The most promising first; equal ones in the order of their variants. */
function pruned(states: readonly State[]): State[] {
  return states.toSorted((a, b) => b.promise - a.promise || a.index - b.index).slice(0, BEAM);
}

function rowOf(layers: readonly Layer[], last: State | null): Variant[] {
  const row: Variant[] = [];
  for (let state = last, at = layers.length - 1; state !== null; state = state.parent, at -= 1) row.unshift(layers[at]?.variants[state.index] as Variant);
  return row;
}
