/** Tells the lanes that an analysis has come further: the newest time per film, outside React. */
type Listener = (mediaId: string, untilS: number) => void;

const listeners = new Set<Listener>();

export function featuresGrew(mediaId: string, untilS: number): void {
  for (const listener of listeners) listener(mediaId, untilS);
}

export function onFeatureGrowth(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
