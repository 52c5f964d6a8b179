/** Optional models: what each is for, whose it is, whether it is here; add, check, remove. */
import { FolderPlus, Plus, ShieldCheck, Trash2 } from 'lucide-react';
import { useEffect } from 'react';

import type { Model } from '../../../src-main/contract/documents/model.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { shellBridge } from '../../api/shell-bridge.ts';
import { useModels } from '../../stores/models-store.ts';
import { attempt } from '../../stores/toast-store.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { pickFiles } from '../library/pick-media.ts';

const words = en.models;

async function pickAndAdd(isFolder: boolean): Promise<void> {
  const { addFiles, addPaths } = useModels.getState();
  const bridge = shellBridge();
  if (bridge) return addPaths(await bridge.pickFiles({ isFolder }));
  const files = await pickFiles({ isFolder });
  if (files.length > 0) await addFiles(files);
}

export function ModelsSettings(): React.JSX.Element {
  const models = useModels((state) => state.models);
  const load = useModels((state) => state.load);
  useEffect(() => attempt(load()), [load]);
  return (
    <>
      <div className="key-bar">
        <p className="muted model-line">{words.line}</p>
        <Button icon={Plus} onClick={() => attempt(pickAndAdd(false))}>
          {words.add}
        </Button>
        <Button icon={FolderPlus} onClick={() => attempt(pickAndAdd(true))}>
          {words.addFolder}
        </Button>
      </div>
      <ul className="model-list" aria-label={words.tab}>
        {models?.map((model) => (
          <ModelRow key={model.id} model={model} />
        ))}
      </ul>
    </>
  );
}

function ModelRow({ model }: { readonly model: Model }): React.JSX.Element {
  const { id, name, purpose, state, licence, missing_files: missing } = model;
  return (
    <li className="model-row">
      <div className="model-facts">
        <span>
          <strong>{name}</strong> <span className="muted">{words.purpose[purpose]}</span>
        </span>
        <span className="muted model-licence">
          {licence.id} · {licence.attribution} {licence.url}
        </span>
        {state === 'incomplete' ? <span className="model-missing">{words.missing(missing)}</span> : null}
      </div>
      <span className={`model-state model-${state}`}>{words.state[state]}</span>
      <IconButton label={`${words.verify}: ${name}`} icon={ShieldCheck} disabled={state === 'absent'} onClick={() => attempt(useModels.getState().verify(id))} />
      <IconButton label={`${words.remove}: ${name}`} icon={Trash2} disabled={state === 'absent'} onClick={() => attempt(useModels.getState().remove(id))} />
    </li>
  );
}
