/** kinetone flow: where each pixel of one picture is in another, as a Middlebury .flo file. */
import { extname, resolve } from 'node:path';

import { UsageError } from '../usage.ts';
import { type Command, text } from './command.ts';
import { importOne } from './import-one.ts';
import { bodyOf, writeOutput } from './write-output.ts';

export const flow: Command = {
  maxWords: 2,
  options: { output: { type: 'string', short: 'o' }, overwrite: { type: 'boolean' } },
  async run(context) {
    const { client, terminal, values } = context;
    const named = text(values, 'output');
    if (named === undefined || extname(named).toLowerCase() !== '.flo') throw new UsageError('-o FILE.flo is missing.');
    if (context.words.length < 2) throw new UsageError('Two pictures are compared: kinetone flow A.png B.png -o OUT.flo');
    const output = resolve(named);
    const [from, to] = [await importOne(context, 'A', 0), await importOne(context, 'B', 1)];
    await writeOutput(context, output, async () => bodyOf(await client.open('getOpticalFlow', { params: { id: from.id }, query: { next: to.id } })));
    const [width, height] = [from.probe.video?.display_width ?? 0, from.probe.video?.display_height ?? 0];
    terminal.result({ output, width, height }, `${from.name} → ${to.name}: ${width}×${height} vectors\n${output}`);
  },
};
