import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { ImportedModels } from '../../../src/workspace/importedModels';
import type { ImportedModel } from '../../../src/workspace/readImportedModel';
import { resolved } from '../training/resolved';
import { temporaryStorage } from './temporaryStorage';

const importedModel = (id: string): ImportedModel => ({
  id,
  name: `${id}.safetensors`,
  imported: '2025-01-01T12:00:00.000Z',
  info: {
    corpus: 'c',
    corpusName: 'c',
    column: 'NER',
    labels: ['O'],
    scheme: 'IOB2',
    settings: resolved(),
    features: 3,
    created: '2024-01-01T00:00:00.000Z',
    layout: { kind: 'columns', columns: ['FORM', 'NER'], form: 0, separator: '\t' },
  },
});

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

  it('keep the name that a person gives them over a restart, and leave out one that is none', async () => {
    const log: string[] = [];
    const opened = async (): Promise<ImportedModels> => {
      const models = new ImportedModels(files(), (message) => log.push(message));
      await models.load();
      return models;
    };
    const first = await opened();
    await first.add(importedModel('a'), new Uint8Array(3));
    await first.rename('a', 'theirs');
    assert.equal((await opened()).models[0].title, 'theirs');
    await (await opened()).rename('a', undefined);
    assert.equal((await opened()).models[0].title, undefined);
    assert.deepEqual(log, []);
    const file = `${folder()}/models/a/model.json`;
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), title: ' \n' }));
    assert.equal((await opened()).models[0].title, undefined);
    assert.match(log.join(), /title/);
    await assert.rejects(first.rename('none', 'x'), /There is no model none/);
  });
});
