import assert from 'node:assert/strict';
import type { MatrixData } from '../../../src/kernels/kernels';
import { allocateParameters, listParameters } from '../../../src/model/parameters';
import type { NetworkParameters } from '../../../src/model/parameters';
import { WeightAverage } from '../../../src/training/weightAverage';

const allocate = (length: number): Float64Array<ArrayBuffer> => new Float64Array(length);

function weightsOf(value: number): NetworkParameters<MatrixData> {
  const weights = allocateParameters(
    { K: 2, E: 0, H: 1, L: 2, layers: 1, directions: ['leftToRight'], transitions: false },
    allocate,
  );
  set(weights, value);
  return weights;
}

function set(weights: NetworkParameters<MatrixData>, value: number): void {
  for (const { leaf } of listParameters(weights)) leaf.fill(value);
}

const first = ({ c }: NetworkParameters<MatrixData>): number => c[0];

describe('the average of the weights', () => {
  it('is the weights as they are until the first addition, not those of the start', () => {
    const weights = weightsOf(1);
    const average = new WeightAverage(weights, 80, allocate);
    set(weights, 5);
    average.add(9);
    assert.equal(first(average.current), 5);
    set(weights, 7);
    assert.equal(first(average.current), 7);
    assert.equal(average.count, 0);
  });

  it('begins with a plain mean of what is added eight times an epoch, without the start', () => {
    const weights = weightsOf(100);
    const average = new WeightAverage(weights, 80, allocate);
    for (let step = 1; step <= 30; step++) {
      set(weights, step);
      average.add(step);
    }
    assert.equal(average.count, 3);
    assert.ok(Math.abs(first(average.current) - 20) < 1e-12, 'of steps 10, 20 and 30');
  });

  it('counts what is half an epoch old half', () => {
    const weights = weightsOf(1);
    const average = new WeightAverage(weights, 8, allocate);
    for (let step = 1; step <= 800; step++) average.add(step);
    set(weights, 0);
    for (let step = 801; step <= 804; step++) average.add(step);
    assert.ok(Math.abs(first(average.current) - 0.5) < 1e-12);
  });

  it('goes on from where it was', () => {
    const weights = weightsOf(3);
    const average = new WeightAverage(weights, 8, allocate);
    average.restore(weightsOf(9), 2);
    assert.equal(first(average.current), 9);
    average.add(1);
    assert.ok(Math.abs(first(average.current) - (9 + (3 - 9) / 3)) < 1e-12);
  });
});
