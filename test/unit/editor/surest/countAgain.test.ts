import assert from 'node:assert/strict';
import { countAgain, mostAttempts } from '../../../../src/editor/surest/countAgain';

describe('Counting disagreements', () => {
  it('begins again where the corpus has changed meanwhile, once that is read', async () => {
    const steps: string[] = [];
    const counted = await countAgain(
      async (attempt) => {
        steps.push(`count ${attempt}`);
        return attempt < 3 ? 'changed' : 20;
      },
      async () => void steps.push('read'),
    );
    assert.equal(counted, 20);
    assert.deepEqual(steps, ['count 1', 'read', 'count 2', 'read', 'count 3']);
  });

  it('says so where the corpus changes each time, and does not go on for ever', async () => {
    let attempts = 0;
    const counted = await countAgain(
      async () => {
        attempts++;
        return 'changed' as const;
      },
      async () => undefined,
    );
    assert.equal(counted, 'changed');
    assert.equal(attempts, mostAttempts);
  });

  it('does not begin again where it was cancelled', async () => {
    let attempts = 0;
    const counted = await countAgain(
      async () => {
        attempts++;
        return 'cancelled' as const;
      },
      async () => undefined,
    );
    assert.equal(counted, 'cancelled');
    assert.equal(attempts, 1);
  });
});
