// npm run soak: the long form of what npm test does for 20 s. `npm run soak -- 3600` for an hour of each; ten minutes unless said.
import { spawnSync } from 'node:child_process';

import { projectNode } from './setup/run.mjs';
import { orExplain, setUp } from './setup.mjs';

await orExplain(async () => {
  await setUp({ purposes: ['studio', 'tests'] });
  const seconds = process.argv[2] ?? '600';
  const env = { ...process.env, KINETONE_SOAK_S: seconds };
  process.exitCode = spawnSync(projectNode(), ['node_modules/vitest/vitest.mjs', 'run', 'tests/soak'], { stdio: 'inherit', env }).status ?? 1;
});
