import assert from 'node:assert/strict';
import { CorpusFileBuilder } from '../../../../../src/corpus/formats/corpusFileBuilder';
import { rowFormat } from '../../../../../src/corpus/formats/rows/rowFormat';
import { FileSample } from '../../../../../src/corpus/formats/rows/sample';
import { ProblemList } from '../../../../../src/corpus/problems';
import { problemsOf, sentencesOf } from '../../sources';

/** As little as a row format may say of itself: that of the shared task of 2009, some columns left out. */
const format = rowFormat({
  id: 'conll09',
  description: 'CoNLL-2009',
  endings: ['conll09'],
  columns: ['ID', 'FORM', 'PLEMMA', 'PPOS'],
});
const layout = { kind: 'conll09', columns: ['ID', 'FORM', 'PLEMMA', 'PPOS'], form: 1, separator: '\t' };

describe('a row format that says no more than its columns', () => {
  it('takes the files that are named as its own, and no others', () => {
    const sample = new FileSample('1\tRita\tRita\tNNP\n');
    assert.deepEqual(format.sniff(sample, 'named'), layout);
    assert.equal(format.sniff(sample, 'rows'), undefined);
    assert.equal(format.sniff(sample, 'nothing'), undefined);
  });

  it('reads words, comments and numbers, and writes labels', () => {
    const itsLayout = format.sniff(new FileSample(''), 'named');
    assert.ok(itsLayout);
    const text = '# a comment\n1\tRita\tRita\tNNP\n2\truns\trun\tVBZ\n\n2\tTom\tTom\tNNP\nbad\n';
    const problems = new ProblemList('f');
    const builder = new CorpusFileBuilder('f', itsLayout, [1, 3]);
    format.read(text, itsLayout, builder, problems);
    const file = builder.finish(problems);
    assert.deepEqual(sentencesOf(file, 'FORM'), [['Rita', 'runs'], ['Tom']]);
    assert.deepEqual(sentencesOf(file, 'PPOS'), [['NNP', 'VBZ'], ['NNP']]);
    assert.deepEqual(problemsOf(file), ['5 id-out-of-order', '6 too-few-columns']);
    assert.equal(
      format.writeLabels(text, file, 'PPOS', ['A', 'B', 'C']),
      text.replace('NNP', 'A').replace('VBZ', 'B').replace('NNP', 'C'),
    );
  });

  it('tells its files from those of other formats by the names of columns', () =>
    assert.equal(
      format.signature(format.sniff(new FileSample(''), 'named')!),
      'conll09:ID,FORM,PLEMMA,PPOS',
    ));
});
