/** kinetone doctor: explains the machine, check by check. */
import type { Check } from '../../../contract/documents/system.ts';
import { examine } from '../../../app.ts';
import { type Command, text } from './command.ts';

const SIGN: Record<Check['state'], string> = { ok: '✓', warn: '!', fail: '✗', info: '·' };

function lines(check: Check): string {
  const head = `${SIGN[check.state]} ${check.title.padEnd(18)} ${check.detail}`;
  return check.fix === null ? head : `${head}\n  ${' '.repeat(18)} → ${check.fix}`;
}

export const doctor: Command = {
  options: {},
  async run({ client, terminal }) {
    const report = await client.call('getDoctor');
    terminal.result(report, report.checks.map(lines).join('\n'));
  },
  async runWithoutApp(problem, { terminal, values }) {
    const report = await examine({ dataDir: text(values, 'data-dir') }, problem);
    terminal.result(report, report.checks.map(lines).join('\n'));
  },
};
