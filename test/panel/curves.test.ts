import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decimalsFor, formatClock, formatDuration, formatFactor } from '../../src/common/figures';
import { uniform } from '../../src/common/random';
import { received } from '../../src/panel/client/received';
import { PanelFeed } from '../../src/panel/feed';
import { createNonce, panelHtml } from '../../src/panel/html';
import type { ToPanel } from '../../src/panel/protocol';
import { lossColumns } from '../../src/run/curves';
import { addLosses, emptyHistory, maximumPoints } from '../../src/run/history';
import type { RunEvent } from '../../src/run/runEvent';
import { Smoother, smoothingSpan } from '../../src/run/smoothing';
import { epochRecord, historyTo, lossAt, progressTo, range, runIn, ScriptedSession } from './runs';

describe('Panel: smoothing', () => {
  it('begins at the first value and keeps a constant', () => {
    const smoother = new Smoother(50);
    for (let step = 1; step <= 200; step++) assert.ok(Math.abs((smoother.next(step, 3) ?? NaN) - 3) < 1e-12);
  });

  it('stays between the least and the greatest value', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 1 }),
        fc.double({ min: 0, max: 500, noNaN: true }),
        (values, span) => {
          const smoother = new Smoother(span);
          values.forEach((value, i) => {
            const smoothed = smoother.next(i + 1, value) ?? NaN;
            const seen = values.slice(0, i + 1);
            assert.ok(smoothed >= Math.min(...seen) - 1e-9 && smoothed <= Math.max(...seen) + 1e-9);
          });
        },
      ),
    );
  });

  it('skips losses that are not numbers', () => {
    const smoother = new Smoother(10);
    assert.equal(smoother.next(1, NaN), undefined);
    assert.equal(smoother.next(2, 2), 2);
    assert.equal(smoother.next(3, Infinity), 2);
  });

  it('looks back over steps, not points, so that thinning keeps the curve', () => {
    const fine = new Smoother(100);
    const coarse = new Smoother(100);
    let a = 0;
    let b = 0;
    for (let step = 1; step <= 2000; step++) {
      a = fine.next(step, 5 * Math.exp(-step / 500)) ?? NaN;
      if (step % 4 === 0) b = coarse.next(step, 5 * Math.exp(-(step - 1.5) / 500)) ?? NaN;
    }
    assert.ok(Math.abs(a - b) < 0.02 * a, `${a} and ${b}`);
  });

  it('of what is kept of a long run with noise and spikes is that of every step', () => {
    const steps = Array.from({ length: 60_000 }, (_, i) => i + 1);
    const losses = steps.map((step) =>
      step % 7_000 === 0 ? 9 : 0.5 + 2 * Math.exp(-step / 9_000) + uniform(1, step) - 0.5,
    );
    const kept = addLosses(emptyHistory, steps, losses);
    assert.ok(kept.steps.length <= maximumPoints);
    const span = 300;
    const ofAll = new Smoother(span);
    const smoothed = losses.map((loss, i) => ofAll.next(i + 1, loss) ?? NaN);
    const ofKept = new Smoother(span);
    const apart = kept.steps.map((step, i) =>
      Math.abs((ofKept.next(step, kept.losses[i]) ?? NaN) - smoothed[step - 1]),
    );
    // The noise is 1 wide; the very first points average fewer steps than one of them stands for.
    assert.ok(Math.max(...apart.slice(4)) < 0.01, String(Math.max(...apart.slice(4))));
  });

  it('ranges from none to an epoch', () => {
    assert.equal(smoothingSpan(0, 240), 0);
    assert.equal(smoothingSpan(100, 240), 240);
  });
});

describe('Panel: curves', () => {
  it('share their steps, with gaps where another curve has a point', () => {
    const epochs = [{ ...epochRecord(1), step: 3 }];
    assert.deepEqual(lossColumns({ steps: [1, 2, 4], losses: [3, 2, NaN], epochs }, 0), [
      [1, 2, 3, 4],
      [3, 2, undefined, undefined],
      [3, 2, undefined, 2],
      [undefined, undefined, epochRecord(1).development?.loss, undefined],
    ]);
  });

  it('have all points of a history that was thinned, smoothed', () => {
    let history = emptyHistory;
    for (let step = 1; step <= 9000; step += 100) {
      const steps = range(step, step + 99);
      history = addLosses(history, steps, steps.map(lossAt));
    }
    const [steps, raw, smoothed] = lossColumns(history, 20);
    assert.ok(steps.length <= maximumPoints && steps.at(-1) === 9000);
    assert.deepEqual(raw, history.losses);
    assert.ok(smoothed.every((loss) => loss !== undefined));
  });

  it('have losses that are not finite back from JSON', () => {
    const message = progressTo([1, 2], [Infinity, 0.5]);
    const sent = received(JSON.parse(JSON.stringify(message)) as ToPanel);
    assert.deepEqual(sent.type === 'event' && sent.event.type === 'progress' && sent.event.losses, [
      NaN,
      0.5,
    ]);
    const history = { steps: [1, 2], losses: [NaN, 3], epochs: [] };
    const hydrate = received(
      JSON.parse(JSON.stringify({ type: 'hydrate', run: runIn('running', { history }) })) as ToPanel,
    );
    assert.deepEqual(hydrate.type === 'hydrate' && hydrate.run?.state.history, history);
  });
});

describe('Panel: the feed', () => {
  it('sends nothing without a page, the whole run to a new one, and then what is new', () => {
    const feed = new PanelFeed();
    const run = runIn('running', { history: historyTo(3) });
    const session = new ScriptedSession(run.state);
    const loss = (step: number): RunEvent => ({
      ...{ type: 'progress', epoch: 1, step, steps: [step], losses: [1] },
      ...{ tokensPerSecond: 1, secondsLeft: 1, seconds: 1 },
    });
    feed.show(run, session);
    session.emit(loss(4));
    const sent: ToPanel[] = [];
    feed.connect((message) => sent.push(structuredClone(message)));
    session.emit(loss(5));
    session.emit({ type: 'epoch', ...epochRecord(1) });
    session.emit({ type: 'problems', problems: [] });
    session.emit({
      type: 'checkpoint',
      bytes: new Uint8Array(9),
      ...{ epoch: 1, step: 240, best: true, latest: true },
    });
    feed.show(runIn('done', {}, { id: 'another' }));
    session.emit({ type: 'paused' });
    feed.disconnect();
    feed.show(run, session);
    session.emit({ type: 'resumed' });
    assert.deepEqual(
      sent.map((message) => (message.type === 'event' ? message.event.type : message.type)),
      ['hydrate', 'progress', 'epoch', 'checkpoint', 'hydrate'],
      'a run that is not shown any more is not followed',
    );
    assert.deepEqual(sent[0].type === 'hydrate' && sent[0].run?.state.history.steps, [1, 2, 3, 4]);
    assert.deepEqual(
      sent[3].type === 'event' && sent[3].event,
      { type: 'checkpoint', epoch: 1, step: 240, best: true, latest: true },
      'without its bytes',
    );
  });
});

describe('Panel: figures', () => {
  it('are formatted for people', () => {
    assert.deepEqual([0, 59.4, 59.6, 3599, 3600, 90_061, -1, NaN, undefined].map(formatDuration), [
      '0 s',
      '59 s',
      '1 min 00 s',
      '59 min 59 s',
      '1 h 00 min',
      '25 h 01 min',
      '–',
      '–',
      '–',
    ]);
    assert.deepEqual([9.7, 116, 3725, NaN].map(formatClock), ['0:10', '1:56', '1:02:05', '–']);
    assert.deepEqual(
      [0.5, 0.25, 0.1, 1, 2.5, 20, 0.002, 100 * 0.01].map(decimalsFor),
      [1, 2, 1, 0, 1, 0, 3, 0],
    );
    assert.deepEqual([1, 0.0123, 0.00123, 0.000123, 0, 12.34, 4e-9, 1e4, null].map(formatFactor), [
      '1',
      '0.012',
      '0.0012',
      '1.2e-4',
      '0',
      '12',
      '4.0e-9',
      '1.0e+4',
      '–',
    ]);
  });
});

describe("Panel: the page's HTML", () => {
  it('allows its own script, style sheet and workers from blobs only', () => {
    const html = panelHtml({
      cspSource: "'self' https://*.example.org",
      script: 'https://x/a.js?b=1&c="',
      style: 'https://x/a.css',
      nonce: 'abc',
      language: 'en',
      messages: undefined,
    });
    assert.match(
      html,
      /content="default-src 'none'; style-src 'self' https:\/\/\*\.example\.org; script-src 'nonce-abc'; worker-src blob:"/,
    );
    assert.match(html, /src="https:\/\/x\/a\.js\?b=1&amp;c=&quot;"/);
    assert.doesNotMatch(html, /style=|<style|onload|unsafe/);
    assert.notEqual(createNonce(), createNonce());
  });
});
