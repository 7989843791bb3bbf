import assert from 'node:assert/strict';
import { finishInNextWindow, keptRun, lookAround, withFolder } from './keptRuns';
import { atEachMoment, pause } from './moments';
import type { Draw } from './moments';
import { formNames } from './toyRuns';
import type { Form } from './toyRuns';
import { WindowChild } from './windowChild';

/** About as many operations, and messages, as a window has that nothing happens to. */
const operations = 50;
const messages = 70;

/** Late moments, at which there is more to lose, are drawn more often. */
const lateBelow = (draw: Draw, count: number): number => Math.max(draw.below(count), draw.below(count));

/** Starts a window in a process of its own, and kills it at a moment that is drawn. */
async function killWindow(draw: Draw, folder: string, form: Form): Promise<WindowChild> {
  const inOperation = draw.below(2) === 0;
  const dies = {
    operation: lateBelow(draw, operations),
    when: draw.oneOf('before', 'halfway', 'after'),
  } as const;
  const [last, delay] = [lateBelow(draw, messages), draw.below(20)];
  const intervalMs = draw.oneOf(0, 0, 20, 1000);
  const plan = { folder, form, intervalMs, ...(inOperation && { dies }) };
  const child = new WindowChild(plan, (message, number) => {
    if (message.type === 'ended') child.kill();
    else if (!inOperation && number === last) void pause(delay).then(child.kill);
  });
  await child.gone;
  assert.equal(child.failure, undefined);
  return child;
}

describe('A window that is killed at any moment', () => {
  it('leaves what the next one finishes to the same bits, from the newest checkpoint', () =>
    atEachMoment('windows', async (draw) => {
      const form = draw.oneOf(...formNames);
      return withFolder(async (folder) => {
        const child = await killWindow(draw, folder, form);
        const { state, step } = keptRun(folder);
        const told = child.kept.at(-1);
        if (told !== undefined && state !== 'done')
          assert.ok(step !== undefined && step >= told, `${step} is on the disk, and not ${told}`);
        if (draw.below(2) === 0) await lookAround({ folder, form });
        await finishInNextWindow({ folder, form });
        if (state === undefined) return 'before the run was kept';
        return step === undefined ? `${state} without a checkpoint` : `${state} with a checkpoint`;
      });
    }));
});
