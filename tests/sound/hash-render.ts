/** Prints the hash of one rendered second: run as a process of its own by determinism.test.ts. */
import { probes, seriesOf } from '../../scripts/listen/probes.ts';
import { renderMapping } from '../../scripts/listen/render.ts';
import { RATE, defaultMapping, hashOf } from './fixtures.ts';

const cuts = probes.find((probe) => probe.name === 'hard-cuts');
if (!cuts) throw new Error('the probe hard-cuts is missing');
const series = seriesOf(4, RATE, (t, frame) => cuts.sceneAt(t + 2, frame + 60));
const { stems } = await renderMapping(defaultMapping, series, RATE);
process.stdout.write(`${hashOf(stems)}\n`);
