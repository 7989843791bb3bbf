import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inputLayout } from '../../../../src/cli/inputLayout';
import { formatOf, isCorpusFileName } from '../../../../src/corpus/formats';
import { detectLayout } from '../../../../src/corpus/formats/detect';
import { parseLayout } from '../../../../src/corpus/formats/layout';
import { readCorpusFile } from '../../../../src/corpus/formats/read';
import { labelsOf, wordsInPlace } from './wholeFile';

const weibo =
  '科0\tO\n技1\tO\n全0\tB-ORG.NAM\n方1\tI-ORG.NAM\n位2\tI-ORG.NAM\na0\tO\n20\tO\n01\tO\n𠀀10\tO\n\n'.repeat(
    3,
  );

describe('Characters with their positions behind them', () => {
  const file = readCorpusFile('f', 'train.conll', weibo);

  it('are read without these, each at its place', () => {
    assert.deepEqual(labelsOf(file, 'FORM').slice(0, 9), [...'科技全方位a20𠀀']);
    assert.deepEqual(wordsInPlace(weibo, file), labelsOf(file, 'FORM'));
    assert.deepEqual(parseLayout({ ...file.layout }), file.layout);
  });

  it('keep them where labels are written', () => {
    const labels = labelsOf(file, 'LABEL');
    const { writeLabels } = formatOf(file.layout);
    assert.equal(writeLabels(weibo, file, 'LABEL', labels), weibo);
    assert.ok(
      writeLabels(
        weibo,
        file,
        'LABEL',
        labels.map(() => 'X'),
      ).startsWith('科0\tX\n技1\tX\n'),
    );
    assert.ok(writeLabels(weibo, file, undefined, labels).startsWith('科0\tO\tO\n'));
  });

  it('are such only where all rows are so written, in a script without spaces', () => {
    const isNumbered = (text: string): boolean => detectLayout('a.conll', text)?.positionDigits ?? false;
    assert.equal(isNumbered(weibo), true);
    assert.equal(isNumbered(weibo.replace('技1', '技')), false);
    assert.equal(isNumbered('a0\tO\nb1\tB-X\nc2\tO\n\nd0\tO\ne1\tB-X\n\n'), false);
    assert.equal(isNumbered(weibo.replaceAll(/\d+\t/g, '\t')), false);
  });

  it('are such for tag where its input is, with labels or without', () => {
    const model = { layout: file.layout, column: 'LABEL', labels: ['O', 'B-ORG.NAM', 'I-ORG.NAM'] };
    for (const text of ['科0\tO\n技1\tO\n', '科0\n技1\n']) {
      const layout = inputLayout('(stdin)', text, model);
      assert.ok(layout !== 'tokens' && layout.positionDigits, text);
      assert.deepEqual(labelsOf(readCorpusFile('f', 'f', text, layout), 'FORM'), ['科', '技']);
    }
    const plain = inputLayout('(stdin)', '科\tO\n技\tO\n', model);
    assert.ok(plain !== 'tokens' && !plain.positionDigits);
  });

  it('round trip to the byte, whatever the characters are', () => {
    const row = fc
      .tuple(fc.constantFrom('科', '技', '𠀀', 'é', 'a', '7', '。'), fc.nat(12), fc.constantFrom('O', 'B-X'))
      .map(([character, at, label]) => `${character}${at}\t${label}`);
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 20 }),
        fc.constantFrom('\n', '\r\n'),
        (rows, end) => {
          const text = rows.join(end);
          const read = readCorpusFile('f', 'f', text, file.layout);
          assert.equal(read.tokens, rows.length);
          for (const column of ['FORM', 'LABEL'])
            assert.equal(formatOf(read.layout).writeLabels(text, read, column, labelsOf(read, column)), text);
        },
      ),
    );
  });
});

describe('A .cupt file', () => {
  it('is found by its name, and is CoNLL-U Plus with the columns that it names', () => {
    assert.ok(isCorpusFileName('train.cupt'));
    const text =
      '# global.columns = ID FORM UPOS PARSEME:MWE\n1\tgave\tVERB\t1:VPC.full\n2\tup\tADP\t1\n3\t.\tPUNCT\t*\n\n';
    const file = readCorpusFile('f', 'd/train.cupt', text);
    assert.deepEqual([file.layout.kind, file.layout.columns.at(-1)], ['conllu', 'PARSEME:MWE']);
    assert.deepEqual(labelsOf(file, 'PARSEME:MWE'), ['1:VPC.full', '1', '*']);
  });
});
