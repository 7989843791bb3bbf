/** What every device must do beside computing: tests for a suite that makes the device. */
import type { Device } from '../../src/kernels/device';
import { check, rejection } from './conformance';

/** @param device the suite's, asked for in each test. */
export function contract(device: () => Device): void {
  it('can give an input as an output, and one matrix under two names', async () => {
    const plan = await device().compile(
      (k, { x }) => {
        const twice = k.add(x, x);
        return { x, twice, again: twice };
      },
      { x: { rows: 2, columns: 3 } },
    );
    const outputs = await plan.run({ x: new Float32Array([1, 2, 3, 4, 5, 6]) });
    check(outputs.x.join() === '1,2,3,4,5,6', `x is ${outputs.x.join()}`);
    check(
      outputs.twice.join() === '2,4,6,8,10,12' && outputs.again.join() === '2,4,6,8,10,12',
      `twice is ${outputs.twice.join()}`,
    );
    plan.dispose();
  });

  it('leaves its inputs as they are', async () => {
    const plan = await device().compile((k, { x }) => ({ twice: k.add(x, x) }), {
      x: { rows: 2, columns: 4 },
    });
    const x = new Float32Array([1, 2, 3, 4, 5, 6, 7, 8]);
    await plan.run({ x });
    check(x.join() === '1,2,3,4,5,6,7,8', `x became ${x.join()}`);
    plan.dispose();
  });

  it('refuses shapes that do not fit, when compiling and when running', async () => {
    const error = await rejection(
      device().compile((k, { x }) => ({ y: k.product(x, x) }), { x: { rows: 2, columns: 3 } }),
    );
    check(
      error.name === 'ShapeError' && error.message.includes('product') && error.message.includes('2×3'),
      `says ${error.name}: ${error.message}`,
    );
    const plan = await device().compile((k, { x }) => ({ y: k.add(x, x) }), { x: { rows: 2, columns: 3 } });
    const short = await rejection((async () => plan.run({ x: new Float32Array(5) }))());
    check(
      short.name === 'ShapeError' && short.message.includes('input x'),
      `says ${short.name}: ${short.message}`,
    );
    plan.dispose();
  });

  it('frees a plan’s memory once it is disposed of, and then refuses to run it', async () => {
    const plan = await device().compile((k, { x }) => ({ y: k.add(x, x) }), { x: { rows: 1, columns: 1 } });
    plan.dispose();
    plan.dispose();
    const error = await rejection((async () => plan.run({ x: new Float32Array(1) }))());
    check(error.message === 'This plan was disposed of.', `says ${error.message}`);
  });
}
