import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { checkNoInput, checkWritable, writeWhole } from '../../../src/cli/outputFile';
import { temporaryName } from '../../../src/cli/temporaryFiles';
import { InputError } from '../../../src/common/errors';

const bytes = new Uint8Array([1, 2, 3]);

/** The process number of a process that has ended. */
function endedProcess(): number {
  return spawnSync(process.execPath, ['-e', '0']).pid;
}

describe('a file that the command line writes', () => {
  let folder: string;
  const at = (...names: string[]): string => path.join(folder, ...names);
  const refused = (work: Promise<void>, message: RegExp): Promise<void> =>
    assert.rejects(work, (error: unknown) => {
      assert.ok(error instanceof InputError, String(error));
      assert.match(error.message, message);
      return true;
    });

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'rnn-tagger-output-'));
    writeFileSync(at('corpus.conllu'), 'words');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is none that the same command reads, under whatever name', async () => {
    symlinkSync('corpus.conllu', at('link'));
    symlinkSync('link', at('link-to-link'));
    symlinkSync('.', at('here'));
    linkSync(at('corpus.conllu'), at('hard-link'));
    mkdirSync(at('sub'));
    const names = ['corpus.conllu', 'link', 'link-to-link', 'hard-link', 'here/corpus.conllu', 'sub/../link'];
    for (const output of names)
      for (const input of names)
        await refused(
          checkNoInput(`${folder}/${output}`, [`${folder}/${input}`]),
          /read by the same command/,
        );
    await checkNoInput(at('corpus'), [at('corpus.conllu')]);
    writeFileSync(at('corpus'), 'words');
    await checkNoInput(at('corpus'), [at('corpus.conllu'), at('missing')]);
  });

  it('is refused before the work where it cannot be written, and the check leaves nothing behind', async () => {
    symlinkSync('b', at('a'));
    symlinkSync('a', at('b'));
    symlinkSync('.', at('folder-link'));
    const before = readdirSync(folder);
    for (const [name, message] of [
      ['', /folder/],
      ['folder-link', /folder/],
      ['new/', /folder/],
      ['corpus.conllu/x', /not a folder/],
      ['a', /circle/],
      ['x'.repeat(300), /too long/],
      [`new/${'x'.repeat(300)}/m`, /too long/],
    ] as const)
      await refused(checkWritable(`${folder}/${name}`), message);
    await refused(checkWritable('/proc/no/such/m'), /./);
    await refused(checkWritable('/dev/null'), /no regular file/);
    await checkWritable(at('new/folder/m'));
    await checkWritable(at('x'.repeat(255)));
    assert.deepEqual(readdirSync(folder), before);
  });

  it('is refused where it is read-only', async function () {
    writeFileSync(at('kept'), 'x');
    chmodSync(at('kept'), 0o444);
    mkdirSync(at('closed'));
    chmodSync(at('closed'), 0o555);
    // Nothing is closed to root.
    if (process.getuid?.() === 0) return;
    await refused(checkWritable(at('kept')), /permission/);
    await refused(checkWritable(at('closed/m')), /permission/);
  });

  it('is written through links, also through one whose target is not there yet', async () => {
    mkdirSync(at('elsewhere'));
    symlinkSync('elsewhere', at('folder-link'));
    symlinkSync('../model', at('elsewhere/up'));
    for (const [link, target, file] of [
      ['to-missing', 'missing', 'missing'],
      ['to-file', 'corpus.conllu', 'corpus.conllu'],
      ['to-link', 'to-missing', 'missing'],
      ['to-new-folder', 'new/folder/model', 'new/folder/model'],
      ['absolute', at('absolute-target'), 'absolute-target'],
      ['behind-folder-link', 'folder-link/up', 'model'],
      ['out-of-folder-link', 'folder-link/../outside', 'outside'],
    ]) {
      symlinkSync(target, at(link));
      await checkWritable(at(link));
      await writeWhole(at(link), bytes);
      assert.ok(lstatSync(at(link)).isSymbolicLink(), link);
      assert.equal(readlinkSync(at(link)), target);
      assert.deepEqual(new Uint8Array(readFileSync(at(file))), bytes, link);
    }
  });

  it('is left as it was where writing fails, with nothing beside it', async () => {
    // A folder under the temporary file's name keeps it from being opened.
    mkdirSync(temporaryName(at('corpus.conllu')));
    await refused(writeWhole(at('corpus.conllu'), bytes), /folder/);
    assert.equal(readFileSync(at('corpus.conllu'), 'utf8'), 'words');
    rmSync(temporaryName(at('corpus.conllu')), { recursive: true, force: true });
    await writeWhole(at('x'.repeat(255)), bytes);
    assert.deepEqual(readdirSync(folder).sort(), ['corpus.conllu', 'x'.repeat(255)]);
  });

  it('takes away what dead processes left of it, and nothing of living ones and other files', async () => {
    const dead = endedProcess();
    const ofProcess = (name: string, pid: number): string =>
      path.basename(temporaryName(at(name))).replace(`.${process.pid}.`, `.${pid}.`);
    const left = [`m.${dead}.tmp`, ofProcess('m', dead)];
    const kept = [
      ofProcess('m', process.ppid),
      ofProcess('m.b', dead),
      `m.another-machine.${dead}.tmp`,
      `m.${process.ppid}.tmp`,
      `other.${dead}.tmp`,
      `m.${dead}.tmp.bak`,
      'm.tmp',
    ];
    for (const name of [...left, ...kept]) writeFileSync(at(name), '');
    await writeWhole(at('m'), bytes);
    assert.deepEqual(readdirSync(folder).sort(), [...kept, 'corpus.conllu', 'm'].sort());
  });
});
