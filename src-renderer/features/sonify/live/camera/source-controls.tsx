/** Film or camera, which camera, and whether its picture is mirrored. */
import { FlipHorizontal2 } from 'lucide-react';

import { en } from '../../../../../src-main/contract/text/en.ts';
import { useProject } from '../../../../stores/project-store.ts';
import { attempt } from '../../../../stores/toast-store.ts';
import { IconButton } from '../../../../ui/button.tsx';
import { Segmented } from '../../../../ui/segmented.tsx';
import { Select } from '../../../../ui/select.tsx';
import { player } from '../../player/player.ts';
import { chooseCamera, setMirrored, useCamera } from './camera.ts';
import { useSource } from './source-store.ts';

const say = en.live.camera;
const SYSTEM = 'system';

export function SourceControls(): React.JSX.Element {
  const kind = useSource((state) => state.kind);
  const hasFilm = useProject((state) => state.document?.media_id != null);
  const segments = [
    { value: 'film' as const, label: say.film, isDisabled: !hasFilm },
    { value: 'camera' as const, label: say.name },
  ];
  return (
    <div className="source-controls">
      <Segmented label={say.source} value={kind} segments={segments} onChange={(to) => player.setSource(to)} />
      {kind === 'camera' ? <CameraChoice /> : null}
    </div>
  );
}

function CameraChoice(): React.JSX.Element {
  const { devices, deviceId, isMirrored } = useCamera();
  const choices = [{ value: SYSTEM, label: say.systemCamera }, ...devices.map(({ id, label }) => ({ value: id, label }))];
  return (
    <>
      <Select
        label={say.device}
        value={deviceId !== null && devices.some(({ id }) => id === deviceId) ? deviceId : SYSTEM}
        groups={[{ choices }]}
        className="camera-select"
        onChange={(id) => attempt(chooseCamera(id === SYSTEM ? null : id))}
      />
      <IconButton label={say.mirror} icon={FlipHorizontal2} isPressed={isMirrored} onClick={() => setMirrored(!isMirrored)} />
    </>
  );
}
