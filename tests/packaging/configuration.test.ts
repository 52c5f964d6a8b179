/** electron-builder's own schema over our configuration. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { expect, test } from 'vitest';

const require = createRequire(import.meta.url);
const builder = createRequire(require.resolve('electron-builder'));
const { validateConfiguration } = builder('app-builder-lib/out/util/config/config.js') as {
  validateConfiguration(config: unknown, log: { add(): void }): Promise<void>;
};
const { load } = createRequire(builder.resolve('app-builder-lib/package.json'))('js-yaml') as { load(text: string): Record<string, unknown> };

const configuration = (): Record<string, unknown> => load(readFileSync(new URL('../../electron-builder.yml', import.meta.url), 'utf8'));
const log = { add: () => undefined };

test('electron-builder accepts the configuration', async () => {
  await expect(validateConfiguration(configuration(), log)).resolves.toBeUndefined();
});

test('a misspelt option is refused, so the schema is really asked', async () => {
  await expect(validateConfiguration({ ...configuration(), npmRebuld: false }, log)).rejects.toThrow(/npmRebuld/);
});
