import assert from 'node:assert/strict';
import { InputError } from '../../../src/common/errors';
import { TrainerClient } from '../../../src/engine/trainerClient';
import type { TrainerEvent, TrainerRequest, TrainingData } from '../../../src/engine/trainerProtocol';
import { TrainerService } from '../../../src/engine/trainerService';
import { FakePort } from './fakePort';

const mebibyte = 1024 * 1024;

/** Files of rows; each has about so many bytes. */
function dataOf(files: number, bytes: number): TrainingData {
  return {
    corpus: 'c',
    corpusName: 'c',
    column: 'LABEL',
    replaceInvalidBytes: false,
    files: Array.from({ length: files }, (_, i) => {
      const row = `word${i} A\nother B\n\n`;
      return {
        file: `${i}.conll`,
        path: `c/${i}.conll`,
        content: new Uint8Array(Buffer.from(row.repeat(Math.ceil(bytes / row.length)))),
      };
    }),
  };
}

/** A client whose trainer is in the same thread, and what was sent between turns of the host. */
function connected() {
  const port = new FakePort<TrainerRequest, TrainerEvent>();
  const service = new TrainerService({
    send: (event) => port.answer(event),
    turn: () => Promise.resolve(),
    openDevice: () => Promise.reject(new Error('There is none.')),
  });
  const problems: string[] = [];
  const client = new TrainerClient(port, (event) => {
    if (event.type === 'problems') problems.push(...event.problems.map(({ file }) => file));
  });
  const post = port.post.bind(port);
  port.post = (request) => {
    post(request);
    service.handle(request);
  };
  return { port, client, problems };
}

describe('A trainer that is given files', () => {
  it('gets some at a time, all of them once and in their order, and the host has its turn in between', async () => {
    const { port, client } = connected();
    const data = dataOf(30, mebibyte / 8);
    let turns = 0;
    const sentBefore: number[] = [];
    const facts = await client.read(data, { seed: 1, columns: [] }, () => {
      turns++;
      sentBefore.push(port.posted.length);
      return Promise.resolve();
    });
    const pieces = port.posted.filter((request) => request.type === 'files');
    assert.deepEqual(
      pieces.flatMap(({ files }) => files.map(({ file }) => file)),
      data.files.map(({ file }) => file),
    );
    assert.ok(pieces.length >= 3, `${pieces.length} pieces`);
    for (const { files } of pieces)
      assert.ok(files.reduce((sum, { content }) => sum + content.length, 0) <= 2 * mebibyte);
    assert.equal(turns, pieces.length);
    assert.deepEqual(sentBefore, numbersTo(pieces.length));
    const [last] = port.posted.slice(-1);
    assert.ok(last.type === 'read' && last.data.files.length === 0);
    assert.ok(facts.tokens.training > 0);
    assert.ok(
      data.files.every(({ content }) => content.length > 0),
      'the host still has the files',
    );
  });

  it('names the first file where none can be read', async () => {
    const { client } = connected();
    const data = dataOf(3, 10);
    const empty = { ...data, files: data.files.map((file) => ({ ...file, content: ' \n' })) };
    await assert.rejects(
      client.read(empty, { seed: 1, columns: [] }),
      (error: InputError) => error instanceof InputError && error.details.file === '0.conll',
    );
  });

  it('takes no more once it is closed, and says why', async () => {
    const { port, client } = connected();
    const reading = client.read(dataOf(20, mebibyte), { seed: 1, columns: [] }, () => {
      client.dispose();
      return Promise.resolve();
    });
    await assert.rejects(reading, /was closed/);
    assert.equal(port.posted.length, 1);
  });
});

const numbersTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);
