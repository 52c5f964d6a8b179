/** Dialogs about projects: rename, delete, open another. */
import { FolderOpen } from 'lucide-react';
import { useState } from 'react';

import { en } from '../../../src-main/contract/text/en.ts';
import { search } from '../../model/fuzzy-search.ts';
import { renameProject, trashProject, useProjectList, visitProject } from '../../stores/project-list-store.ts';
import { useProject } from '../../stores/project-store.ts';
import { attempt } from '../../stores/toast-store.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { since } from './since.ts';
import './project.css';

export function RenameDialog({ onClose }: { readonly onClose: () => void }): React.JSX.Element | null {
  const project = useProject((state) => state.project);
  const [name, setName] = useState(project?.name ?? '');
  if (!project) return null;
  const rename = (): void => {
    if (name.trim() !== '' && name !== project.name) renameProject(project, name.trim());
    onClose();
  };
  return (
    <Dialog
      title={en.command.label['project.rename']}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{en.frame.cancel}</Button>
          <Button tone="primary" disabled={name.trim() === ''} onClick={rename}>
            {en.frame.done}
          </Button>
        </>
      }
    >
      <TextField
        label={en.project.nameLabel}
        value={name}
        maxLength={120}
        isFocused
        onChange={setName}
        onEnter={rename}
      />
    </Dialog>
  );
}

export function DeleteProjectDialog({ onClose }: { readonly onClose: () => void }): React.JSX.Element | null {
  const project = useProject((state) => state.project);
  if (!project) return null;
  return (
    <Dialog
      title={en.project.deleteTitle(project.name)}
      onClose={onClose}
      actions={
        <>
          <Button autoFocus onClick={onClose}>
            {en.frame.cancel}
          </Button>
          <Button
            tone="danger"
            onClick={() => {
              onClose();
              trashProject(project);
            }}
          >
            {en.project.deleteAction}
          </Button>
        </>
      }
    >
      <p>{en.project.deleteLine}</p>
    </Dialog>
  );
}

export function OpenProjectDialog({ onClose }: { readonly onClose: () => void }): React.JSX.Element {
  const projects = useProjectList((state) => state.projects);
  const [query, setQuery] = useState('');
  const found = search(projects, query, (project) => project.name);
  const open = (id: string): void => {
    onClose();
    attempt(visitProject(id));
  };
  return (
    <Dialog title={en.project.open} onClose={onClose} width="medium">
      <TextField
        label={en.library.search}
        value={query}
        isFocused
        isBare
        onChange={setQuery}
        onEnter={() => (found[0] ? open(found[0].id) : undefined)}
      />
      <ul className="project-list" aria-label={en.project.open}>
        {found.map((project) => (
          <li key={project.id}>
            <button type="button" className="project-row" onClick={() => open(project.id)}>
              <span className="truncate">{project.name}</span>
              <span className="muted">{en.start.edited(since(project.updated_at, new Date()))}</span>
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 ? <EmptyState icon={FolderOpen} title={en.start.noRecent} /> : null}
    </Dialog>
  );
}
