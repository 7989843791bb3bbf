import assert from 'node:assert/strict';
import type { Device } from '../../../src/kernels/device';
import type { Matrix, Shape } from '../../../src/kernels/kernels';
import { PlanCache } from '../../../src/kernels/planCache';
import type { Program } from '../../../src/kernels/program';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import { leavesOf } from '../../../src/kernels/tree';

/** A device that notes what is compiled and disposed of. */
function watched(): { device: Device; log: string[] } {
  const log: string[] = [];
  const inner = createReferenceDevice();
  const compile: Device['compile'] = async (program, shapes) => {
    const plan = await inner.compile(program, shapes);
    const [{ rows }] = leavesOf<Shape>(shapes);
    log.push(`+${rows}`);
    return {
      inputShapes: plan.inputShapes,
      outputShapes: plan.outputShapes,
      run: (inputs) => plan.run(inputs),
      dispose: () => log.push(`-${rows}`),
    };
  };
  return { device: { ...inner, compile }, log };
}

const program: Program<{ x: Matrix }, { y: Matrix }> = (kernels, { x }) => ({ y: kernels.add(x, x) });

describe('the plan cache', () => {
  it('keeps the plans that were used last, and disposes of all in the end', async () => {
    const { device, log } = watched();
    const plans = new PlanCache(device, program, (T, B) => ({ x: { rows: T * B, columns: 1 } }), 2);
    await plans.get(1, 1);
    await plans.get(2, 1);
    assert.ok(!(plans.get(1, 1) instanceof Promise));
    await plans.get(3, 1);
    assert.ok(!(plans.get(1, 1) instanceof Promise));
    assert.deepEqual(log, ['+1', '+2', '-2', '+3']);
    plans.dispose();
    assert.deepEqual(log.slice(4).sort(), ['-1', '-3']);
  });

  it('disposes of a plan that is still being compiled when it is disposed of', async () => {
    const { device, log } = watched();
    const plans = new PlanCache(device, program, (T, B) => ({ x: { rows: T * B, columns: 1 } }), 2);
    const plan = Promise.resolve(plans.get(1, 1));
    plans.dispose();
    await assert.rejects(plan, /disposed of while one was being compiled/);
    assert.deepEqual(log, ['+1', '-1']);
  });

  it('compiles a plan once that is asked for twice', async () => {
    const { device, log } = watched();
    const plans = new PlanCache(device, program, (T, B) => ({ x: { rows: T * B, columns: 1 } }), 2);
    const [first, second] = await Promise.all([plans.get(1, 1), plans.get(1, 1)]);
    assert.equal(first, second);
    plans.dispose();
    assert.deepEqual(log, ['+1', '-1']);
  });
});
