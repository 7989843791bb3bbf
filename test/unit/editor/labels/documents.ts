import type { Lines } from '../../../../src/corpus/text/lines';
import type { TaggedToken } from '../../../../src/engine/taggerProtocol';

export function linesOf(text: string): Lines {
  const lines = text.split('\n');
  return {
    lineCount: lines.length,
    lineAt: (line) => {
      if (line < 0 || line >= lines.length) throw new RangeError(`There is no line ${line}`);
      return lines[line];
    },
  };
}

/** A token of one line, with what a test does not look at filled in. */
export function tokenOf(token: Partial<TaggedToken> & Pick<TaggedToken, 'line' | 'label'>): TaggedToken {
  const { label, probability = 0.9 } = token;
  return { startColumn: 0, endColumn: 1, sentence: 0, probability, best: [{ label, probability }], ...token };
}
