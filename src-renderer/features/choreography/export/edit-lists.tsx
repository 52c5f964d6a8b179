/** The plan for other editing programs: EDL and OpenTimelineIO, saved as files. */
import { FileDown } from 'lucide-react';

import type { ChoreographyExport, Plan } from '../../../../src-main/contract/documents/choreography.ts';
import { en } from '../../../../src-main/contract/text/en.ts';
import { bytes, call } from '../../../api/client.ts';
import { attempt } from '../../../stores/toast-store.ts';
import { Button } from '../../../ui/button.tsx';

const say = en.dance.export;

interface EditListsProps {
  readonly plan: Plan;
  readonly settings: ChoreographyExport;
  readonly name: string;
}

function offer(name: string, content: ArrayBuffer): void {
  const url = URL.createObjectURL(new Blob([content]));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads it after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function EditLists({ plan, settings, name }: EditListsProps): React.JSX.Element {
  const save = async (format: 'edl' | 'otio'): Promise<void> => {
    const blueprint = await call('blueprintOfPlan', { body: { plan, export: settings } });
    offer(`${name}.${format}`, await bytes('exportBlueprint', { body: { blueprint, format } }));
  };
  return (
    <section className="edit-lists" aria-label={say.lists}>
      <h3 className="section-title">{say.lists}</h3>
      <p className="muted">{say.listsLine}</p>
      <div className="export-actions">
        <Button icon={FileDown} onClick={() => attempt(save('edl'))}>
          {say.edl}
        </Button>
        <Button icon={FileDown} onClick={() => attempt(save('otio'))}>
          {say.otio}
        </Button>
      </div>
    </section>
  );
}
