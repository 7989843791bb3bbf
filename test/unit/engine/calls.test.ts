import assert from 'node:assert/strict';
import { InputError, WorkerError } from '../../../src/common/errors';
import { answerCalls, Caller } from '../../../src/engine/calls';
import type { Answer, Call } from '../../../src/engine/calls';
import { ownedBuffers } from '../../../src/engine/transfer';
import { FakePort } from './fakePort';

interface Echo {
  readonly type: 'echo';
  readonly text: string;
}
type Port = FakePort<Call<Echo>, Answer>;

const echo = (text: string): Echo => ({ type: 'echo', text });

function caller(restore?: (send: (request: Echo) => Promise<unknown>) => void): {
  caller: Caller<Echo, { echo: string }>;
  ports: Port[];
} {
  const ports: Port[] = [];
  const spawn = (): Port => {
    const port: Port = new FakePort();
    ports.push(port);
    return port;
  };
  return { caller: new Caller(spawn, restore), ports };
}

describe('A caller of a worker', () => {
  it('starts the worker with the first call, and matches answers to calls in whatever order they come', async () => {
    const { caller: calls, ports } = caller();
    assert.equal(ports.length, 0);
    const first = calls.call(echo('a'));
    const second = calls.call(echo('b'));
    assert.equal(ports.length, 1);
    const [a, b] = ports[0].posted;
    ports[0].answer({ id: b.id, value: 'B' });
    ports[0].answer({ id: a.id, value: 'A' });
    assert.deepEqual(await Promise.all([first, second]), ['A', 'B']);
  });

  it('rejects with the worker’s InputError, its file, line and hint included', async () => {
    const { caller: calls, ports } = caller();
    const call = calls.call(echo('a'));
    ports[0].answer({
      id: ports[0].posted[0].id,
      error: { name: 'InputError', message: 'bad row', file: 'x.conll', line: 3, hint: 'mend it' },
    });
    await assert.rejects(
      call,
      (error) => error instanceof InputError && error.details.line === 3 && error.details.hint === 'mend it',
    );
  });

  it('rejects pending calls when the worker dies, and starts another worker with the next call', async () => {
    const restarts: number[] = [];
    const { caller: calls, ports } = caller(() => restarts.push(ports.length));
    const call = calls.call(echo('a'));
    ports[0].die(new WorkerError('out of memory'));
    await assert.rejects(call, WorkerError);
    const again = calls.call(echo('b'));
    assert.equal(ports.length, 2);
    assert.equal(restarts.length, 2);
    ports[1].answer({ id: ports[1].posted[0].id, value: 'B' });
    assert.equal(await again, 'B');
  });

  it('ends the worker when it is disposed of, and rejects pending and later calls', async () => {
    const { caller: calls, ports } = caller();
    const call = calls.call(echo('a'));
    calls.dispose();
    await assert.rejects(call, WorkerError);
    await assert.rejects(calls.call(echo('b')), WorkerError);
    assert.ok(ports[0].disposed);
  });

  it('gets answers in the order of its requests, errors included', async () => {
    const answers: Answer[] = [];
    let receive: (call: Call<number>) => void = () => undefined;
    const done = new Promise<void>((resolve) => {
      answerCalls<number>(
        {
          post: (answer) => answers.push(answer) === 3 && resolve(),
          onMessage: (listener) => void (receive = listener),
        },
        async (delayMs) => {
          if (delayMs === 0) throw new InputError('nothing');
          await new Promise((resolved) => setTimeout(resolved, delayMs));
          return delayMs;
        },
      );
    });
    receive({ id: 1, request: 20 });
    receive({ id: 2, request: 0 });
    receive({ id: 3, request: 1 });
    await done;
    assert.deepEqual(
      answers.map(({ id }) => id),
      [1, 2, 3],
    );
    assert.ok('error' in answers[1] && answers[1].error.name === 'InputError');
  });
});

describe('The buffers that are handed over with a message', () => {
  it('are those that byte arrays fill, each once, and never part of a larger one', () => {
    const whole = new Uint8Array(4);
    const part = new Uint8Array(new ArrayBuffer(8), 2, 4);
    assert.deepEqual(ownedBuffers([whole, 'text', part, whole, undefined, new Uint8Array(0)]), [
      whole.buffer,
    ]);
  });
});
