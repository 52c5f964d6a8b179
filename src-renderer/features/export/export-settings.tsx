/** Format, loudness, the film's own sound, stems, seed; and what to expect of size and time. */
import type { Artifact } from '../../../src-main/contract/documents/artifact.ts';
import type { MediaItem } from '../../../src-main/contract/documents/media-item.ts';
import type { SonifyDocument } from '../../../src-main/contract/documents/project.ts';
import { OUTPUT_FORMATS } from '../../../src-main/contract/documents/sonify.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { estimateBytes, estimateS } from '../../model/export-estimate.ts';
import { fileSize } from '../../model/format.ts';
import { setExport, setSeed } from '../../model/project-edit.ts';
import { clock } from '../../model/timecode.ts';
import { useJobs } from '../../stores/jobs-store.ts';
import { edit } from '../../stores/project-store.ts';
import { NumberField } from '../../ui/number-field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Toggle } from '../../ui/toggle.tsx';
import { LoudnessSelect } from './loudness-select.tsx';

const say = en.export;

interface ExportSettingsFormProps {
  readonly document: SonifyDocument;
  readonly item: MediaItem | null;
  /** Exported instead of the film with its mapping. */
  readonly performance: Artifact | null;
  readonly isLocked: boolean;
}

export function ExportSettingsForm({ document, item, performance, isLocked }: ExportSettingsFormProps): React.JSX.Element {
  const settings = document.export;
  const hasSound = item !== null && item.probe.audio !== null;
  return (
    <fieldset className="export-form" disabled={isLocked}>
      <div className="export-formats" role="radiogroup" aria-label={say.format}>
        {OUTPUT_FORMATS.map((format) => (
          <button
            key={format}
            type="button"
            role="radio"
            aria-checked={settings.format === format}
            className="export-format"
            onClick={() => edit(setExport('format', format))}
          >
            <strong>{say.formats[format].name}</strong>
            <span>{say.formats[format].line}</span>
          </button>
        ))}
      </div>
      <div className="export-row">
        <span>{say.loudness}</span>
        <LoudnessSelect value={settings.loudness} onChange={(loudness) => edit(setExport('loudness', loudness))} />
      </div>
      <div className="export-row">
        <span>{say.original}</span>
        {hasSound ? (
          <Segmented
            label={say.original}
            value={settings.original}
            segments={(['drop', 'mix', 'duck'] as const).map((value) => ({ value, label: say.originals[value] }))}
            onChange={(original) => edit(setExport('original', original))}
          />
        ) : (
          <span className="muted">{say.originalNone}</span>
        )}
      </div>
      <Toggle
        label={say.stems}
        line={say.stemsLine}
        isOn={settings.stems}
        onChange={(stems) => edit(setExport('stems', stems))}
      />
      {performance ? null : <SeedRow document={document} />}
      {item && !performance ? <Estimate document={document} item={item} /> : null}
      {item && !performance && item.features !== 'ready' ? <p className="export-note">{say.noAnalysis}</p> : null}
      {performance ? <p className="export-note">{say.performanceLine}</p> : null}
    </fieldset>
  );
}

function SeedRow({ document }: Pick<ExportSettingsFormProps, 'document'>): React.JSX.Element {
  return (
      <div className="export-row">
        <span>
          {say.seed}
          <small>{say.seedLine}</small>
        </span>
        <NumberField
          label="#"
          name={say.seed}
          value={document.seed}
          min={0}
          max={0xffff_ffff}
          step={1}
          format={String}
          parse={(text) => (/^\d+$/.test(text.trim()) ? Number(text) : null)}
          onChange={(seed) => edit(setSeed(Math.round(seed)))}
          toPosition={(value) => Math.min(1, value / 1000)}
          toValue={(position) => position * 1000}
        />
      </div>
  );
}

function Estimate({ document, item }: { readonly document: SonifyDocument; readonly item: MediaItem }): React.JSX.Element {
  const jobs = useJobs((state) => state.jobs);
  const seconds = estimateS(item.probe.duration_s, jobs);
  return (
    <dl className="facts export-estimate">
      <div>
        <dt>{say.estimateSize}</dt>
        <dd className="figures">{say.about(fileSize(estimateBytes(item, document.export)))}</dd>
      </div>
      <div>
        <dt>{say.estimateTime}</dt>
        <dd className="figures">{seconds === null ? say.estimateUnknown : say.about(clock(Math.max(1, seconds)))}</dd>
      </div>
    </dl>
  );
}
