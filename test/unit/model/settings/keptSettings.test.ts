import assert from 'node:assert/strict';
import {
  readResolvedSettings,
  readTrainingSettings,
  settingsToKeep,
} from '../../../../src/model/settings/keptSettings';
import { settingNames } from '../../../../src/model/settings/schema';
import { settingsProblem } from '../../../../src/model/settings/settings';
import { defaultSettings } from '../../../../src/training/defaults';
import { resolved } from '../../training/resolved';

const fail = (problem: string): never => {
  throw new Error(problem);
};
const settings = resolved({ hidden: 32, layers: 2 });

describe('settings in files', () => {
  it('are read as they were written', () => {
    assert.deepEqual(readResolvedSettings({ ...settingsToKeep(settings) }, fail), settings);
    assert.deepEqual(readTrainingSettings({ ...defaultSettings }, fail), defaultSettings);
  });

  it('name a device and threads, which earlier versions ask for', () => {
    const kept = settingsToKeep(settings);
    assert.deepEqual(Object.keys(kept).sort(), [...settingNames].sort());
    assert.equal(settingsProblem({ ...kept }), undefined);
  });

  it('are a model’s without the device and the threads that earlier versions wrote', () => {
    const written = { ...settings, device: 'webgpu', threads: 3 };
    assert.deepEqual(readResolvedSettings(written, fail), settings);
    assert.deepEqual(readResolvedSettings({ ...written, device: 'of a later version' }, fail), settings);
  });

  it('may name more than this version knows', () => {
    assert.deepEqual(readResolvedSettings({ ...settings, ofALaterVersion: 1 }, fail), settings);
  });

  it('have what earlier versions did where a file does not name them', () => {
    const { truncation: _, patience: _patience, ...fewer } = { ...settings, truncation: 5, patience: 4 };
    const { truncation, patience } = readResolvedSettings(fewer, fail);
    assert.deepEqual({ truncation, patience }, { truncation: 0, patience: 0 });
  });

  it('are refused where one will not do, and a model’s also where the loss is open', () => {
    assert.throws(() => readResolvedSettings({ ...settings, hidden: 0 }, fail), /^Error: hidden must be/);
    assert.throws(() => readResolvedSettings({ ...settings, loss: 'auto' }, fail), /loss must be one of/);
    assert.equal(readTrainingSettings({ ...defaultSettings, loss: 'auto' }, fail).loss, 'auto');
  });
});
