/** The twin of the overlays: what was seen at the playhead as a list with names and values, twice a second at most. */
import { useEffect, useState } from 'react';

import type { FeatureFrame } from '../../../../src-main/contract/documents/feature-frame.ts';
import { en } from '../../../../src-main/contract/text/en.ts';
import { fixed, percent } from '../../../model/format.ts';

const say = en.sonify.readout;

function linesOf(frame: FeatureFrame): string[] {
  return [
    `${say.motion} ${fixed(frame.motion.average_magnitude, 3)} ${say.perS}`,
    ...frame.motion.high_motion_regions.map(
      (region) =>
        `${en.sonify.overlay.regions}: x ${percent(region.x)}, y ${percent(region.y)}, ${percent(region.w)} × ${percent(region.h)}, ${fixed(region.magnitude, 2)}`,
    ),
    `${say.density} ${fixed(frame.edges.edge_density, 3)}, ${say.horizontal} ${fixed(frame.edges.horizontal_edge_intensity, 3)}, ${say.vertical} ${fixed(frame.edges.vertical_edge_intensity, 3)}`,
    ...frame.color.dominant_colors.map((own) => `${own.hex} ${percent(own.weight)}`),
    `${say.brightness} ${fixed(frame.color.brightness, 2)}, ${say.colourfulness} ${fixed(frame.color.colorfulness, 2)}`,
    `${say.cut} ${fixed(frame.scene_change, 2)}`,
  ];
}

export function SeenTwin({ read }: { readonly read: () => FeatureFrame | null }): React.JSX.Element {
  const [lines, setLines] = useState<readonly string[]>([]);
  useEffect(() => {
    const timer = setInterval(() => {
      const frame = read();
      const next = frame ? linesOf(frame) : [say.none];
      setLines((before) => (before.join() === next.join() ? before : next));
    }, 500);
    return () => clearInterval(timer);
  }, [read]);
  return (
    <ul className="visually-hidden" role="list" aria-label={en.sonify.overlays} data-twin="seen">
      {lines.map((line, i) => (
        <li key={i}>{line}</li>
      ))}
    </ul>
  );
}
