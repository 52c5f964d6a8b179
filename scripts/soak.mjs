// npm run soak: the long form of what npm test does for 20 s. `npm run soak -- 3600` for an hour of each; ten minutes unless said.
import { spawnSync } from 'node:child_process';

import { projectNode } from './setup/run.mjs';
import { repository } from './setup/stamps.mjs';
import { orExplain, setUp } from './setup.mjs';

/** The audio thread's queues under ThreadSanitizer. @returns the exit code. */
function soakThreads(env) {
  const show = (program, args) => spawnSync(program, args, { cwd: repository, stdio: 'inherit', env }).status ?? 1;
  return (
    show('cmake', ['-S', 'native', '-B', 'native/build-tsan', '-DKINETONE_TESTS=ON', '-DKINETONE_THREAD_SANITIZE=ON', '-DCMAKE_BUILD_TYPE=Release']) ||
    show('cmake', ['--build', 'native/build-tsan', '-j', '2']) ||
    show('native/build-tsan/kinetone_tests', ['--no-version', '--test-case=rt *,audio *'])
  );
}

/** Pictures of any size and content under AddressSanitizer and UBSan. @returns the exit code. */
function soakPictures(env) {
  const show = (program, args) => spawnSync(program, args, { cwd: repository, stdio: 'inherit', env }).status ?? 1;
  return (
    show('cmake', ['-S', 'native', '-B', 'native/build-sanitize', '-DKINETONE_TESTS=ON', '-DKINETONE_SANITIZE=ON', '-DCMAKE_BUILD_TYPE=Release']) ||
    show('cmake', ['--build', 'native/build-sanitize', '-j', '2']) ||
    show('native/build-sanitize/kinetone_tests', ['--no-version', '--test-suite=vision fuzz'])
  );
}

await orExplain(async () => {
  await setUp({ purposes: ['studio', 'tests'] });
  const seconds = process.argv[2] ?? '600';
  const env = { ...process.env, KINETONE_SOAK_S: seconds };
  const native = [soakThreads(env), soakPictures(env)];
  process.exitCode = spawnSync(projectNode(), ['node_modules/vitest/vitest.mjs', 'run', 'tests/soak', 'src-main/adapters/native/vision-fuzz.test.ts'], { stdio: 'inherit', env }).status ?? 1;
  process.exitCode = native.find((code) => code !== 0) ?? process.exitCode;
});
