/** The journal of the open project, newest first. */
import { History } from 'lucide-react';
import { useEffect, useState } from 'react';

import type { HistoryEntry } from '../../../src-main/contract/documents/project.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { call } from '../../api/client.ts';
import { redo, undo, useProject } from '../../stores/project-store.ts';
import { sayError } from '../../stores/toast-store.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { since } from './since.ts';
import './project.css';

export function HistorySheet({ onClose }: { readonly onClose: () => void }): React.JSX.Element {
  const project = useProject((state) => state.project);
  const [entries, setEntries] = useState<readonly HistoryEntry[]>([]);
  const id = project?.id;
  const seq = project?.seq;
  useEffect(() => {
    if (id === undefined) return undefined;
    const abort = new AbortController();
    call('getHistory', { params: { id }, signal: abort.signal }).then(
      (history) => setEntries(history.entries),
      (error: unknown) => sayError(error),
    );
    return () => abort.abort();
  }, [id, seq]);
  const newest = entries.findIndex((entry) => !entry.is_undone);
  const footer = (
    <div className="export-actions">
      <Button disabled={project?.undo_label == null} onClick={undo}>
        {en.command.label['edit.undo']}
      </Button>
      <Button disabled={project?.redo_label == null} onClick={redo}>
        {en.command.label['edit.redo']}
      </Button>
    </div>
  );
  return (
    <Sheet title={en.project.history} onClose={onClose} footer={footer}>
      {entries.length === 0 ? <EmptyState icon={History} title={en.project.historyEmpty} /> : null}
      <ol className="history-list">
        {entries.map((entry, i) => (
          <li key={`${entry.seq}-${i}`} className="history-row">
            <span className={entry.is_undone ? 'history-undone' : i === newest ? 'history-now' : ''}>
              {entry.label}
            </span>
            <span className="muted">{entry.is_undone ? en.project.undone : since(entry.at, new Date())}</span>
          </li>
        ))}
      </ol>
    </Sheet>
  );
}
