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

  it('ends a code span at the next run of as many backticks', () => {
    const prose = (text: string): string | undefined => new MarkdownScanner(0).next(text)?.text;
    assert.equal(prose('a `b``c` d'), 'a        d');
    assert.equal(prose('a ``b`c`` d'), 'a         d');
    assert.equal(prose('a ``b` c'), 'a   b  c');
    assert.equal(prose('`a` b `c'), '    b  c');
    assert.equal(prose('`a`` b'), ' a   b');
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

describe('Markdown that takes long to read', () => {
  const read = (text: string): void => {
    linesWithoutText(linesOf(text));
    const scanner = new MarkdownScanner(0);
    for (const line of text.split('\n')) scanner.next(line);
  };
  /** Runs of backticks, each shorter by one than the run before it. */
  const fallingRuns = (longest: number): string =>
    Array.from({ length: longest }, (_, i) => '`'.repeat(longest - i)).join('x');
  const hostile: Readonly<Record<string, string>> = {
    'a comment with many backticks and letters': `<!-- x${'`'.repeat(1_000_000)}${'a'.repeat(1_000_000)}`,
    'many backticks and letters': `<!---->${'`'.repeat(1_000_000)}${'a'.repeat(1_000_000)}`,
    'a run of backticks and others a little shorter': `<!---->${'`'.repeat(1_000_000)}x${`${'`'.repeat(999_999)}x`.repeat(4)}`,
    'runs of backticks of all lengths': `<!---->x${fallingRuns(2_500)}`,
    'many lines of spaces and dashes': `${' '.repeat(500)}${'-'.repeat(499)}x\n`.repeat(2_000),
    'many lines of quote marks and spaces': `${'> '.repeat(250)}${' '.repeat(500)}x\n`.repeat(2_000),
    'very many spaces': `${' '.repeat(2_000_000)}x`,
  };
  for (const [what, text] of Object.entries(hostile)) {
    it(`is read in linear time: ${what}`, function () {
      this.timeout(60_000);
      read(text);
    });
  }
});
