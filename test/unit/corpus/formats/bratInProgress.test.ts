import assert from 'node:assert/strict';
import { bratLayout } from '../../../../src/corpus/formats/brat';
import { addSpans, placesLike, snapToTokens, withEdits } from '../../../../src/corpus/formats/bratEdits';
import { readCorpusFile } from '../../../../src/corpus/formats/read';

/** Sentences of which some hold a label, `x`, and what of them is learned while the text is in progress. */
function learned(sentences: string): string {
  const text = [...sentences].map((mark, i) => `This is the ${mark}${i} of it.`).join('\n\n');
  const spans = [...text.matchAll(/x\d+/g)].map(({ 0: word, index }) => ({
    start: index,
    end: index + word.length,
    type: 'X',
  }));
  const annotations = withEdits('', addSpans(text, '', spans));
  const companion = { file: 'a.ann', text: annotations, inProgress: true };
  const file = readCorpusFile('a.txt', 'a.txt', text, bratLayout, companion);
  const words = Array.from(file.columns[0].ids, (id) => file.columns[0].values[id]);
  return words
    .filter((word) => /^[xo]\d+$/.test(word))
    .map((word) => word[0])
    .join('');
}

describe('a text that is being labelled', () => {
  it('is learned up to where it is labelled: sentences with labels, and the few between them', () => {
    assert.equal(learned('oxooo'), 'x');
    assert.equal(learned('xoxoooxoooooo'), 'xoxooox');
    assert.equal(learned('xoooox'), 'xx');
    assert.equal(learned('ooo'), '');
  });

  it('is read as Markdown where its name says so', () => {
    const text = '# Anna\n\n```\nAnna = 1\n```\n\nSee [Anna](Anna.md) now.\n';
    const wanted = (markdown: boolean): number => placesLike(text, 'Anna', [], markdown).length;
    assert.ok(wanted(true) < wanted(false));
    const code = text.indexOf('Anna = 1');
    assert.deepEqual(snapToTokens(text, [{ start: code, end: code + 4 }], true), []);
    const words = (file: string): string[] => {
      const read = readCorpusFile('a', 'a', text, bratLayout, { file, text: 'T1\tPER 2 6\tAnna\n' });
      return Array.from(read.columns[0].ids, (id) => read.columns[0].values[id]);
    };
    assert.deepEqual(words('a.md.ann'), ['Anna', 'See', 'Anna', 'now', '.']);
    assert.ok(words('a.ann').includes('#'));
  });
});
