import assert from 'node:assert/strict';
import { markdownCode } from '../../../../src/editor/labels/markdownCode';
import { linesOf } from './documents';

/** Each line with a mark, `-` where it is left out. */
const check = (marked: readonly string[]): void => {
  const expected = marked.map((line) => (line.startsWith('-') ? 1 : 0));
  assert.deepEqual([...markdownCode(linesOf(marked.map((line) => line.slice(1)).join('\n')))], expected);
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
