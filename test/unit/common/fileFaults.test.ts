import assert from 'node:assert/strict';
import { fileFault } from '../../../src/common/fileFaults';

describe('A fault of the file system', () => {
  it('is told in a sentence where it is known, and else as it was', () => {
    const fault = (code: string) => Object.assign(new Error(`${code}: low-level words, write`), { code });
    assert.deepEqual(
      ['ENOSPC', 'EACCES', 'EROFS', 'EODD'].map((code) => fileFault(fault(code))),
      ['The disk is full.', 'No permission.', 'The disk is read-only.', 'EODD: low-level words, write'],
    );
    assert.deepEqual([fileFault(new Error('plain')), fileFault('thrown')], ['plain', 'thrown']);
  });
});
