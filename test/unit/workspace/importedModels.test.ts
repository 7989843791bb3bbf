import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { ImportedModels } from '../../../src/workspace/importedModels';
import { temporaryStorage } from './temporaryStorage';

describe('Imported models', () => {
  const { folder, files } = temporaryStorage();

  it('lose what a window that was killed left of an import, and not what a living one is writing', async () => {
    const [dead, living] = [7, 8];
    for (const pid of [dead, living]) {
      await files().createFolder(`models/of ${pid}`);
      await files().write(`models/of ${pid}/model.safetensors.1.${pid}-0badcafe.tmp`, new Uint8Array(9));
    }
    const log: string[] = [];
    const models = new ImportedModels(
      files(),
      (message) => log.push(message),
      (pid) => pid === living,
    );
    await models.load();
    assert.deepEqual(models.models, []);
    assert.deepEqual(readdirSync(`${folder()}/models`), [`of ${living}`]);
    assert.equal(readdirSync(`${folder()}/models/of ${living}`).length, 1);
  });
});
