// npm test: sets up what is missing, then runs everything: types, lint, C++ tests (plain and under sanitizers),
// unit, integration, sound, crash, Electron wiring, packaging and end-to-end tests. Its last line counts them all.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { projectNode } from './setup/run.mjs';
import { say } from './setup/say.mjs';
import { repository } from './setup/stamps.mjs';
import { orExplain, setUp } from './setup.mjs';

const total = { passed: 0, failed: 0, skipped: 0 };
const results = join(repository, 'test-results');

/** Runs a program with its output shown and kept. @returns { code, output } */
function show(program, args, env = {}) {
  return new Promise((resolve) => {
    const path = `${join(repository, 'node_modules', '.bin')}${delimiter}${process.env.PATH}`;
    const child = spawn(program, args, { cwd: repository, env: { ...process.env, PATH: path, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
        process.stdout.write(chunk);
      });
    }
    child.on('error', (error) => resolve({ code: 127, output: String(error) }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

function count(name, { passed, failed, skipped }) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  say(`${name}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
}

async function check(name, program, args) {
  const { code } = await show(program, args);
  count(name, { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 });
}

function hasDoctest() {
  return ['/usr/include', '/usr/local/include', '/opt/homebrew/include'].some((folder) => existsSync(join(folder, 'doctest/doctest.h')));
}

/** doctest's own closing line: "test cases: 80 | 80 passed | 0 failed | 0 skipped". */
function countOfDoctest({ code, output }) {
  const match = /test cases:\s*\d+\s*\|\s*(\d+) passed\s*\|\s*(\d+) failed\s*\|\s*(\d+) skipped/.exec(output.replaceAll(/\x1b\[[0-9;]*m/g, ''));
  if (!match) return { passed: 0, failed: 1, skipped: 0 };
  const failed = Number(match[2]);
  return { passed: Number(match[1]), failed: failed === 0 && code !== 0 ? 1 : failed, skipped: 0 };
}

async function native(name, folder, options) {
  if (!hasDoctest()) {
    say(`${name}: skipped, the C++ test framework doctest (doctest-dev) is not installed`);
    return count(name, { passed: 0, failed: 0, skipped: 1 });
  }
  const build = join('native', folder);
  const configured = await show('cmake', ['-S', 'native', '-B', build, '-DKINETONE_TESTS=ON', ...options]);
  const built = configured.code === 0 ? await show('cmake', ['--build', build, '-j', '2']) : configured;
  if (built.code !== 0) return count(name, { passed: 0, failed: 1, skipped: 0 });
  count(name, countOfDoctest(await show(join(repository, build, 'kinetone_tests'), ['--no-version'])));
}

/** Every failed test once more, and files that could not be run, so that the end of the output tells what failed. */
function failuresOf(testResults) {
  return testResults.flatMap((file) => {
    const name = file.name.replace(`${repository}/`, '');
    const failed = file.assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0) return file.status === 'failed' ? [`${name}: ${file.message}`] : [];
    return failed.map((test) => `${name}: ${test.fullName}\n${(test.failureMessages ?? []).join('\n').slice(0, 2000)}`);
  });
}

async function vitest() {
  mkdirSync(results, { recursive: true });
  const report = join(results, 'vitest.json');
  rmSync(report, { force: true });
  const { code } = await show(projectNode(), ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]);
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0, numFailedTestSuites = 0, testResults = [] } = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {};
  const skipped = testResults.flatMap((file) => file.assertionResults.filter((test) => test.status === 'pending' || test.status === 'skipped').map((test) => `${file.name.replace(`${repository}/`, '')}: ${test.fullName}`));
  for (const line of skipped) say(`skipped  ${line}`);
  for (const line of failuresOf(testResults)) say(`FAILED   ${line}`);
  const failed = Math.max(numFailedTests, numFailedTests === 0 ? numFailedTestSuites : 0);
  count('vitest', { passed: numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed, skipped: numPendingTests + numTodoTests });
}

await orExplain(async () => {
  await setUp({ purposes: ['studio', 'tests'], yes: process.argv.includes('--yes') });
  await check('types', projectNode(), ['node_modules/typescript/bin/tsc', '--noEmit']);
  await check('lint', projectNode(), ['node_modules/eslint/bin/eslint.js', '--max-warnings', '0', '.']);
  await native('C++', 'build-tests', ['-DCMAKE_BUILD_TYPE=Release']);
  await native('C++ under AddressSanitizer and UBSan', 'build-sanitize', ['-DCMAKE_BUILD_TYPE=Release', '-DKINETONE_SANITIZE=ON']);
  await vitest();
});
if (process.exitCode) total.failed += 1;
process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
if (total.failed > 0) process.exitCode = 1;
