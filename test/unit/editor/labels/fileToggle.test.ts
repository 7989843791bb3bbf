import assert from 'node:assert/strict';
import { fileToggle } from '../../../../src/editor/labels/fileToggle';

describe('Toggle Predicted Labels in This File', () => {
  const text = { ofCorpus: false, canToggle: true };

  it('leads to a model where there is none, and leaves the switch as it is', () => {
    for (const ofCorpus of [false, true])
      for (const canToggle of [false, true])
        assert.equal(fileToggle({ ofCorpus, canToggle }, false), 'get-a-model');
  });

  it('switches a text where there is a model, or one in the making', () => {
    assert.equal(fileToggle(text, true), 'toggle');
  });

  it('says why it does not where there is nothing to switch', () => {
    assert.equal(fileToggle(undefined, true), 'open-a-file');
    assert.equal(fileToggle(undefined, false), 'open-a-file');
    assert.equal(fileToggle({ ofCorpus: true, canToggle: false }, true), 'corpus-file');
    assert.equal(fileToggle({ ofCorpus: false, canToggle: false }, true), 'other-file');
  });
});
