import assert from 'node:assert/strict';
import { entitiesOfConf } from '../../../../src/corpus/formats/annotationConf';

describe('annotation.conf', () => {
  it('says which types spans have, in its order, below headings and beside other sections', () => {
    const text = [
      '# types',
      '[entities]',
      'Person',
      '!Place',
      '\tCity',
      '\tCountry\t',
      '---------',
      'Person',
      '__proto__',
      '[relations]',
      'Lives-in\tArg1:Person, Arg2:City',
      '[events]',
      'Meet\tWho:Person',
    ];
    for (const end of ['\n', '\r\n'])
      assert.deepEqual(entitiesOfConf(text.join(end)), ['Person', 'City', 'Country', '__proto__']);
    assert.deepEqual(entitiesOfConf('Person\n'), []);
  });
});
