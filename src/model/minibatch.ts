import type { Device, MatrixData, Shape } from '../kernels/kernels';
import type { BatchStep } from './batches';
import { CarriedStates } from './carriedStates';
import type { Network } from './network';
import { tablesOf } from './parameters';
import type { Parameters } from './parameters';
import { WindowRows } from './windowRows';
import type { FeatureSource, Sentences } from './windowRows';

/** Fills a whole step's inputs, in arrays of the device's that are used again for the next step. */
export class Minibatch {
  readonly rows: WindowRows;
  readonly carried: CarriedStates;
  private readonly arrays = new Map<string, MatrixData>();

  constructor(
    private readonly device: Device,
    private readonly network: Network,
    private readonly parameters: Parameters,
    features: FeatureSource,
  ) {
    this.rows = new WindowRows(features);
    this.carried = new CarriedStates(network);
  }

  /**
   * The program's inputs, of the given shapes; those that are neither parameters nor filled here (dropout
   * masks) hold anything. What it gives holds until it is called again. `labels` are needed for training
   * only.
   */
  fill(
    step: BatchStep,
    sentences: Sentences,
    shapes: Readonly<Record<string, Shape>>,
    labels?: Int32Array,
  ): Record<string, MatrixData> {
    const inputs: Record<string, MatrixData> = {};
    for (const [name, { rows, columns }] of Object.entries(shapes))
      inputs[name] = this.parameters.values[name] ?? this.array(name, rows * columns);
    const B = step.sentences.length;
    this.rows.fill({ step, first: 0, B, T: step.length }, sentences, inputs.mask, inputs.y, labels);
    for (const { name, input, width } of tablesOf(this.network))
      sumRows(inputs[input], this.parameters.values[name], width, this.rows);
    this.carried.fill(inputs, step.offset, 0, B);
    return inputs;
  }

  private array(name: string, length: number): MatrixData {
    let array = this.arrays.get(name);
    if (!array || array.length < length) {
      if (array) this.device.release(array);
      array = this.device.allocate(length);
      this.arrays.set(name, array);
    }
    return array.length === length ? array : array.subarray(0, length);
  }
}

/** For each row the sum of the table's rows of its features. */
function sumRows(sums: MatrixData, table: MatrixData, width: number, { starts, ids }: WindowRows): void {
  sums.fill(0);
  for (let r = 0; r + 1 < starts.length; r++) {
    const to = r * width;
    for (let at = starts[r]; at < starts[r + 1]; at++) {
      const from = ids[at] * width;
      for (let i = 0; i < width; i++) sums[to + i] += table[from + i];
    }
  }
}
