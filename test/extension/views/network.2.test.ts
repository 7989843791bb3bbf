import assert from 'node:assert/strict';
import { activated } from '../sample';
import { workbench } from '../workbenchClient';
import { isShownAsChosen, networkFrame as frame } from './networkPage';

describe('the network over a sentence, when its window is opened again', () => {
  it('is shown again as it was: word, label, layer and direction, tab and weights', async () => {
    await activated();
    await isShownAsChosen();
    assert.deepEqual(await workbench.texts({ frame, selector: '.notice:visible' }), []);
    await workbench.screenshot('network-reloaded');
  });
});
