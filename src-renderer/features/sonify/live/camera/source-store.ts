/** What plays the instrument: the film, or the camera. */
import { create } from 'zustand';

export type SourceKind = 'film' | 'camera';

export const useSource = create<{ readonly kind: SourceKind }>()(() => ({ kind: 'film' }));
