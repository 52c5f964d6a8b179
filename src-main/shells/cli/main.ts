/** The command `kinetone`: reads the words, opens the app, runs one command, says how it went. */
import * as nodeModule from 'node:module';
import { join } from 'node:path';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 14)) {
  process.stderr.write(`Kinetone needs Node 22.14 or newer; this is ${process.versions.node}. Run it as "npx kinetone" in the checkout.\n`);
  process.exit(1);
}

// What V8 makes of the built program is kept beside it, for host processes, too: a fifth of the time of a start. Where the
// folder cannot be written nothing is kept.
if (import.meta.filename.endsWith('.js')) {
  const { directory } = nodeModule.enableCompileCache(join(import.meta.dirname, 'compiled'));
  if (directory !== undefined) process.env['NODE_COMPILE_CACHE'] ??= directory;
}
const { CLI_COMMANDS, runCommandLine } = await import('./run.ts');

// A reader that has enough (`| head`) closes the pipe: no fault of anyone.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
}

void runCommandLine(process.argv.slice(2), CLI_COMMANDS).then((code) => {
  // Output still on its way to a pipe is written before the process ends.
  process.exitCode = code;
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
});
