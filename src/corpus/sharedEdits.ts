import type { TextEdit } from './textEdits';

const mostInBlock = 64;

/**
 * Edits of a text at one moment. What they have in common with those of the moment before is kept once, so that
 * many moments of many edits take little room.
 */
export class SharedEdits {
  static readonly none = new SharedEdits([]);

  private constructor(private readonly blocks: readonly (readonly TextEdit[])[]) {}

  static of(edits: readonly TextEdit[]): SharedEdits {
    return SharedEdits.none.next(edits);
  }

  get all(): readonly TextEdit[] {
    return this.blocks.flat();
  }

  /** The blocks in which all of them are kept: the same ones as of other moments, where nothing differs. */
  get kept(): readonly (readonly TextEdit[])[] {
    return this.blocks;
  }

  /** @param edits of the next moment, in which those that have not changed are the same objects. */
  next(edits: readonly TextEdit[]): SharedEdits {
    const { blocks } = this;
    let first = 0;
    let from = 0;
    while (first < blocks.length && isAt(blocks[first], edits, from)) from += blocks[first++].length;
    let last = blocks.length;
    let to = edits.length;
    while (last > first && isAt(blocks[last - 1], edits, to - blocks[last - 1].length, from))
      to -= blocks[--last].length;
    if (first === blocks.length && from === edits.length) return this;
    // Small blocks would become as many as there are edits.
    const isSmall = (block: readonly TextEdit[] | undefined): block is readonly TextEdit[] =>
      block !== undefined && block.length + to - from <= mostInBlock;
    if (isSmall(blocks[first - 1])) from -= blocks[--first].length;
    if (isSmall(blocks.at(last))) to += blocks[last++].length;
    return new SharedEdits([...blocks.slice(0, first), ...inBlocks(edits, from, to), ...blocks.slice(last)]);
  }
}

/** Whether a block stands at a place of edits that is not before another. */
function isAt(block: readonly TextEdit[], edits: readonly TextEdit[], at: number, least = 0): boolean {
  return at >= least && block.every((edit, i) => edit === edits[at + i]);
}

/** Edits in blocks of about the same size. */
function inBlocks(edits: readonly TextEdit[], from: number, to: number): (readonly TextEdit[])[] {
  const blocks: (readonly TextEdit[])[] = [];
  const count = Math.ceil((to - from) / mostInBlock);
  for (let i = 0; i < count; i++)
    blocks.push(
      edits.slice(
        from + Math.floor((i * (to - from)) / count),
        from + Math.floor(((i + 1) * (to - from)) / count),
      ),
    );
  return blocks;
}
