import assert from 'node:assert/strict';
import { activated } from '../sample';
import { workbench } from '../workbenchClient';

const frame = 'main.network';

describe('the network over a sentence, when its window is opened again', () => {
  it('is shown again at its word', async () => {
    await activated();
    await workbench.waitFor({ frame, selector: '.word:nth-child(2)[aria-selected=true]' });
    assert.deepEqual(await workbench.texts({ frame, selector: '.notice:visible' }), []);
    await workbench.screenshot('network-reloaded');
  });
});
