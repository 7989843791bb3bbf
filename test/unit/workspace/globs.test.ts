import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import {
  joinGlobs,
  longestGlob,
  mostAlternativesTogether,
  mostGlobs,
  readGlobs,
} from '../../../src/workspace/globs';
import type { GlobFault } from '../../../src/workspace/globs';

describe('glob patterns', () => {
  it('are combined into one pattern without nested braces', () => {
    assert.equal(joinGlobs([]), undefined);
    assert.equal(joinGlobs(['**/*.conllu']), '**/*.conllu');
    assert.equal(joinGlobs(['**/*.conllu', '**/*.bio']), '{**/*.conllu,**/*.bio}');
    assert.equal(
      joinGlobs(['**/{eng,deu}.{train,test}', '*.x']),
      '{**/eng.train,**/eng.test,**/deu.train,**/deu.test,*.x}',
    );
    assert.equal(joinGlobs(['{a,{b,c}d}']), '{a,bd,cd}');
    assert.equal(joinGlobs(['*.{conllu}']), '*.conllu');
  });

  it('keep commas that are no part of braces, and braces without a partner', () => {
    assert.equal(joinGlobs(['a,b', 'c']), '{a?b,c}');
    assert.equal(joinGlobs(['a}b']), 'a}b');
    assert.equal(joinGlobs(['a{b']), 'a{b');
  });
});

describe('a setting’s list of glob patterns', () => {
  const faultOf = (glob: string): GlobFault | undefined => readGlobs([glob]).leftOut.at(0)?.fault;

  it('is taken as it stands, whatever else is in it left out', () => {
    assert.deepEqual(readGlobs(['**/*.x', '', 3, null, '*.{a,b}']), {
      globs: ['**/*.x', '*.{a,b}'],
      leftOut: [],
    });
    for (const value of [undefined, null, '**', {}, 5])
      assert.deepEqual(readGlobs(value), { globs: [], leftOut: [] });
  });

  // Multiplied out, these would fill the memory or never end.
  it('leaves out a pattern whose braces stand for too many', () => {
    assert.equal(faultOf('{a,b}'.repeat(20)), 'braces');
    assert.equal(faultOf('{a,b}'.repeat(90)), 'braces');
    assert.equal(faultOf('{a,a}'.repeat(90)), 'braces');
    assert.equal(faultOf('{,}'.repeat(160)), 'braces');
    assert.equal(faultOf(`{${'{a,b}'.repeat(40)},c}`), 'braces');
    assert.equal(faultOf(`{${'{a,b}'.repeat(40)}`), 'braces');
    assert.equal(faultOf(`x}${'{a,b}'.repeat(40)}`), 'braces');
    assert.equal(faultOf(`{${'a,'.repeat(150)}b}`), 'braces');
    assert.equal(faultOf(`{${'a,'.repeat(90)}b}`), undefined);
    assert.equal(faultOf('{'.repeat(240) + '}'.repeat(240)), undefined);
  });

  it('leaves out a pattern that is too long, or that takes too long to match', () => {
    assert.equal(faultOf('a'.repeat(longestGlob + 1)), 'length');
    assert.equal(faultOf('a'.repeat(longestGlob)), undefined);
    assert.equal(faultOf(`${'*a'.repeat(20)}b`), 'stars');
    assert.equal(faultOf(`x/${'{*,a}*'.repeat(5)}`), 'stars');
    assert.equal(faultOf(`${'**/'.repeat(20)}b`), 'stars');
    assert.equal(faultOf('**/a/**/b*c/**/*.*'), undefined);
  });

  it('is bounded as a whole: what comes first is taken', () => {
    const many = Array.from({ length: 100_000 }, (_, i) => `${i}.x`);
    const { globs, leftOut } = readGlobs(many);
    assert.deepEqual(globs, many.slice(0, mostGlobs));
    assert.equal(leftOut[0].fault, 'many');
    assert.ok(leftOut.length <= mostGlobs);
    const wide = Array.from({ length: 40 }, (_, i) => `${i}{${'a,'.repeat(49)}b}`);
    assert.equal(readGlobs(wide).globs.length, mostAlternativesTogether / 50);
  });

  it('comes to a bounded number of patterns, whatever it is', () => {
    const glob = fc
      .array(fc.constantFrom('{', '}', ',', 'a', '*', '/', '{a,b}'), { maxLength: 120 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(glob, { maxLength: 20 }), (list) => {
        const { globs, leftOut } = readGlobs(list);
        assert.equal(globs.length + leftOut.length, list.filter((text) => text !== '').length);
        const joined = joinGlobs(globs) ?? '';
        assert.ok(joined.split(',').length <= mostAlternativesTogether, String(joined.length));
      }),
    );
  });

  it('keeps every pattern of the defaults', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
    for (const { properties } of manifest.contributes.configuration)
      for (const [key, { default: value }] of Object.entries<{ default: unknown }>(properties))
        if (/\.(?:in|ex)clude$/.test(key)) assert.deepEqual(readGlobs(value), { globs: value, leftOut: [] });
  });
});
