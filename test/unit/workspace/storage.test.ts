import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { BackgroundWriter, readText, removeTemporary, writeWhole } from '../../../src/workspace/storage';
import type { FileOperations } from '../../../src/workspace/storage';
import { until } from '../../until';
import { crashing, temporaryStorage } from './temporaryStorage';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('storage', () => {
  const { folder, files } = temporaryStorage();

  it('makes folders, replaces files as a whole, and leaves no temporary file', async () => {
    await writeWhole(files(), 'runs/a/run.json', bytes('one'));
    await writeWhole(files(), 'runs/a/run.json', bytes('two'));
    assert.equal(await readText(files(), 'runs/a/run.json'), 'two');
    assert.deepEqual(await readdir(`${folder()}/runs/a`), ['run.json']);
    assert.deepEqual(await files().folders('runs'), ['a']);
  });

  it('lists nothing for a folder that does not exist, and removes what is not there', async () => {
    assert.deepEqual(await files().folders('runs'), []);
    await files().remove('runs/a');
  });

  for (const operation of ['write', 'rename'] as const) {
    it(`keeps the old content when the machine goes down in the middle of a ${operation}`, async () => {
      await writeWhole(files(), 'a/model', bytes('the old content'));
      const doomed = crashing(files(), { operation, path: /model/ });
      await assert.rejects(
        writeWhole(doomed, 'a/model', bytes('the new content, which is longer')),
        /went down/,
      );
      assert.equal(await readText(files(), 'a/model'), 'the old content');
      await writeWhole(files(), 'a/model', bytes('newer'));
      assert.equal(await readText(files(), 'a/model'), 'newer');
      const left = (await readdir(`${folder()}/a`)).filter((name) => name !== 'model');
      assert.ok(left.length === 1 && left[0].endsWith('.tmp'), `${left}`);
    });
  }

  it('removes its temporary file when a write fails but the machine goes on', async () => {
    const full = { ...files(), rename: () => Promise.reject(new Error('ENOSPC')) };
    await assert.rejects(writeWhole(full, 'a/model', bytes('x')), /ENOSPC/);
    assert.deepEqual(await readdir(`${folder()}/a`), []);
  });

  it('writes a file though its folder was removed while it was empty', async () => {
    let removed = false;
    const operations = {
      ...files(),
      createFolder: async (path: string) => {
        await files().createFolder(path);
        if (!removed) await files().remove(path);
        removed = true;
      },
    };
    await writeWhole(operations, 'a/model', bytes('x'));
    assert.deepEqual(await readdir(`${folder()}/a`), ['model']);
  });

  it('removes temporary files of processes that are gone, and no others', async () => {
    for (const name of ['m.1.7-0badcafe.tmp', 'm.1.8-0badcafe.tmp', 'm.1.0badcafe.tmp', 'm'])
      await files()
        .createFolder('a')
        .then(() => files().write(`a/${name}`, bytes('half')));
    await removeTemporary(files(), 'a', (pid) => pid === 7);
    assert.deepEqual((await readdir(`${folder()}/a`)).sort(), [
      'm',
      'm.1.0badcafe.tmp',
      'm.1.8-0badcafe.tmp',
    ]);
    await removeTemporary(files(), 'a', () => true);
    assert.deepEqual(await readdir(`${folder()}/a`), ['m']);
  });

  it('writes what a file that was written brings along without a rest, and such files after the others', async () => {
    const written: string[] = [];
    const counted = {
      ...files(),
      rename: (from: string, to: string) => (written.push(to), files().rename(from, to)),
    };
    const writer = new BackgroundWriter(counted, 60_000, assert.fail);
    const model = (): void =>
      writer.put(
        'a/model',
        () => bytes('m'),
        () => writer.put('a/record', () => bytes('r')),
      );
    model();
    writer.put('a/record', () => bytes('r'));
    writer.put('a/history', () => bytes('h'));
    model();
    await until('the record of the model', () => written.length === 4);
    assert.deepEqual(written, ['a/record', 'a/history', 'a/model', 'a/record']);
  });

  it('writes what is put before such a file ahead of it, though it was written just now', async () => {
    const written: string[] = [];
    let put = (): void => undefined;
    const counted = {
      ...files(),
      rename: async (from: string, to: string) => {
        await files().rename(from, to);
        if (written.push(to) === 2) put();
      },
    };
    const writer = new BackgroundWriter(counted, 60_000, assert.fail);
    put = () => {
      writer.put('a/history', () => bytes('h2'));
      writer.put(
        'a/model',
        () => bytes('m'),
        () => undefined,
      );
    };
    writer.put('a/history', () => bytes('h1'));
    writer.put('a/record', () => bytes('r'));
    await until('the model', () => written.length === 4);
    assert.deepEqual(written, ['a/history', 'a/record', 'a/history', 'a/model']);
  });

  it('writes only the last of several contents, at most once in an interval, and all at a flush', async () => {
    const written: string[] = [];
    const counted = {
      ...files(),
      rename: (from: string, to: string) => (written.push(to), files().rename(from, to)),
    };
    const writer = new BackgroundWriter(counted, 60_000, assert.fail);
    for (let i = 0; i <= 5; i++) writer.put('a/x', () => bytes(`x${i}`));
    writer.put('a/y', () => bytes('y'));
    await until('both files', () => written.length === 2);
    writer.put('a/x', () => bytes('x6'));
    writer.put('a/x', () => bytes('x7'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual(written, ['a/x', 'a/y']);
    assert.equal(await readText(files(), 'a/x'), 'x5');
    await writer.flush();
    assert.deepEqual(written, ['a/x', 'a/y', 'a/x']);
    assert.equal(await readText(files(), 'a/x'), 'x7');
    await writer.flush();
  });

  it('flushes what was put before, though more is put all the time', async () => {
    let going = true;
    let puts = 0;
    const writer = new BackgroundWriter(
      { ...files(), rename: (from, to) => (put(), files().rename(from, to)) },
      0,
      assert.fail,
    );
    const put = () => {
      if (!going) return;
      puts++;
      const content = bytes(`${puts}`);
      writer.put('a/history', () => content);
      writer.put('a/run', () => content);
    };
    put();
    writer.put('a/model', () => bytes('model'));
    await writer.flush();
    assert.equal(await readText(files(), 'a/model'), 'model');
    assert.ok(Number(await readText(files(), 'a/run')) >= 1);
    going = false;
    await writer.flush();
    assert.equal(await readText(files(), 'a/run'), `${puts}`);
    assert.equal(await readText(files(), 'a/history'), `${puts}`);
  });

  it('tells whether a content was written, once, and does not for one that was replaced', async () => {
    const told: string[] = [];
    const broken = {
      ...files(),
      write: (path: string, content: Uint8Array) =>
        path.includes('bad') ? Promise.reject(new Error('EIO')) : files().write(path, content),
    };
    const writer = new BackgroundWriter(broken, 0, () => undefined);
    writer.put(
      'a/good',
      () => bytes('1'),
      (written) => told.push(`first ${written}`),
    );
    writer.put(
      'a/good',
      () => bytes('2'),
      (written) => told.push(`second ${written}`),
    );
    writer.put(
      'a/bad',
      () => bytes('3'),
      (written) => told.push(`bad ${written}`),
    );
    await writer.flush();
    assert.deepEqual(told, ['second true', 'bad false']);
  });

  it('tells of a file that could not be written, and goes on with the others', async () => {
    const failed: string[] = [];
    const broken = {
      ...files(),
      write: (path: string, content: Uint8Array) =>
        path.includes('bad') ? Promise.reject(new Error('EIO')) : files().write(path, content),
    };
    const writer = new BackgroundWriter(broken, 0, (path, error) =>
      failed.push(`${path}: ${(error as Error).message}`),
    );
    writer.put('a/bad', () => bytes('1'));
    writer.put('a/good', () => bytes('2'));
    await writer.flush();
    assert.deepEqual(failed, ['a/bad: EIO']);
    assert.equal(await readText(files(), 'a/good'), '2');
  });

  it('forgets what waits for a folder that was removed', async () => {
    const writer = new BackgroundWriter(files(), 0, assert.fail);
    writer.put('a/x', () => bytes('x'));
    writer.put('ab/x', () => bytes('x'));
    await writer.forget('a');
    await writer.flush();
    await assert.rejects(files().read('a/x'));
    assert.equal(await readText(files(), 'ab/x'), 'x');
  });

  it('waits for what is being written below a folder that is to be removed', async () => {
    let begun = (): void => undefined;
    const writing = new Promise<void>((resolve) => (begun = resolve));
    let finish = (): void => undefined;
    const finished = new Promise<void>((resolve) => (finish = resolve));
    const slow: FileOperations = {
      ...files(),
      write: async (path, content) => {
        begun();
        await finished;
        await files().write(path, content);
      },
    };
    const writer = new BackgroundWriter(slow, 0, assert.fail);
    writer.put('a/x', () => bytes('x'));
    await writing;
    let removed = false;
    const removal = writer.forget('a').then(async () => {
      removed = true;
      await files().remove('a');
    });
    await writer.forget('b');
    assert.equal(removed, false);
    finish();
    await removal;
    await writer.flush();
    assert.deepEqual(await files().folders('.'), []);
  });
});
