import assert from 'node:assert/strict';
import fc from 'fast-check';
import { beginningOf, firstText, isAboutFolder } from '../../../../src/editor/gettingStarted/beginning';

const nothing = { corpora: 0, labelledTexts: 0, likelyCorpora: 0, texts: 0 };

describe('the beginning that a workspace is', () => {
  it('is annotated text where there is a corpus, but for texts that are labelled in the editor', () => {
    assert.equal(beginningOf({ ...nothing, corpora: 2, labelledTexts: 1, texts: 9 }), 'annotated');
    assert.equal(beginningOf({ ...nothing, corpora: 1, labelledTexts: 1, texts: 9 }), 'text');
  });

  it('is a corpus from elsewhere where a file reads like one, and plain text where there is nothing else', () => {
    assert.equal(beginningOf({ ...nothing, likelyCorpora: 1, texts: 9 }), 'otherCorpus');
    assert.equal(beginningOf({ ...nothing, texts: 1 }), 'text');
    assert.equal(beginningOf(nothing), undefined);
  });
});

describe('the text to begin with', () => {
  it('is the one highest up, and none that tells about the folder', () => {
    assert.equal(firstText(['/w/a/b.txt', '/w/z.md', '/w/README.md', '/w/LICENSE.txt']), '/w/z.md');
    assert.equal(firstText(['/w/README.md', '/w/licence.txt', '/w/CHANGELOG.md']), undefined);
    assert.ok(!isAboutFolder('/w/readmore.txt') && !isAboutFolder('/licence/a.txt'));
  });

  it('is the same in whatever order files are found', () => {
    const path = fc.array(fc.constantFrom('a', 'b', 'README', 'c'), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.uniqueArray(path, { selector: (parts) => parts.join('/') }), (all) => {
        const paths = all.map((parts) => `/${parts.join('/')}.txt`);
        const first = firstText(paths);
        assert.equal(firstText([...paths].reverse()), first);
        if (first !== undefined) assert.ok(!isAboutFolder(first));
        else assert.ok(paths.every(isAboutFolder));
      }),
    );
  });
});
