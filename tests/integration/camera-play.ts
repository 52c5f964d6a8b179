/** The command line with a painted picture instead of a camera: FFmpeg's input comes after `--`. */
import { openApp } from '../../src-main/app.ts';
import { CLI_COMMANDS, runCommandLine } from '../../src-main/shells/cli/run.ts';

const split = process.argv.indexOf('--');
const cameraInput = process.argv.slice(split + 1);
process.exitCode = await runCommandLine(process.argv.slice(2, split), CLI_COMMANDS, (options) => openApp({ ...options, cameraInput }));
