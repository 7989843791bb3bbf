import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isPunctuation, labelStyles, nextStyle, readStyle } from '../../../../src/editor/labels/labelStyle';

describe('The styles of labels', () => {
  it('are those of the setting, in its order', () => {
    const { contributes } = JSON.parse(readFileSync('package.json', 'utf8'));
    const properties = Object.assign(
      {},
      ...contributes.configuration.map((section: { properties: object }) => section.properties),
    );
    assert.deepEqual(properties['rnnTagger.labels.style'].enum, labelStyles);
    assert.equal(properties['rnnTagger.labels.style'].default, readStyle(undefined));
  });

  it('come round when one steps through them', () => {
    const met = labelStyles.map(() => '');
    let style = readStyle('automatic');
    for (let i = 0; i < met.length; i++) met[i] = style = nextStyle(style);
    assert.deepEqual([...met].sort(), [...labelStyles].sort());
    assert.equal(style, 'automatic');
  });

  it('are read from whatever a setting may hold', () => {
    assert.equal(readStyle('doubtful'), 'doubtful');
    for (const value of [undefined, null, 3, {}, 'Doubtful', 'toString'])
      assert.equal(readStyle(value), 'automatic');
  });
});

describe('Punctuation', () => {
  it('is words of punctuation alone, in any script', () => {
    for (const word of ['.', '...', '«', '。', '—', '?!']) assert.ok(isPunctuation(word), word);
    for (const word of ['', '&', '%', '@', 'a.', '$', '😀', '3']) assert.ok(!isPunctuation(word), word);
  });
});
