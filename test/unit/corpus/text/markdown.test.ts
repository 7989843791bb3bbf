import assert from 'node:assert/strict';
import fc from 'fast-check';
import { linesWithoutText, MarkdownScanner } from '../../../../src/corpus/text/markdown';
import { linesOf } from '../../editor/labels/documents';

/** Each line with a mark, `-` where it is left out. */
const check = (marked: readonly string[]): void => {
  const expected = marked.map((line) => (line.startsWith('-') ? 1 : 0));
  assert.deepEqual([...linesWithoutText(linesOf(marked.map((line) => line.slice(1)).join('\n')))], expected);
};

describe('Lines of Markdown without text to label', () => {
  it('are fenced code with its fences', () =>
    check([' text', '-```js', '-code', '-', '-~~~', '-```', ' text']));
  it('are fences that a longer fence holds', () =>
    check(['-````', '-```', '-code', '-```', '-````  ', ' text']));
  it('are fences in lists and quotes', () =>
    check([' - item', '-    ```', '-    code', '-    ```', ' > quote', '->~~~', '->code', '->~~~', ' text']));
  it('reach to the end where a fence is not closed', () => check([' text', '-```', '-code', '-']));
  it('are not code spans of three backticks', () => check([' ```code``` in a sentence', ' text']));
  it('are front matter', () => check(['----', '-title: x', '-', '----', ' text', ' ---', ' text']));
  it('are no front matter that is never closed', () => check([' ---', ' text']));
  it('are comments of several lines', () =>
    check([' text <!-- begins', '-goes on', '-```', '-ends --> text', ' text <!-- one --> text', ' text']));
  it('are not what a code span says of comments', () => check([' `<!--` opens a comment', ' text']));
  it('do not exist in an empty document', () => check([' ']));
});

describe('A scanner of Markdown', () => {
  const line = fc.constantFrom(
    ...[
      'text',
      '',
      '```',
      '~~~',
      '````',
      '> ```',
      '`code`',
      '`<!--`',
      '<!--',
      '<!-- x -->',
      'a --> b',
      '-->',
    ],
    ...[
      '---',
      '- item',
      '# Title',
      '[a]: b <!--',
      '| a | b |',
      '| - | - |',
      '\\<!-- x',
      '[x](<!--)',
      '* * *',
    ],
  );

  it('is in the same state whether it skips lines or gives their prose', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), line, (lines, last) => {
        const [skipping, giving] = [new MarkdownScanner(0), new MarkdownScanner(0)];
        for (const each of lines) {
          skipping.skip(each);
          giving.next(each);
        }
        assert.deepEqual(skipping.next(last), giving.next(last));
      }),
      { numRuns: 500 },
    );
  });

  it('gives no prose for code', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const scanner = new MarkdownScanner(0);
        const without = linesWithoutText(linesOf(['', ...lines].join('\n')));
        scanner.next('');
        lines.forEach((each, i) => {
          const prose = scanner.next(each);
          // Behind a comment that ends on the line there may be some.
          if (prose && prose.text.trim() !== '' && without[i + 1] === 1) assert.match(each, /-->/);
        });
      }),
    );
  });
});
