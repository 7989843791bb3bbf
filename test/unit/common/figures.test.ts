import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import {
  formatBase,
  formatCount,
  formatFactor,
  formatLoss,
  formatPercent,
  formatRate,
} from '../../../src/common/figures';

describe('A figure', () => {
  it('that is a share is in percent with one decimal, and never looks like nothing or all where it is not', () => {
    assert.deepEqual(
      [0, 0.00001, 0.001, 0.5, 0.9537, 0.9994, 1, undefined, null, NaN].map((share) => formatPercent(share)),
      ['0.0 %', '< 0.1 %', '0.1 %', '50.0 %', '95.4 %', '> 99.9 %', '100.0 %', '–', '–', '–'],
    );
    assert.equal(formatPercent(0.25, 0), '25 %');
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
        const text = formatPercent(share);
        assert.match(text, /^([<>] )?\d+\.\d %$/);
        assert.equal(text === '0.0 %', share === 0);
        assert.equal(text === '100.0 %', share === 1);
      }),
    );
  });

  it('that is a loss has three decimals, and fewer digits where it is large', () => {
    assert.deepEqual(
      [0.12345, 12.3456, 1234.5, 2.5e6, NaN, undefined].map((loss) => formatLoss(loss)),
      ['0.123', '12.35', '1235', '2.50e+6', 'not a number', '–'],
    );
  });

  it('that is a speed has three digits', () => {
    assert.deepEqual([12_437.2, 987.6, undefined].map(formatRate), ['12,400', '988', '–']);
  });

  it('that is a factor has two digits, and one that is raised to a power three', () => {
    const factors = [0, 1.2449, -0.4321, 0.000123456, 12_345, undefined, NaN];
    assert.deepEqual(factors.map(formatFactor), ['0', '1.2', '-0.43', '1.2e-4', '1.2e+4', '–', '–']);
    assert.deepEqual(factors.map(formatBase), ['0', '1.24', '-0.432', '1.23e-4', '1.23e+4', '–', '–']);
  });

  it('that is a count has its digits in groups', () => {
    assert.deepEqual([0, 999, 204_577].map(formatCount), ['0', '999', '204,577']);
  });

  it('is written here and nowhere else', () => {
    const elsewhere = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((name) => /^(cli|editor|panel|run|workspace|engine)\b.*\.ts$/.test(name))
      .filter((name) =>
        /toLocaleString\(|Intl\.NumberFormat|100 \* .*toFixed|[lL]oss.*\.toFixed\(\d\)/.test(
          readFileSync(`src/${name}`, 'utf8'),
        ),
      );
    assert.deepEqual(elsewhere, []);
  });
});
