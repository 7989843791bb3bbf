import assert from 'node:assert/strict';
import type { CorpusLayout, LabelColumn } from '../../../../src/corpus/corpus';
import { fieldAt } from '../../../../src/corpus/fieldAt';
import { conlluLayout } from '../../../../src/corpus/formats/conllu';
import { fieldText } from '../../../../src/editor/labels/fieldText';
import { english } from '../english';

function textAt(
  row: string,
  layout: CorpusLayout,
  name: string,
  labels: LabelColumn[] = [],
  learned?: string,
): string {
  const index = layout.columns.indexOf(name);
  const column = row.split('\t').slice(0, index).join('\t').length + (index === 0 ? 0 : 1);
  const field = fieldAt(row, layout, column);
  assert.equal(field?.index, index);
  return fieldText(field, { layout, labels, learned }, english).replaceAll('\\', '');
}

const row = '1\tCats\tcat\tNOUN\tNN\tNumber=Plur\t2\tnsubj\t_\t_';
const treebank = conlluLayout('');
const upos: LabelColumn = { name: 'UPOS', labels: [], scheme: 'none' };
const xpos: LabelColumn = { name: 'XPOS', labels: [], scheme: 'none' };
const columns: CorpusLayout = { kind: 'columns', columns: ['FORM', 'POS', 'NER'], form: 0, separator: '\t' };
const ner: LabelColumn = { name: 'NER', labels: [], scheme: 'IOB2' };

describe('What a hover says of a field', () => {
  it('is the name of its column, its value, and what stands there', () => {
    assert.equal(textAt(row, treebank, 'FORM'), '**FORM**: Cats\n\nthe word');
    assert.equal(
      textAt(row, treebank, 'HEAD'),
      '**HEAD**: 2\n\nthe number of the word that it depends on, 0 for none',
    );
    assert.equal(textAt('a\tNN\tO', columns, 'POS'), '**POS**: NN');
  });

  it('says which column is learned, can be, and is not', () => {
    const at = (name: string, learned?: string): string => textAt(row, treebank, name, [upos, xpos], learned);
    assert.match(at('UPOS'), /^\*\*UPOS\*\*: NOUN\n\n.*; a label column, learned where no other is chosen$/);
    assert.match(at('XPOS'), /a label column that can be learned$/);
    assert.match(at('XPOS', 'XPOS'), /the label column that the model has learned$/);
    assert.match(at('MISC'), /notes; not learned$/);
    assert.doesNotMatch(at('FORM'), /learned/);
  });

  it('says what a label means where labels mark spans', () => {
    const of = (label: string, scheme: LabelColumn['scheme']): string =>
      textAt(`a\tNN\t${label}`, columns, 'NER', [{ ...ner, scheme }]).split('\n\n')[2];
    assert.equal(of('B-PER', 'IOB2'), 'Begins a span PER');
    assert.equal(of('I-PER', 'IOB2'), 'Goes on with a span PER');
    assert.equal(of('O', 'IOB2'), 'In no span');
    assert.equal(of('PER-S', 'IOBES suffix'), 'Is a span PER');
    assert.equal(of('M', 'IOBES'), 'Goes on with a span');
    assert.equal(of('PER', 'IO'), 'In a span PER');
    assert.equal(of('NOUN', 'none'), undefined);
  });

  it('takes values as data', () => {
    const field = { index: 2, value: '[x](command:y)\u202e', startColumn: 0, endColumn: 1 };
    const text = fieldText(field, { layout: columns, labels: [] }, english);
    assert.equal(text, '**NER**: \\[x\\]\\(command\\:y\\)‹U\\+202E›');
  });
});
