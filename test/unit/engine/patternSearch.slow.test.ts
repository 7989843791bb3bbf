import assert from 'node:assert/strict';
import path from 'node:path';
import { createNodeEngine } from '../../../src/engine/node/nodeEngine';
import { PatternError, PatternSearch } from '../../../src/engine/patternSearch';
import type { PatternFault } from '../../../src/engine/patternSearch';

const engine = createNodeEngine({ distFolder: path.resolve('dist'), threads: 1 });

const withFault =
  (fault: PatternFault) =>
  (error: unknown): boolean =>
    error instanceof PatternError && error.fault === fault;

describe('The search for what a regular expression matches', function () {
  this.timeout(600_000);

  const searching = async <T>(
    pattern: string,
    use: (search: PatternSearch) => Promise<T>,
    limit?: number,
  ): Promise<T> => {
    const search = new PatternSearch(() => engine.createReader(), pattern, limit);
    try {
      return await use(search);
    } finally {
      search.dispose();
    }
  };

  it('finds all texts that match, each as a whole, in many parts and again', () =>
    searching('^new york$|🙂.x$|^a*b$', async (search) => {
      const texts = Array.from({ length: 1_700 }, (_, i) => `word ${i}`);
      const long = `${'a'.repeat(1_000_000)}b`;
      const wanted = ['new york', 'and 🙂🙂x', long];
      assert.deepEqual([...(await search.matching([...texts, ...wanted, 'New York']))], wanted);
      assert.deepEqual([...(await search.matching(['new york', 'b', 'word 1']))], ['new york', 'b']);
      assert.deepEqual([...(await search.matching([]))], []);
    }));

  for (const pattern of ['(a+)+$', '(a|aa)+$', '^(.*?,){30}P', '(?:a*)*b'])
    it(`ends where it takes too long: ${pattern}`, async () => {
      const texts = ['a'.repeat(50_000).concat('!'), `${'1,'.repeat(40)}!`];
      await assert.rejects(
        searching(pattern, (search) => search.matching(texts), 500),
        withFault('slow'),
      );
    });

  it('tells what is no regular expression', async () => {
    for (const pattern of ['(', '[z-a]', '\\p{Nothing}', '*'])
      await assert.rejects(
        searching(pattern, (search) => search.matching(['x'.repeat(10)])),
        withFault('invalid'),
        pattern,
      );
  });

  it('ends at once when it is disposed of', async () => {
    const search = new PatternSearch(() => engine.createReader(), '(a+)+$');
    const found = search.matching(['a'.repeat(100).concat('!')]);
    search.dispose();
    await assert.rejects(found, withFault('ended'));
  });
});
