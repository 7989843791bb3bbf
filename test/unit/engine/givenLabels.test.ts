import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CorpusFile } from '../../../src/corpus/corpus';
import { annotatedPlaces } from '../../../src/corpus/formats/brat';
import { readCorpusFile } from '../../../src/corpus/formats/read';
import { lineStarts } from '../../../src/corpus/formats/spans/spanTokens';
import { givenLabels } from '../../../src/engine/givenLabels';
import type { Row } from '../../../src/engine/inputSentences';
import type { DocumentPlace } from '../../../src/engine/taggerProtocol';
import { labelsOf } from '../corpus/formats/wholeFile';

/** As training reads it. */
const read = (text: string, annotations: string): CorpusFile =>
  readCorpusFile('a.txt', 'a.txt', text, undefined, { file: 'a.ann', text: annotations });

function tokensOf(file: CorpusFile): Row[] {
  return labelsOf(file, 'FORM').map((form, t) => ({
    form,
    line: file.line[t],
    startColumn: file.startColumn[t],
    endColumn: file.endColumn[t],
  }));
}

/** The labels that Show Network gives to the tokens of the text. */
function shownLabels(text: string, annotations: string): string[] {
  const starts = lineStarts(text);
  const placeOf = (offset: number): DocumentPlace => {
    const line = starts.findLastIndex((start) => start <= offset);
    return { line, column: offset - starts[line] };
  };
  const spans = annotatedPlaces(text, annotations).map(({ type, start, end }) => ({
    type,
    start: placeOf(start),
    end: placeOf(end),
  }));
  return givenLabels(tokensOf(read(text, '')), spans);
}

describe('the labels given in a text with annotations', () => {
  it('are of the longest span by its characters, also where a shorter one goes over more lines', () => {
    const text = 'see Anna of New York\nCity now\n';
    const longest = 'T1\tLONG 4 20\tAnna of New York';
    const overLines = 'T2\tLINES 16 25\tYork City';
    for (const annotations of [`${longest}\n${overLines}\n`, `${overLines}\n${longest}\n`])
      assert.deepEqual(shownLabels(text, annotations), [
        'O',
        'B-LONG',
        'I-LONG',
        'I-LONG',
        'I-LONG',
        // The shorter span is not learned, no part of it.
        'O',
        'O',
      ]);
  });

  it('are those that training reads, whatever spans overlap', () => {
    const word = fc.constantFrom('Anna', 'of', 'New', 'York', 'slept', 'a', '科', '🙂');
    const gap = fc.constantFrom(' ', '\n', '\r\n', '  ');
    const words = fc.array(fc.tuple(word, gap), { minLength: 1, maxLength: 12 });
    const drawn = fc.array(fc.tuple(fc.nat(11), fc.nat(5), fc.constantFrom('PER', 'LOC')), { maxLength: 6 });
    fc.assert(
      fc.property(words, drawn, (pieces, spans) => {
        const text = pieces.flat().join('');
        const tokens = tokensOf(read(text, ''));
        const starts = lineStarts(text);
        const lines = spans.map(([from, more, type], i) => {
          const [first, last] = [from, from + more].map((n) => tokens[Math.min(n, tokens.length - 1)]);
          const start = starts[first.line] + first.startColumn;
          const end = starts[last.line] + last.endColumn;
          // brat counts code points.
          const [head, quote] = [text.slice(0, start), text.slice(start, end)];
          const at = [...head].length;
          return `T${i + 1}\t${type} ${at} ${at + [...quote].length}\t${quote.replace(/\s/g, ' ')}\n`;
        });
        const annotations = lines.join('');
        assert.deepEqual(shownLabels(text, annotations), labelsOf(read(text, annotations), 'LABEL'));
      }),
      { numRuns: 500 },
    );
  });
});
