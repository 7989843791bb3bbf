import assert from 'node:assert/strict';
import fc from 'fast-check';
import { matchesGlob } from '../../../src/workspace/globMatch';
import { readLayouts, statedFor } from '../../../src/workspace/layoutSetting';

describe('a pattern of the setting for layouts', () => {
  for (const [glob, path, matches] of [
    ['**/*.tsv', 'a.tsv', true],
    ['**/*.tsv', 'x/y/a.tsv', true],
    ['*.tsv', 'x/a.tsv', false],
    ['ner/**', 'ner/x/a.txt', true],
    ['ner/*', 'ner/x/a.txt', false],
    ['**/{train,dev}.txt', 'x/dev.txt', true],
    ['**/{train,dev}.txt', 'x/test.txt', false],
    ['data/?[a-c].txt', 'data/1b.txt', true],
    ['data/[!a].txt', 'data/a.txt', false],
    ['a.txt', 'a_txt', false],
    ['**', 'any/thing', true],
    ['日本/*', '日本/🙂.txt', true],
    ['日本/?.txt', '日本/🙂.txt', true],
  ] as const) {
    it(`${matches ? 'matches' : 'does not match'} ${path} by ${glob}`, () => {
      assert.equal(matchesGlob(glob, path), matches);
    });
  }

  it('matches in little time, whatever it is', () => {
    const long = 'a'.repeat(2000);
    assert.equal(matchesGlob(`${'*a'.repeat(200)}b`, long), false);
    assert.equal(matchesGlob(`${'**/'.repeat(150)}b`, 'a/'.repeat(1000)), false);
    fc.assert(fc.property(fc.string(), fc.string(), (glob, path) => void matchesGlob(glob, path)));
  });
});

describe('the setting for layouts', () => {
  it('says of a file what its pattern says, later ones over those before', () => {
    const { rules, wrong, leftOut } = readLayouts({
      '**/*.tsv': { columns: ['form', 'pos', 'ner'], delimiter: 'tab', header: true, comment: '' },
      'old/*.tsv': { encoding: 'latin1', scheme: 'BIO', header: false },
    });
    assert.deepEqual([wrong, leftOut], [[], []]);
    assert.equal(statedFor(rules, 'a.txt'), undefined);
    assert.deepEqual(statedFor(rules, 'a.tsv'), {
      columns: ['form', 'pos', 'ner'],
      delimiter: '\t',
      header: true,
      comment: '',
    });
    assert.deepEqual(statedFor(rules, 'old/a.tsv'), {
      columns: ['form', 'pos', 'ner'],
      delimiter: '\t',
      header: false,
      comment: '',
      encoding: 'windows-1252',
      scheme: 'IOB2',
    });
  });

  it('takes null for what is not said', () => {
    assert.deepEqual(readLayouts({ '*.tsv': { header: null, delimiter: ',' } }).rules, [
      { glob: '*.tsv', stated: { delimiter: ',' } },
    ]);
  });

  for (const [layout, field, value] of [
    [{ columns: ['pos', 'ner'] }, 'columns', '["pos","ner"]'],
    [{ columns: 'form ner' }, 'columns', '"form ner"'],
    [{ columns: Array.from({ length: 101 }, () => 'form') }, 'columns', undefined],
    [{ delimiter: 'ab' }, 'delimiter', '"ab"'],
    [{ header: 'yes' }, 'header', '"yes"'],
    [{ comment: 7 }, 'comment', '7'],
    [{ scheme: 'BIOX' }, 'scheme', '"BIOX"'],
    [{ encoding: 'klingon' }, 'encoding', '"klingon"'],
    [{ colums: ['form'] }, undefined, '{"colums":["form"]}'],
    ['tab', undefined, '"tab"'],
  ] as const) {
    it(`leaves out a rule and names what is wrong in it: ${JSON.stringify(layout).slice(0, 60)}`, () => {
      const { rules, wrong } = readLayouts({ '**/*.a': layout, '**/*.b': { header: true } });
      assert.deepEqual(rules, [{ glob: '**/*.b', stated: { header: true } }]);
      assert.equal(wrong.length, 1);
      assert.deepEqual([wrong[0].glob, wrong[0].field], ['**/*.a', field]);
      if (value !== undefined) assert.equal(wrong[0].value, value);
      assert.ok(wrong[0].value.length <= 90);
    });
  }

  it('is bounded: patterns that stand for very many, and very many rules, are left out', () => {
    const braces = `**/${'{a,b}'.repeat(10)}`;
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`${i}.tsv`, { header: true }]));
    assert.deepEqual(
      readLayouts({ [braces]: { header: true } }).leftOut.map(({ fault }) => fault),
      ['braces'],
    );
    assert.equal(readLayouts(many).rules.length, 200);
  });

  it('is read, whatever its value is', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const { rules } = readLayouts(value);
        assert.ok(Array.isArray(rules));
        statedFor(rules, 'a/b.tsv');
      }),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.dictionary(fc.string(), fc.anything())), (value) => {
        statedFor(readLayouts(value).rules, 'a/b.tsv');
      }),
    );
  });
});
