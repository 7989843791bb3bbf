import assert from 'node:assert/strict';
import fc from 'fast-check';
import { received } from '../../src/panel/client/received';
import { isFromTrainerPage, isToTrainerPage } from '../../src/panel/gpuProtocol';
import { messageFromPage, messageToPage } from '../../src/panel/messages';
import { initialState } from '../../src/run/runState';
import { ended, epochEnded, progress, started } from '../unit/run/events';
import { fuzz } from './cases';

const state = initialState({ epochs: 3, spans: false });
const toPage = [
  { type: 'hydrate' },
  { type: 'hydrate', run: { id: 'r', title: 't', network: 'n', state } },
  ...[started(), progress([1, 2]), epochEnded(1), ended('done')].map((event) => ({ type: 'event', event })),
  {
    type: 'runs',
    list: [{ id: 'r', title: 't', corpus: 'c', column: 'l', settings: {}, state: 'done', created: '' }],
    curves: [{ id: 'r', steps: [1], smoothed: [2], epochs: [{ epoch: 1, step: 1, seconds: 1 }] }],
  },
  { type: 'visible', visible: true },
  { type: 'trainer.start', trainer: 1, script: new Uint8Array(2) },
  { type: 'trainer.request', trainer: 1, request: { type: 'pause' } },
  { type: 'trainer.end', trainer: 1 },
  { type: 'trainer.ping', trainer: 1 },
];
const fromPage = [
  ...['ready', 'pause', 'resume', 'stop', 'train', 'showLog', 'showGradientFlow'].map((type) => ({ type })),
  { type: 'runs.follow', list: true, curves: ['r'], smoothing: 25, first: true },
  { type: 'runs.rename', run: 'r' },
  { type: 'runs.copy', text: 't' },
  { type: 'error', message: 'm' },
  { type: 'trainer.started', trainer: 1 },
  { type: 'trainer.event', trainer: 1, event: ended('done') },
  { type: 'trainer.ended', trainer: 1, error: { name: 'Error', message: 'm' } },
  { type: 'trainer.pong', trainer: 1 },
];

type Fields = Record<string, unknown>;
const anything = fc.anything({ withNullPrototype: true, withBigInt: true, withTypedArray: true });

/** A message of which one part, at whatever depth, is something else or missing. */
const damaged = fc
  .record({
    message: fc.constantFrom<Fields>(...toPage, ...fromPage),
    path: fc.array(fc.nat(20), { minLength: 1, maxLength: 4 }),
    value: fc.oneof(anything, fc.constantFrom(undefined, null, '__proto__', 'constructor', 'hydrate')),
  })
  .map(({ message, path, value }) => {
    const copy = structuredClone(message);
    let part = copy;
    path.forEach((step, depth) => {
      const names = Object.keys(part);
      const name = names[step % names.length];
      const next = part[name];
      // Typed arrays take numbers only.
      const goOn = typeof next === 'object' && next !== null && !ArrayBuffer.isView(next);
      if (depth < path.length - 1 && goOn && Object.keys(next).length > 0) part = next as Fields;
      else part[name] = value;
    });
    return copy;
  });

/** What either end does with a message before its parts are used. */
function receive(message: unknown): void {
  const arrived = messageToPage(message);
  if (arrived && !isToTrainerPage(arrived)) {
    const shown = received(arrived);
    if (shown.type === 'hydrate' && shown.run)
      for (const loss of shown.run.state.history.losses) assert.equal(typeof loss, 'number');
  }
  const sent = messageFromPage(message);
  if (sent && isFromTrainerPage(sent)) assert.equal(typeof sent.trainer, 'number');
  if (sent?.type === 'error') assert.equal(typeof sent.message, 'string');
}

describe('messages between the loss panel’s page and the extension', () => {
  it('are understood where they are what the protocols say, also once they were JSON', () => {
    for (const message of toPage) {
      assert.equal(messageToPage(message), message);
      if (message.type !== 'trainer.start')
        assert.ok(messageToPage(JSON.parse(JSON.stringify(message))), message.type);
      assert.equal(messageFromPage(message), undefined);
    }
    for (const message of fromPage) {
      assert.equal(messageFromPage(message), message);
      assert.ok(messageFromPage(JSON.parse(JSON.stringify(message))));
      assert.equal(messageToPage(message), undefined);
    }
  });

  it('are taken or left alone where they are anything else', () =>
    fuzz('messages', 1, fc.oneof(anything, damaged, damaged), receive));
});
