// npm run bench: sets up what the benches need (their peers too, where apt may install them), then runs scripts/bench.ts.
import { spawnSync } from 'node:child_process';

import { projectNode } from './setup/run.mjs';
import { orExplain, setUp } from './setup.mjs';

await orExplain(async () => {
  await setUp({ purposes: ['studio', 'bench'], yes: process.argv.includes('--yes') });
  const words = process.argv.slice(2).filter((word) => word !== '--yes');
  process.exitCode = spawnSync(projectNode(), ['scripts/bench.ts', ...words], { stdio: 'inherit' }).status ?? 1;
});
