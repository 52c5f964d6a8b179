/** The mapping: presets, versions A and B, tempo and key, and the rows as sentences. */
import { Plus, Spline } from 'lucide-react';

import { en } from '../../../../src-main/contract/text/en.ts';
import { addRow, newRow } from '../../../model/mapping-edit.ts';
import { edit } from '../../../stores/project-store.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useMapping } from '../player/use-scene.ts';
import { CompareBar } from './compare-bar.tsx';
import './mapping.css';
import { MappingRowCard } from './mapping-row.tsx';
import { Presets } from './presets.tsx';
import { TempoKey } from './tempo-key.tsx';

export function MappingTab(): React.JSX.Element | null {
  const active = useMapping();
  if (!active) return null;
  const { mapping, slot } = active;
  const add = (): void => edit(addRow(slot, newRow(mapping.rows, 'motion.magnitude', 'bass_cutoff')));
  return (
    <div className="mapping-tab">
      <Presets mapping={mapping} slot={slot} />
      <CompareBar />
      <TempoKey mapping={mapping} slot={slot} />
      <section aria-label={en.mapping.rows}>
        <header className="mapping-head">
          <h3 className="section-title">{en.mapping.rows}</h3>
          <Button tone="quiet" icon={Plus} onClick={add}>
            {en.mapping.addRow}
          </Button>
        </header>
        {mapping.rows.length === 0 ? (
          <EmptyState icon={Spline} title={en.mapping.noRows.title} line={en.mapping.noRows.line} />
        ) : null}
        <ul className="mapping-rows">
          {mapping.rows.map((row, i) => (
            <MappingRowCard
              key={row.id}
              row={row}
              rows={mapping.rows}
              slot={slot}
              isFirst={i === 0}
              isLast={i === mapping.rows.length - 1}
            />
          ))}
        </ul>
      </section>
    </div>
  );
}
