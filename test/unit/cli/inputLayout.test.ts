import assert from 'node:assert/strict';
import { inputLayout } from '../../../src/cli/inputLayout';
import { readStated } from '../../../src/cli/statedOptions';
import { UsageError } from '../../../src/cli/usageError';
import type { CorpusLayout } from '../../../src/corpus/corpus';

const labels = ['O', 'B-PER', 'B-LOC'];
const layout = (columns: string[], form = columns.indexOf('FORM'), separator = '\t'): CorpusLayout => ({
  kind: 'columns',
  columns,
  form,
  separator,
});
const columnsOf = (text: string, trained: CorpusLayout, column = 'LABEL'): readonly string[] | string => {
  const found = inputLayout('(stdin)', text, { layout: trained, column, labels });
  return found === 'tokens' ? found : found.columns;
};

describe('input of tag', () => {
  const labelFirst = layout(['LABEL', 'FORM']);
  const numbered = layout(['ID', 'FORM', 'TAG', 'COLUMN4', 'ANNOTATOR']);
  const two = layout(['FORM', 'LABEL']);

  it('is read as the model’s corpus is, with the label or without', () => {
    assert.deepEqual(columnsOf('B-PER\tAnna\nO\tsees\n', labelFirst), ['LABEL', 'FORM']);
    assert.deepEqual(columnsOf('Anna\nsees\n', labelFirst), ['FORM']);
    assert.deepEqual(columnsOf('Anna\tB-PER\nsees\tO\n', two), ['FORM', 'LABEL']);
    const three = layout(['FORM', 'POS', 'LABEL']);
    assert.deepEqual(columnsOf('Anna\tNNP\nsees\tVBZ\n', three), ['FORM', 'POS']);
  });

  it('is numbered where the model’s corpus is', () => {
    assert.deepEqual(columnsOf('1\tAnna\n2\tsees\n3\tOslo\n', numbered, 'TAG'), ['ID', 'FORM']);
    assert.deepEqual(columnsOf('Anna\nsees\n', numbered, 'TAG'), ['FORM']);
  });

  it('has words with spaces where tabs part the columns of the corpus', () => {
    assert.deepEqual(columnsOf('New York\nis\nvery big\n', two), ['FORM']);
    assert.equal(columnsOf('Anna x\nsees y\nOslo z\n', two), 'tokens');
  });

  it('may be parted by spaces though the corpus is by tabs', () => {
    const found = inputLayout('(stdin)', 'Anna B-PER\nsees O\n', { layout: two, column: 'LABEL', labels });
    assert.deepEqual(found, { ...two, separator: ' ' });
  });

  it('is CoNLL-U where it is', () =>
    assert.deepEqual(columnsOf('1\tAnna\t_\tX\t_\t_\t_\t_\t_\t_\n', two).length, 10));

  it('may begin with comments and documents', () =>
    assert.deepEqual(columnsOf('-DOCSTART-\n\n# sent_id = 1\n', two), ['FORM']));
});

describe('options that say how rows are laid out', () => {
  it('are read', () => {
    assert.equal(readStated({}), undefined);
    assert.deepEqual(
      readStated({
        columns: 'id form _ ner',
        delimiter: 'tab',
        header: 'no',
        comment: '%%',
        scheme: 'bilou',
        encoding: 'latin1',
      }),
      {
        columns: ['id', 'form', '_', 'ner'],
        delimiter: '\t',
        header: false,
        comment: '%%',
        scheme: 'IOBES',
        encoding: 'windows-1252',
      },
    );
  });

  for (const [option, text] of [
    ['columns', 'id pos ner'],
    ['delimiter', 'ab'],
    ['delimiter', 'a'],
    ['header', 'maybe'],
    ['scheme', 'XYZ'],
    ['encoding', 'klingon'],
  ] as const) {
    it(`are refused by name: --${option} ${text}`, () =>
      assert.throws(
        () => readStated({ [option]: text }),
        (error) => error instanceof UsageError && error.message.startsWith(`--${option} takes `),
      ));
  }
});
