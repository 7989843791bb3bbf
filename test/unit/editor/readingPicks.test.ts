import assert from 'node:assert/strict';
import { questionText, readingText, withAnswer } from '../../../src/editor/readingPicks';
import type { Reading } from '../../../src/engine/openQuestions';
import { readLayouts, statedFor } from '../../../src/workspace/layoutSetting';
import { english } from './english';

const reading = (stated: Reading['stated']): Reading => ({
  stated,
  form: 1,
  columns: ['COLUMN1', 'FORM', 'LABEL'],
  sentences: ['Rita/B-PER lives/O', 'Tom/B-PER $(gear)/O', 'Ada/B-PER Berg/I-PER left/O Redwood/B-ORG'],
});

describe('readings of a file', () => {
  it('are shown with the beginnings of sentences, in which nothing is drawn as an icon', () => {
    assert.deepEqual(readingText(reading({ columns: ['_', 'form', 'LABEL'] }), english), {
      label: 'Column 2',
      description: '_ word LABEL',
      detail: 'Rita/B-PER lives/O · Tom/B-PER \\$(gear)/O · Ada/B-PER Berg/I-PER …',
    });
    const labels = (...all: Reading['stated'][]): string[] =>
      all.map((stated) => readingText(reading(stated), english).label);
    assert.deepEqual(labels({ header: true }, { header: false }), ['Yes', 'No']);
    assert.deepEqual(labels({ scheme: 'IO' }, { scheme: 'none' }), ['Spans', 'Tags']);
    assert.deepEqual(labels({ delimiter: '\t' }, { delimiter: ' ' }), ['Tabs', 'Spaces']);
    assert.equal(questionText('word', 'a.txt', english), 'Which column of a.txt holds the words?');
  });

  it('are written behind what the setting says already, so that they hold', () => {
    const before = { 'a.txt': { comment: '%' }, '*.txt': { header: true } };
    const after = withAnswer(before, ['a.txt', 'b.txt'], { header: false, delimiter: '\t' });
    assert.deepEqual(Object.entries(after), [
      ['*.txt', { header: true }],
      ['a.txt', { comment: '%', header: false, delimiter: 'tab' }],
      ['b.txt', { header: false, delimiter: 'tab' }],
    ]);
    const { rules, wrong } = readLayouts(after);
    assert.deepEqual(wrong, []);
    assert.deepEqual(statedFor(rules, 'b.txt'), { header: false, delimiter: '\t' });
  });
});
