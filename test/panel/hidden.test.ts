import assert from 'node:assert/strict';
import fc from 'fast-check';
import { received } from '../../src/panel/client/received';
import { PanelFeed } from '../../src/panel/feed';
import type { ToPanel } from '../../src/panel/protocol';
import { epochColumns, lossColumns, lossEnvelope } from '../../src/run/curves';
import type { EpochRecord } from '../../src/run/epochRecord';
import { emptyHistory, maximumPoints } from '../../src/run/history';
import { rates } from '../../src/run/rates';
import type { RunEvent } from '../../src/run/runEvent';
import { initialState, reduce } from '../../src/run/runState';
import type { RunState } from '../../src/run/runState';
import type { PanelPage } from './harness';
import { describePanel } from './panelSuite';
import { epochRecord, lossAt, range, runIn, ScriptedSession, stepsPerEpoch } from './runs';

/** Steps after those that a run has; now and then a loss is not finite. */
function progress({ step }: RunState, steps: number): RunEvent {
  const some = range(step + 1, step + steps);
  return {
    type: 'progress',
    epoch: Math.ceil((step + steps) / stepsPerEpoch),
    step: step + steps,
    steps: some,
    losses: some.map((at) => (at % 997 === 0 ? NaN : lossAt(at))),
    ...{ tokensPerSecond: 12_000, secondsLeft: 83, seconds: (step + steps) / 24 },
  };
}

/** The run as a page has it: from messages that went to it as JSON. */
function stateIn(messages: readonly ToPanel[]): RunState {
  let state = initialState({ epochs: 0, spans: false });
  for (const sent of messages) {
    const message = received(JSON.parse(JSON.stringify(sent)) as ToPanel);
    if (message.type === 'hydrate' && message.run) state = message.run.state;
    if (message.type === 'event') state = reduce(state, message.event);
  }
  return state;
}

/** All that the charts draw of a run. */
function curvesOf({ history }: RunState) {
  return {
    losses: lossColumns(history, 40),
    envelope: lossEnvelope(history),
    epochs: epochColumns(
      history,
      ({ loss }) => loss,
      ({ development }) => development?.loss,
      ({ development }) => development?.accuracy,
      ...rates.flatMap(({ curves }) => curves.map(({ figure }) => figure)),
    ),
  };
}

const begun = runIn('running', { epoch: 1, step: 0, history: emptyHistory });

const moving = {
  type: 'moving',
  from: 'simd',
  why: 'lost',
  error: { name: 'Error', message: 'lost' },
} as const;

const lastOf = (epochs: readonly EpochRecord[]): number => epochs.at(-1)?.epoch ?? 0;

type Happening = 'steps' | 'epoch' | 'hide' | 'show' | 'move';

const happening = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Happening>('steps') },
  { weight: 3, arbitrary: fc.constant<Happening>('epoch') },
  ...(['hide', 'show', 'move'] as const).map((what) => ({
    weight: 1,
    arbitrary: fc.constant<Happening>(what),
  })),
);

describe('A hidden page', () => {
  it('has the curves of one that was always there, whenever it was gone and however far they are thinned', () => {
    const thinned = { points: 0, epochs: 0 };
    const all = fc.array(fc.tuple(happening, fc.integer({ min: 1, max: 1500 })), {
      minLength: 5,
      maxLength: 40,
      size: 'max',
    });
    fc.assert(
      fc.property(all, (happenings) => {
        const session = new ScriptedSession(begun.state);
        const [always, hidden] = [new PanelFeed(), new PanelFeed()];
        const messages: { always: ToPanel[]; hidden: ToPanel[] } = { always: [], hidden: [] };
        for (const feed of [always, hidden]) feed.show(begun, session);
        always.connect((message) => messages.always.push(structuredClone(message)));
        const show = () => hidden.connect((message) => messages.hidden.push(structuredClone(message)));
        show();
        for (const [what, amount] of happenings) {
          const { state } = session;
          const { epochs } = state.history;
          if (what === 'steps') session.emit(progress(state, amount));
          else if (what === 'epoch')
            for (const epoch of range(1, Math.ceil(amount / 5)))
              session.emit({ type: 'epoch', ...epochRecord(lastOf(epochs) + epoch), step: state.step });
          else if (what === 'hide') hidden.disconnect();
          else if (what === 'show') show();
          else session.emit({ ...moving, epoch: state.epoch, step: Math.max(0, state.step - amount) });
        }
        show();
        assert.deepEqual(curvesOf(stateIn(messages.hidden)), curvesOf(stateIn(messages.always)));
        if (session.state.history.least) thinned.points++;
        if (session.state.history.epochs.length < lastOf(session.state.history.epochs)) thinned.epochs++;
      }),
      { numRuns: 40 },
    );
    assert.ok(Math.min(thinned.points, thinned.epochs) > 3, JSON.stringify(thinned));
  });
});

/** The charts as they are painted. */
function pictures({ page }: PanelPage): Promise<string[]> {
  return page
    .locator('section.loss canvas, section.score canvas, .rate canvas')
    .evaluateAll((all) => all.map((canvas) => (canvas as HTMLCanvasElement).toDataURL()));
}

describePanel('A loss panel that was hidden', (open) => {
  it('paints what one paints that was always seen: kept meanwhile, or made anew from what the run has then', async () => {
    const session = new ScriptedSession(begun.state);
    const events: RunEvent[] = [];
    for (let epoch = 1; epoch <= 40; epoch++) {
      events.push(progress(session.state, stepsPerEpoch), { type: 'epoch', ...epochRecord(epoch) });
      session.emit(...events.slice(-2));
    }
    assert.ok(session.state.step > 2 * maximumPoints, 'points stand for several steps');
    const messages = events.map((event) => ({ type: 'event', event }) as ToPanel);
    const half = messages.slice(messages.length / 2);
    const shown = await open();
    await shown.send({ type: 'hydrate', run: begun });
    await shown.page.getByText('Gradient, learning rate and speed').click();
    for (let i = 0; i < messages.length; i += 10) await shown.send(...messages.slice(i, i + 10));
    const always = await pictures(shown);
    assert.equal(always.length, 5);
    await shown.load();
    await shown.send({ type: 'hydrate', run: begun });
    const before = await pictures(shown);
    await shown.send({ type: 'visible', visible: false }, ...messages);
    assert.deepEqual(await pictures(shown), before, 'nobody sees it: nothing is drawn');
    await shown.send({ type: 'visible', visible: true });
    assert.deepEqual(await pictures(shown), always);
    await shown.load();
    const midway = messages
      .slice(0, messages.length - half.length)
      .reduce(
        (state, message) => (message.type === 'event' ? reduce(state, message.event) : state),
        begun.state,
      );
    await shown.send({ type: 'hydrate', run: { ...begun, state: midway } }, ...half);
    assert.deepEqual(await pictures(shown), always);
    await shown.send({ type: 'hydrate', run: { ...begun, state: session.state } });
    assert.deepEqual(await pictures(shown), always);
  });
});
