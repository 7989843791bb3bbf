import assert from 'node:assert/strict';
import { nextVersion, releasedChangelog, unreleased, withVersion } from '../../../tools/release/changes.mjs';

const changelog = '# Changelog\n\n## Unreleased\n\n- New.\n\n## 0.1.0\n\n- Old.\n';

describe('a release', () => {
  it('takes the next major, minor or patch version, or the one that is named', () => {
    assert.equal(nextVersion('1.2.3', 'patch'), '1.2.4');
    assert.equal(nextVersion('1.2.3', 'minor'), '1.3.0');
    assert.equal(nextVersion('1.2.3', 'major'), '2.0.0');
    assert.equal(nextVersion('1.2.3', '1.10.0'), '1.10.0');
  });

  it('refuses a version that is none, and one that is not above the current one', () => {
    for (const wanted of ['', 'next', 'v2.0.0', '2.0', '2.0.0-beta'])
      assert.throws(() => nextVersion('1.2.3', wanted), /is no version/, wanted);
    for (const wanted of ['1.2.3', '1.2.2', '1.1.9', '0.9.9'])
      assert.throws(() => nextVersion('1.2.3', wanted), /is not above 1\.2\.3/, wanted);
  });

  it('moves what was unreleased under the version and its date', () => {
    assert.equal(unreleased(changelog), '- New.');
    assert.equal(
      releasedChangelog(changelog, '0.2.0', '2026-01-31'),
      '# Changelog\n\n## Unreleased\n\n## 0.2.0 (2026-01-31)\n\n- New.\n\n## 0.1.0\n\n- Old.\n',
    );
  });

  it('refuses a changelog that says nothing of what is new', () => {
    assert.throws(() => unreleased('# Changelog\n\n## 0.1.0\n\n- Old.\n'), /no section/);
    assert.throws(() => unreleased(releasedChangelog(changelog, '0.2.0', '2026-01-31')), /says nothing/);
  });

  it('changes the project’s version in its manifests and no other version', () => {
    const manifest = JSON.stringify({ name: 'x', version: '0.1.0', engines: { vscode: '0.1.0' } }, null, 2);
    assert.deepEqual(JSON.parse(withVersion(manifest, '0.1.0', '0.2.0')), {
      name: 'x',
      version: '0.2.0',
      engines: { vscode: '0.1.0' },
    });
    const packages = { '': { version: '0.1.0' }, 'node_modules/y': { version: '0.1.0' } };
    const lock = JSON.stringify({ version: '0.1.0', packages }, null, 2);
    assert.deepEqual(JSON.parse(withVersion(lock, '0.1.0', '0.2.0')), {
      version: '0.2.0',
      packages: { '': { version: '0.2.0' }, 'node_modules/y': { version: '0.1.0' } },
    });
  });
});
