/**
 * Dropping files anywhere in the window: two places light up, the library and Sonify; folders are taken with all below
 * them, order is kept. What cannot be used is named while it is still in the air.
 */
import { AudioWaveform, Grid3x3 } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useEffect, useState } from 'react';

import { en } from '../../../src-main/contract/text/en.ts';
import { importFiles } from '../../stores/import-store.ts';
import { sonify } from '../../stores/project-list-store.ts';
import { useShell } from '../../stores/shell-store.ts';
import { attempt } from '../../stores/toast-store.ts';
import { filesOfDrop } from '../library/dropped-files.ts';
import './drop-target.css';

type Place = 'library' | 'sonify';

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

async function take(place: Place, files: Promise<File[]>): Promise<void> {
  const items = await importFiles(await files);
  const film = items.find((item) => item.kind === 'video');
  if (place === 'sonify' && film) await sonify(film);
  else if (items.length > 0 && place === 'library') useShell.getState().go('library');
}

/** The type of the first thing in the air that is certainly no medium, or null. */
function unusable(event: DragEvent): string | null {
  const types = [...(event.dataTransfer?.items ?? [])].map((item) => item.type).filter((type) => type !== '');
  const usable = types.some((type) => /^(video|audio|image)\/|octet-stream|mxf|ogg/.test(type));
  return types.length > 0 && !usable ? (types[0] ?? null) : null;
}

export function DropTarget(): React.JSX.Element | null {
  const [over, setOver] = useState<{ place: Place; refused: string | null } | null>(null);
  useEffect(() => {
    const placeOf = (event: DragEvent): Place => (event.clientX > globalThis.innerWidth / 2 ? 'sonify' : 'library');
    const onOver = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
      const next = { place: placeOf(event), refused: unusable(event) };
      setOver((before) => (before?.place === next.place && before.refused === next.refused ? before : next));
    };
    const onLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(null);
    };
    const onDrop = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(null);
      if (event.dataTransfer) attempt(take(placeOf(event), filesOfDrop(event.dataTransfer)));
    };
    globalThis.addEventListener('dragover', onOver);
    globalThis.addEventListener('dragleave', onLeave);
    globalThis.addEventListener('drop', onDrop);
    return () => {
      globalThis.removeEventListener('dragover', onOver);
      globalThis.removeEventListener('dragleave', onLeave);
      globalThis.removeEventListener('drop', onDrop);
    };
  }, []);
  if (!over) return null;
  return (
    <div className="drop-target" aria-hidden="true">
      {over.refused ? <p className="drop-refused">{en.frame.drop.unsupported(over.refused)}</p> : null}
      <DropPlace
        icon={Grid3x3}
        title={en.frame.drop.library}
        line={en.frame.drop.libraryLine}
        isOver={over.place === 'library'}
      />
      <DropPlace
        icon={AudioWaveform}
        title={en.frame.drop.sonify}
        line={en.frame.drop.sonifyLine}
        isOver={over.place === 'sonify'}
      />
    </div>
  );
}

function DropPlace({
  icon: Icon,
  title,
  line,
  isOver,
}: {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly line: string;
  readonly isOver: boolean;
}): React.JSX.Element {
  return (
    <div className={`drop-place ${isOver ? 'drop-over' : ''}`}>
      <Icon size={32} strokeWidth={1.25} />
      <strong>{title}</strong>
      <span>{line}</span>
    </div>
  );
}
