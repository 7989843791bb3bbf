import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Curves } from '../../src/panel/client/curves';
import {
  decimalsFor,
  formatClock,
  formatDuration,
  formatFactor,
  formatLoss,
  formatRate,
  formatShare,
} from '../../src/panel/client/format';
import { Smoother, smoothingSpan } from '../../src/panel/client/smoothing';
import { PanelFeed } from '../../src/panel/feed';
import { createNonce, panelHtml } from '../../src/panel/html';
import type { ToPanel } from '../../src/panel/protocol';
import { appendEpoch, appendLosses } from '../../src/panel/runHistory';
import { emptyHistory, maximumPoints } from '../../src/run/history';
import { epochRecord, historyTo, lossAt, runIn } from './runs';

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

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

  it('ranges from none to an epoch', () => {
    assert.equal(smoothingSpan(0, 240), 0);
    assert.equal(smoothingSpan(100, 240), 240);
  });
});

describe('Panel: curves', () => {
  it('grow with each loss to what they are when computed at once', () => {
    const lossesOf = (curves: Curves): unknown => curves.lossColumns();
    const grown = new Curves();
    grown.hydrate(emptyHistory(), 20);
    for (let step = 1; step <= 9000; step += 100) {
      const steps = range(step, step + 99);
      grown.addLosses(steps, steps.map(lossAt));
    }
    const history = emptyHistory();
    for (let step = 1; step <= 9000; step += 100) {
      const steps = range(step, step + 99);
      appendLosses(history, steps, steps.map(lossAt));
    }
    assert.ok(history.steps.length <= maximumPoints);
    const whole = new Curves();
    whole.hydrate(history, 20);
    assert.deepEqual(lossesOf(grown), lossesOf(whole));
  });

  it('share their steps, with gaps where another curve has a point', () => {
    const curves = new Curves();
    curves.hydrate({ steps: [1, 2, 4], losses: [3, 2, NaN], epochs: [] }, 0);
    curves.addEpoch({ ...epochRecord(1), step: 3 });
    assert.deepEqual(curves.lossColumns(), [
      [1, 2, 3, 4],
      [3, 2, undefined, undefined],
      [3, 2, undefined, 2],
      [undefined, undefined, epochRecord(1).development?.loss, undefined],
    ]);
  });

  it('replace what a resumed run repeats', () => {
    const history = historyTo(500);
    assert.equal(appendLosses(history, [481, 482], [9, 8]), true);
    assert.equal(history.steps.length, 482);
    assert.deepEqual(history.losses.slice(-2), [9, 8]);
    appendEpoch(history, { ...epochRecord(2), loss: 1 });
    assert.deepEqual(
      history.epochs.map(({ epoch }) => epoch),
      [1, 2],
    );
    assert.equal(history.epochs[1].loss, 1);
  });
});

describe('Panel: the feed', () => {
  it('sends nothing without a page, everything to a new one, and then what is new', () => {
    const feed = new PanelFeed();
    const run = runIn('running');
    const history = historyTo(3);
    feed.showRun(run, history);
    feed.addLosses([4], [1]);
    const sent: ToPanel[] = [];
    feed.connect((message) => sent.push(structuredClone(message)));
    feed.addLosses([5], [0.5]);
    feed.addEpoch(epochRecord(1));
    feed.disconnect();
    feed.updateRun(run);
    assert.deepEqual(
      sent.map(({ type }) => type),
      ['hydrate', 'losses', 'epoch'],
    );
    assert.deepEqual(sent[0].type === 'hydrate' && sent[0].history.steps, [1, 2, 3, 4]);
    assert.equal(history.steps.length, 3, "the caller's history stays as it was");
  });
});

describe('Panel: figures', () => {
  it('are formatted for people', () => {
    assert.deepEqual([0.12345, 12.3456, 1234.5, 2.5e6, NaN, undefined].map(formatLoss), [
      '0.123',
      '12.35',
      '1235',
      '2.50e+6',
      'not a number',
      '–',
    ]);
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
    assert.deepEqual([12_437.2, 987.6, undefined].map(formatRate), ['12,400', '988', '–']);
    assert.deepEqual(
      [0.9124, 1, undefined].map((share) => formatShare(share)),
      ['91.2%', '100.0%', '–'],
    );
  });
});

describe("Panel: the page's HTML", () => {
  it('allows its own script, style sheet and workers from blobs only', () => {
    const html = panelHtml({
      cspSource: "'self' https://*.example.org",
      script: 'https://x/a.js?b=1&c="',
      style: 'https://x/a.css',
      nonce: 'abc',
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
