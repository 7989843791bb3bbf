import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { noticesOf } from '../../../tools/build/notices.mjs';

describe('the licences of what is bundled', () => {
  const root = process.cwd();
  const licenceOf = (folder: string): string =>
    readFileSync(path.join('node_modules', folder, 'LICENSE'), 'utf8').trim();

  it('are in the file that ships, whole, with the parts of gpu.js and what is compiled into the kernels', () => {
    const shipped = readFileSync('dist/ThirdPartyNotices.txt', 'utf8');
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    const parts = ['gpu-mock.js', 'gpu.js/node_modules/acorn', 'assemblyscript'];
    for (const folder of [...Object.keys(dependencies), ...parts])
      assert.ok(shipped.includes(licenceOf(folder)), folder);
    assert.match(shipped, /gl-wiretap/);
    assert.match(readFileSync('.vscodeignore', 'utf8'), /^!dist\/ThirdPartyNotices\.txt$/m);
  });

  it('are those of the packages alone that a bundle takes files from', () => {
    const notices = noticesOf(['src/extension.ts', 'node_modules/uplot/dist/uPlot.esm.js'], root);
    assert.ok(notices.includes(licenceOf('uplot')));
    assert.doesNotMatch(notices, /gpu\.js/);
  });

  it('stop the build where a package has none', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'notices-'));
    try {
      const bare = path.join(folder, 'node_modules', '@a', 'bare');
      mkdirSync(path.join(bare, 'lib'), { recursive: true });
      writeFileSync(path.join(bare, 'package.json'), '{ "name": "@a/bare", "version": "1.0.0" }');
      writeFileSync(path.join(bare, 'lib', 'package.json'), '{ "type": "module" }');
      const compiled = path.join(folder, 'node_modules', 'assemblyscript');
      mkdirSync(compiled);
      writeFileSync(path.join(compiled, 'package.json'), '{ "name": "assemblyscript" }');
      writeFileSync(path.join(compiled, 'LICENSE'), 'x');
      const input = path.join('node_modules', '@a', 'bare', 'lib', 'index.js');
      assert.throws(() => noticesOf([input], folder), /@a\/bare has no licence file/);
      writeFileSync(path.join(bare, 'LICENCE.md'), 'Do as you like.');
      assert.match(noticesOf([input], folder), /@a\/bare 1\.0\.0[^]*Do as you like\./);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
