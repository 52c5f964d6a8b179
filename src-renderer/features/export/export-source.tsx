/** What is exported: the film with its mapping, or a recorded performance. */
import { create } from 'zustand';

import type { Artifact } from '../../../src-main/contract/documents/artifact.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { useArtifacts } from '../../stores/artifact-store.ts';
import { useShell } from '../../stores/shell-store.ts';
import { Select } from '../../ui/select.tsx';
import { isPerformance } from '../sonify/player/performance.ts';

const FILM = 'film';

export const useExportSource = create<{ readonly performanceId: string | null }>()(() => ({ performanceId: null }));

/** Opens the export sheet for a performance. */
export function exportPerformance(performanceId: string): void {
  useExportSource.setState({ performanceId });
  useShell.setState({ sheet: 'export' });
}

/** The performance that is to be exported; null for the film with its mapping. */
export function usePerformance(): Artifact | null {
  const id = useExportSource((state) => state.performanceId);
  return useArtifacts((state) => state.artifacts.find((artifact) => artifact.id === id) ?? null);
}

export function ExportSource({ isLocked }: { readonly isLocked: boolean }): React.JSX.Element | null {
  const performances = useArtifacts((state) => state.artifacts).filter(isPerformance);
  const chosen = usePerformance();
  if (performances.length === 0) return null;
  const choices = [{ value: FILM, label: en.export.whatFilm }, ...performances.map(({ id, name }) => ({ value: id, label: name }))];
  return (
    <div className="export-row">
      <span>{en.export.what}</span>
      <Select
        label={en.export.what}
        value={chosen?.id ?? FILM}
        groups={[{ choices }]}
        isDisabled={isLocked}
        className="export-what"
        onChange={(id) => useExportSource.setState({ performanceId: id === FILM ? null : id })}
      />
    </div>
  );
}
