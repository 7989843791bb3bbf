import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isDeleted } from '../../../src/workspace/deletions';

describe('deleted files', () => {
  it('are the files that were deleted and those in folders that were', () => {
    const deleted = new Set(['file:///w/a', 'file:///w/b/x.conllu']);
    const files = [
      'file:///w/a/x.conllu',
      'file:///w/a/deep/er/x.conllu',
      'file:///w/b/x.conllu',
      'file:///w/b/y.conllu',
      'file:///w/ab/x.conllu',
      'file:///w/a.conllu',
    ];
    assert.deepEqual(
      files.map((file) => isDeleted(file, deleted)),
      [true, true, true, false, false, false],
    );
    assert.equal(isDeleted('file:///w/a', new Set()), false);
  });

  it('are the same as found by comparing with each deletion', () => {
    const path = fc
      .array(fc.constantFrom('a', 'b', 'ab', '%20'), { minLength: 1, maxLength: 4 })
      .map((names) => `file:///${names.join('/')}`);
    fc.assert(
      fc.property(path, fc.array(path, { maxLength: 4 }), (file, deleted) => {
        assert.equal(
          isDeleted(file, new Set(deleted)),
          deleted.some((uri) => file === uri || file.startsWith(`${uri}/`)),
        );
      }),
    );
  });
});
