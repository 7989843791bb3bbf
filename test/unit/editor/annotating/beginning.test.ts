import assert from 'node:assert/strict';
import { enoughLabels, hintText } from '../../../../src/editor/statusText';
import { english } from '../english';

describe('labelling that has just begun', () => {
  it('is led on by the status bar: to label words, how many more, and to train', () => {
    const hint = (labels?: number): [string, string] => {
      const beginning =
        labels === undefined
          ? ({ kind: 'nothing labelled' } as const)
          : ({ kind: 'labelled', labels } as const);
      const { text, command } = hintText(beginning, 'Ctrl+Alt+L', english);
      return [text, command];
    };
    assert.deepEqual(hint(), [
      '$(tag) RNN Tagger: select words and press Ctrl+Alt+L to label them',
      'rnnTagger.labelSelection',
    ]);
    assert.deepEqual(hint(1), [
      `$(tag) RNN Tagger: 1 label, ${enoughLabels - 1} more to train a model`,
      'rnnTagger.labelSelection',
    ]);
    assert.deepEqual(hint(enoughLabels), [
      `$(play) RNN Tagger: ${enoughLabels} labels: train a model now`,
      'rnnTagger.train',
    ]);
  });
});
