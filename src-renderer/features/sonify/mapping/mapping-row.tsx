/** A row as a sentence: feature, curve, parameter; live input at the left, live output at the right. */
import { ArrowRight, ChevronDown, ChevronUp, CornerDownRight, Headphones, Power } from 'lucide-react';
import { useCallback, useState } from 'react';

import type { MappingRow } from '../../../../src-main/contract/documents/mapping.ts';
import { parameters } from '../../../../src-main/contract/documents/parameters.ts';
import { sources } from '../../../../src-main/contract/documents/sources.ts';
import { en } from '../../../../src-main/contract/text/en.ts';
import { rowSentence } from '../../../../src-main/contract/text/mapping-sentence.ts';
import { setRowField, setRowSource, setRowTarget } from '../../../model/mapping-edit.ts';
import type { Slot } from '../../../model/mapping-edit.ts';
import { positionOf } from '../../../model/parameter-scale.ts';
import { edit } from '../../../stores/project-store.ts';
import { IconButton } from '../../../ui/button.tsx';
import { curvePath } from '../../../ui/curve-editor.tsx';
import { Select } from '../../../ui/select.tsx';
import { Tooltip } from '../../../ui/tooltip.tsx';
import { capital, senseClassOf, sourceGroups, targetGroups } from './choices.ts';
import { LiveBar } from './live-bar.tsx';
import { liveRow } from './live-values.ts';
import { RowSettings } from './row-settings.tsx';

const say = en.mapping.row;

interface MappingRowCardProps {
  readonly row: MappingRow;
  readonly rows: readonly MappingRow[];
  readonly slot: Slot;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

export function MappingRowCard({ row, rows, slot, isFirst, isLast }: MappingRowCardProps): React.JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const sentence = rowSentence(row);
  const readInput = useCallback(() => liveRow(row.id)?.input ?? null, [row.id]);
  const readOutput = useCallback(() => {
    const live = liveRow(row.id);
    return live ? positionOf(live.output, parameters[row.target]) : null;
  }, [row.id, row.target]);
  const sourceClass = `sense-${sources[row.source].sense}`;
  const targetClass = senseClassOf(row.target);
  return (
    <li className={`row-card ${row.enabled ? '' : 'row-off'}`} aria-label={sentence}>
      <div className="row-face">
        <LiveBar label={`${sentence} ${say.input}`} read={readInput} className={sourceClass} />
        <div className="row-words">
          <div className={`row-line ${sourceClass}`}>
            <Select
              label={say.source}
              value={row.source}
              groups={sourceGroups}
              className="row-select"
              face={<b>{capital(sources[row.source].label)}</b>}
              onChange={(source) => edit(setRowSource(slot, rows, row.id, source))}
            />
            <RowButtons row={row} rows={rows} slot={slot} isOpen={isOpen} onOpen={() => setOpen(!isOpen)} />
          </div>
          <div className={`row-line ${targetClass}`}>
            <CornerDownRight size={14} className="row-arrow" aria-hidden="true" />
            <Tooltip text={en.mapping.curve.open} side="left">
              <button
                type="button"
                className="row-curve"
                aria-label={en.mapping.curve.open}
                aria-expanded={isOpen}
                onClick={() => setOpen(!isOpen)}
              >
                <svg viewBox="0 0 24 24" aria-hidden="true">
                  <path d={curvePath(row.curve, 24, 3)} />
                </svg>
              </button>
            </Tooltip>
            <ArrowRight size={14} className="row-arrow" aria-hidden="true" />
            <Select
              label={say.target}
              value={row.target}
              groups={targetGroups}
              className="row-select"
              face={<b>{capital(parameters[row.target].label)}</b>}
              onChange={(target) => edit(setRowTarget(slot, rows, row.id, target))}
            />
          </div>
        </div>
        <LiveBar label={`${sentence} ${say.output}`} read={readOutput} className={targetClass} />
      </div>
      {isOpen ? (
        <RowSettings row={row} rows={rows} slot={slot} isFirst={isFirst} isLast={isLast} sentence={sentence} />
      ) : null}
    </li>
  );
}

interface RowButtonsProps {
  readonly row: MappingRow;
  readonly rows: readonly MappingRow[];
  readonly slot: Slot;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}

function RowButtons({ row, rows, slot, isOpen, onOpen }: RowButtonsProps): React.JSX.Element {
  return (
    <span className="row-buttons">
      <IconButton
        label={say.solo}
        icon={Headphones}
        size={14}
        className="icon-button-small"
        side="left"
        isPressed={row.solo}
        onClick={() => edit(setRowField(slot, rows, row.id, 'solo', !row.solo))}
      />
      <IconButton
        label={say.enable}
        icon={Power}
        size={14}
        className="icon-button-small"
        side="left"
        isPressed={row.enabled}
        onClick={() => edit(setRowField(slot, rows, row.id, 'enabled', !row.enabled))}
      />
      <IconButton
        label={isOpen ? say.collapse : say.expand}
        icon={isOpen ? ChevronUp : ChevronDown}
        size={14}
        className="icon-button-small"
        side="left"
        aria-expanded={isOpen}
        onClick={onOpen}
      />
    </span>
  );
}
