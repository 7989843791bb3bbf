import assert from 'node:assert/strict';
import { ModelInUse } from '../../../src/workspace/modelInUse';

describe('the model in use', () => {
  let kept: string | undefined;
  let inUse: ModelInUse;

  beforeEach(() => {
    kept = 'old';
    inUse = new ModelInUse({ get: () => kept, set: (key) => (kept = key) });
  });

  it('is that of the run that goes on, which takes its place once it is done', () => {
    inUse.trains('new');
    inUse.trains('new');
    assert.deepEqual([inUse.key, kept], ['new', 'old']);
    inUse.ended(true);
    assert.deepEqual([inUse.key, kept, inUse.inTraining], ['new', 'new', undefined]);
  });

  it('is the one before again where the run is not trained to its end', () => {
    inUse.trains('new');
    inUse.ended(false);
    assert.deepEqual([inUse.key, kept], ['old', 'old']);
  });

  it('is the chosen one, during a run too, and after it', () => {
    inUse.trains('new');
    inUse.choose('other');
    inUse.trains('new');
    assert.equal(inUse.key, 'other');
    inUse.ended(true);
    assert.deepEqual([inUse.key, kept], ['other', 'other']);
    inUse.trains('next');
    inUse.choose('next');
    inUse.ended(false);
    assert.equal(inUse.key, 'next', 'a run may be chosen that is not done');
  });

  it('is kept where the window closes in the middle of a run', () => {
    inUse.trains('new');
    assert.equal(new ModelInUse({ get: () => kept, set: assert.fail }).key, 'old');
  });
});
