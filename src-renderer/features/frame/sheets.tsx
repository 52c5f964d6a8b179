/** The one open sheet, beside the work. */
import { useProject } from '../../stores/project-store.ts';
import { useShell } from '../../stores/shell-store.ts';
import { ChoreographyExportSheet } from '../choreography/export/export-sheet.tsx';
import { ExportSheet } from '../export/export-sheet.tsx';
import { JobsSheet } from '../jobs/jobs-sheet.tsx';
import { AudioSheet } from '../sonify/live/output/audio-sheet.tsx';
import { MidiSheet } from '../midi/midi-sheet.tsx';
import { HistorySheet } from '../project/history-sheet.tsx';

export function Sheets(): React.JSX.Element | null {
  const sheet = useShell((state) => state.sheet);
  const close = useShell((state) => state.closeSheet);
  const kind = useProject((state) => state.project?.kind ?? null);
  const hasProject = kind !== null;
  if (sheet === 'jobs') return <JobsSheet onClose={close} />;
  if (sheet === 'audio') return <AudioSheet onClose={close} />;
  if (sheet === 'midi') return <MidiSheet onClose={close} />;
  if (sheet === 'export' && kind === 'choreography') return <ChoreographyExportSheet onClose={close} />;
  if (sheet === 'export' && hasProject) return <ExportSheet onClose={close} />;
  if (sheet === 'history' && hasProject) return <HistorySheet onClose={close} />;
  return null;
}
