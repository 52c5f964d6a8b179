/** Imports on their way and what was refused, with the reason. */
import { X } from 'lucide-react';

import { en } from '../../../src-main/contract/text/en.ts';
import { percent } from '../../model/format.ts';
import { useImports } from '../../stores/import-store.ts';
import type { ImportEntry } from '../../stores/import-store.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { ProgressBar } from '../../ui/progress.tsx';
import './import-list.css';

export function ImportList(): React.JSX.Element | null {
  const entries = useImports((state) => state.entries);
  if (entries.length === 0) return null;
  return (
    <ul className="import-list" aria-label={en.library.import}>
      {entries.map((entry) => (
        <li key={entry.id}>{entry.error ? <Refused entry={entry} /> : <Running entry={entry} />}</li>
      ))}
    </ul>
  );
}

function Refused({ entry }: { readonly entry: ImportEntry }): React.JSX.Element | null {
  const dismiss = useImports((state) => state.dismiss);
  if (!entry.error) return null;
  // The message names the file already, except where the failure is not about the file.
  const title = entry.error.message.includes(entry.name) ? undefined : entry.name;
  return (
    <ErrorNotice error={entry.error} title={title}>
      <Button onClick={() => dismiss(entry.id)}>{en.frame.dismiss}</Button>
    </ErrorNotice>
  );
}

function Running({ entry }: { readonly entry: ImportEntry }): React.JSX.Element {
  const dismiss = useImports((state) => state.dismiss);
  return (
    <div className="import-row">
      <span className="truncate">{entry.name}</span>
      <ProgressBar label={entry.name} percent={(entry.progress ?? 0) * 100} />
      <span className="figures muted">
        {entry.progress === null ? en.library.upload.waiting : percent(entry.progress)}
      </span>
      <IconButton
        label={en.library.upload.cancel}
        icon={X}
        className="icon-button-small"
        side="left"
        onClick={() => dismiss(entry.id)}
      />
    </div>
  );
}
