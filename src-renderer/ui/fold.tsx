/** A section that folds to its title; remembered. */
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';

import { remember, remembered } from '../stores/settings-store.ts';
import './fold.css';

interface FoldProps {
  /** Under this name it is remembered. */
  readonly id: string;
  readonly title: string;
  /** Stands beside the title, folded or not. */
  readonly aside?: React.ReactNode;
  readonly children: React.ReactNode;
}

export function Fold({ id, title, aside, children }: FoldProps): React.JSX.Element {
  const [isFolded, setFolded] = useState(() => remembered(`fold.${id}`) === true);
  const Chevron = isFolded ? ChevronRight : ChevronDown;
  const toggle = (): void => {
    setFolded(!isFolded);
    remember(`fold.${id}`, !isFolded);
  };
  return (
    <section className="fold" aria-label={title}>
      <header className="fold-head">
        <button type="button" className="fold-title" aria-expanded={!isFolded} onClick={toggle}>
          <Chevron size={14} aria-hidden="true" />
          <h3 className="section-title">{title}</h3>
        </button>
        {aside}
      </header>
      {isFolded ? null : children}
    </section>
  );
}
