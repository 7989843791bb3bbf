import type { Direction, Shape } from '../../kernels';
import type { GpuMatrix, Recorder } from '../recorder';
import { column, kernel, row } from '../source';

/** WebGPU binds eight storage buffers, and one of them is the output. */
const fanIn = 7;

interface Block {
  readonly matrix: GpuMatrix;
  /** Rows to take: a step's state carries one more. */
  readonly rows: number;
}

/** The source that puts blocks of the given heights one under the other. */
function concatenation(heights: readonly number[]): string {
  const names = heights.map((_, i) => `block${i}`);
  let start = 0;
  const branches = heights.map((height, i) => {
    const take = `return ${names[i]}[${start === 0 ? row : `${row} - ${start}`}][${column}];`;
    start += height;
    return i === heights.length - 1 ? take : `if (${row} < ${start}) { ${take} }`;
  });
  return kernel(names, ...branches);
}

/**
 * Gathers the steps of a sweep into one matrix. A kernel writes one whole buffer and takes at most seven, so
 * the blocks are joined by sevens as they come, and the joined ones by sevens again: few are alive at a time,
 * and a fused plan turns over the same few buffers (which also keeps the number of modules that webasm
 * compiles small).
 */
export class RowStack {
  private readonly levels: Block[][] = [];

  constructor(
    private readonly recorder: Recorder,
    private readonly columns: number,
    private readonly direction: Direction,
  ) {}

  /** The sweep's next step: the first `rows` rows of the matrix. */
  push(matrix: GpuMatrix, rows: number): void {
    this.add(0, { matrix, rows });
  }

  /** All steps, in the order of the sentence. */
  join(): GpuMatrix {
    for (let level = 0; level < this.levels.length - 1; level++) {
      if (this.levels[level].length > 0) this.add(level + 1, this.joined(this.levels[level]));
    }
    const top = this.levels[this.levels.length - 1];
    return this.joined(top).matrix;
  }

  private add(level: number, block: Block): void {
    this.levels[level] ??= [];
    const blocks = this.levels[level];
    blocks.push(block);
    if (blocks.length === fanIn) this.add(level + 1, this.joined(blocks));
  }

  /** Joins the blocks of a level and empties it. */
  private joined(blocks: Block[]): Block {
    const inOrder = blocks.splice(0);
    if (this.direction === 'rightToLeft') inOrder.reverse();
    const heights = inOrder.map((block) => block.rows);
    const shape: Shape = { rows: heights.reduce((a, b) => a + b), columns: this.columns };
    if (inOrder.length === 1 && inOrder[0].matrix.rows === shape.rows) return inOrder[0];
    const matrix = this.recorder.call(concatenation(heights), shape, ...inOrder.map((block) => block.matrix));
    void matrix.handle; // Recorded now, so that the blocks are free for the next steps.
    return { matrix, rows: shape.rows };
  }
}
