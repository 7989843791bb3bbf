import assert from 'node:assert/strict';
import { InputError, WorkerError } from '../../../src/common/errors';
import { answerCalls, Caller } from '../../../src/engine/calls';
import type { Answer, Call } from '../../../src/engine/calls';
import { ownedBuffers } from '../../../src/engine/transfer';
import { FakePort } from './fakePort';

type Port = FakePort<Call<string>, Answer>;

function caller(restarted?: (send: (request: string) => Promise<unknown>) => void): {
  caller: Caller<string>;
  ports: Port[];
} {
  const ports: Port[] = [];
  const spawn = (): Port => {
    const port: Port = new FakePort();
    ports.push(port);
    return port;
  };
  return { caller: new Caller(spawn, restarted), ports };
}

describe('calls to a worker', () => {
  it('starts the worker with the first call and matches answers by id, in any order', async () => {
    const { caller: calls, ports } = caller();
    assert.equal(ports.length, 0);
    const first = calls.call('a');
    const second = calls.call('b');
    assert.equal(ports.length, 1);
    const [a, b] = ports[0].posted;
    ports[0].answer({ id: b.id, value: 'B' });
    ports[0].answer({ id: a.id, value: 'A' });
    assert.deepEqual(await Promise.all([first, second]), ['A', 'B']);
  });

  it('hands over an InputError with its location and hint', async () => {
    const { caller: calls, ports } = caller();
    const call = calls.call('a');
    ports[0].answer({
      id: ports[0].posted[0].id,
      error: { name: 'InputError', message: 'bad row', file: 'x.conll', line: 3, hint: 'mend it' },
    });
    await assert.rejects(
      call,
      (error) => error instanceof InputError && error.details.line === 3 && error.details.hint === 'mend it',
    );
  });

  it('rejects what is pending when the worker dies, and starts another with the next call', async () => {
    const restarts: number[] = [];
    const { caller: calls, ports } = caller(() => restarts.push(ports.length));
    const call = calls.call('a');
    ports[0].die(new WorkerError('out of memory'));
    await assert.rejects(call, WorkerError);
    const again = calls.call('b');
    assert.equal(ports.length, 2);
    assert.equal(restarts.length, 2);
    ports[1].answer({ id: ports[1].posted[0].id, value: 1 });
    assert.equal(await again, 1);
  });

  it('rejects calls after it was disposed, and ends the worker', async () => {
    const { caller: calls, ports } = caller();
    const call = calls.call('a');
    calls.dispose();
    await assert.rejects(call, WorkerError);
    await assert.rejects(calls.call('b'), WorkerError);
    assert.ok(ports[0].disposed);
  });

  it('answers in the order of the requests, errors included', async () => {
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
          await new Promise((over) => setTimeout(over, delayMs));
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

describe('what is handed over with a message', () => {
  it('are the buffers that byte arrays fill, each once, and no part of a shared one', () => {
    const whole = new Uint8Array(4);
    const part = new Uint8Array(new ArrayBuffer(8), 2, 4);
    assert.deepEqual(ownedBuffers([whole, 'text', part, whole, undefined, new Uint8Array(0)]), [
      whole.buffer,
    ]);
  });
});
