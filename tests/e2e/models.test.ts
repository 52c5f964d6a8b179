/** The models page of the settings: what is known and whose it is; a file that is none is refused; a model comes and goes. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';

import { en } from '../../src-main/contract/text/en.ts';
import { hasSharedModels, sharedModels, sharedModelsReason } from '../fixtures/shared-models.ts';
import { lastingFolder } from '../fixtures/temp-folder.ts';
import { describeStudio, screenshotFolder } from './launch.ts';

const folder = lastingFolder('kinetone-e2e-models');

describeStudio('models', (studio, launcher) => {
  const row = (name: string): Locator => studio().page.getByRole('list', { name: en.models.tab }).getByRole('listitem').filter({ hasText: name });
  const add = (file: string): Promise<void> => studio().choose([file], () => studio().page.getByRole('button', { name: en.models.add }).click());

  test('every model is shown with its licence and attribution, none is here', async () => {
    const { page } = studio();
    await page.getByRole('heading', { name: en.start.title }).waitFor();
    await page.keyboard.press('Control+,');
    await page.getByRole('tab', { name: en.models.tab }).click();
    await row('BeatNet').getByText('Creative Commons Attribution 4.0').waitFor();
    expect(await row('MoveNet').textContent()).toContain(en.models.state.absent);
    await page.screenshot({ path: join(screenshotFolder(launcher), 'settings-models.png') });
  });

  test('a file that is no model is refused, in words', async () => {
    const file = join(folder, 'stranger.onnx');
    writeFileSync(file, 'no model');
    await add(file);
    await studio().page.getByText('stranger.onnx is no model that Kinetone knows.').first().waitFor();
  });

  test.skipIf(!hasSharedModels)(`a model is added, checked and removed${hasSharedModels ? '' : ` (skipped: ${sharedModelsReason})`}`, async () => {
    await add(sharedModels('movenet-lightning', 'movenet_singlepose_lightning_192.onnx'));
    const model = row('MoveNet');
    await model.getByText(en.models.state.present, { exact: true }).waitFor();
    await model.getByRole('button', { name: en.models.verify }).click();
    await studio().page.getByText(en.models.verified('MoveNet Lightning')).first().waitFor();
    await model.getByRole('button', { name: en.models.remove }).click();
    await model.getByText(en.models.state.absent, { exact: true }).waitFor();
  });
});
