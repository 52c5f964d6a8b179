/** Shows an exported film in place of the plan. */
import { useShell } from '../../stores/shell-store.ts';
import { useDance } from './dance-store.ts';

export function showFilm(artifactId: string): void {
  useDance.setState({ resultId: artifactId });
  useShell.getState().closeSheet();
}
