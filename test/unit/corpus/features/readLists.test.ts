import assert from 'node:assert/strict';
import fc from 'fast-check';
import { oneHotTemplates } from '../../../../src/corpus/features/lists';
import type { FeatureLists } from '../../../../src/corpus/features/lists';
import { readFeatureLists } from '../../../../src/corpus/features/readLists';
import { anySentences, anyTemplates, listsOf } from './text';

const fail = (what: string): never => {
  throw new Error(what);
};
const read = (json: unknown): FeatureLists => readFeatureLists(json, fail);

const sound = {
  templates: [
    { attribute: 'word', offset: 0 },
    { attribute: 'word', offset: 1 },
    { attribute: 'pair', offset: -1 },
  ],
  attributes: [
    { name: 'word', values: ['a', 'b'] },
    { name: 'pair', values: ['a\nb'] },
  ],
  oneHot: false,
};
const oneHot = {
  templates: oneHotTemplates,
  attributes: [{ name: 'word', values: ['<unknown>', 'a', '<unknown>'] }],
  oneHot: true,
};

describe('features in a model file', () => {
  it('come back as they were, for any text', () => {
    fc.assert(
      fc.property(anyTemplates, anySentences, (templates, sentences) => {
        for (const lists of [listsOf(sentences, templates), listsOf(sentences, oneHotTemplates, true)]) {
          assert.deepEqual(read(JSON.parse(JSON.stringify(lists))), lists);
        }
      }),
    );
  });

  it('may be one-hot, with a word that is written like the unknown one', () => {
    assert.deepEqual(read(oneHot), oneHot);
  });

  const damage: readonly (readonly [json: unknown, reason: RegExp])[] = [
    [null, /features are no object/],
    [[], /features are no object/],
    [{ ...sound, oneHot: 'no' }, /whether they are one-hot/],
    [{ ...sound, templates: [] }, /no templates/],
    [{ ...sound, templates: 7 }, /no templates/],
    [{ ...sound, templates: [null] }, /templates is no object/],
    [{ ...sound, templates: [{ attribute: 'smell', offset: 0 }] }, /no feature smell; a newer version/],
    [{ ...sound, templates: [{ offset: 0 }] }, /no feature undefined/],
    [{ ...sound, templates: [{ attribute: 'word', offset: 0.5 }] }, /word has no sound offset/],
    [{ ...sound, templates: [{ attribute: 'word', offset: 1e9 }] }, /word has no sound offset/],
    [{ ...sound, templates: [...sound.templates, sound.templates[0]] }, /template stands twice/],
    [{ ...sound, templates: sound.templates.slice(0, 2) }, /not those of the templates/],
    [{ ...sound, attributes: undefined }, /no attributes/],
    [{ ...sound, attributes: [7] }, /attributes is no object/],
    [{ ...sound, attributes: [{ values: [] }] }, /has no name/],
    [{ ...sound, attributes: [{ name: 'word' }] }, /word are no list of strings/],
    [{ ...sound, attributes: [{ name: 'word', values: ['a', 7] }] }, /word are no list of strings/],
    [{ ...sound, attributes: [{ name: 'word', values: ['a', 'a'] }] }, /word stands twice/],
    [{ ...sound, attributes: sound.attributes.slice(0, 1) }, /pair has no values/],
    [{ ...sound, attributes: [...sound.attributes, sound.attributes[0]] }, /not those of the templates/],
    [{ ...oneHot, attributes: [{ name: 'word', values: [] }] }, /vocabulary is empty/],
    [{ ...oneHot, templates: [{ attribute: 'word', offset: 1 }] }, /not the word alone/],
    [{ ...sound, oneHot: true }, /not the word alone/],
  ];
  damage.forEach(([json, reason], i) =>
    it(`is refused where damaged (${i + 1}): ${reason.source}`, () =>
      assert.throws(() => read(json), reason)),
  );
});
