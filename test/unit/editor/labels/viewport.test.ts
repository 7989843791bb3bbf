import assert from 'node:assert/strict';
import { visibleColumns, withMargin } from '../../../../src/editor/labels/viewport';
import { linesOf } from './documents';

describe('The margin around the viewport', () => {
  it('is sixty lines on each side', () => {
    const lines = linesOf('x\n'.repeat(1_000));
    assert.deepEqual(withMargin(lines, [{ first: 500, last: 540 }]), [{ first: 440, last: 600 }]);
    assert.deepEqual(withMargin(lines, [{ first: 10, last: 40 }]), [{ first: 0, last: 100 }]);
  });

  it('joins ranges that touch, as around a fold', () => {
    const lines = linesOf('x\n'.repeat(1_000));
    assert.deepEqual(
      withMargin(lines, [
        { first: 200, last: 210 },
        { first: 500, last: 510 },
        { first: 100, last: 110 },
      ]),
      [
        { first: 40, last: 270 },
        { first: 440, last: 570 },
      ],
    );
  });

  it('is smaller where lines are long', () => {
    const lines = linesOf(`${'x'.repeat(4_000)}\n`.repeat(100));
    assert.deepEqual(withMargin(lines, [{ first: 50, last: 51 }]), [{ first: 45, last: 56 }]);
  });

  it('knows a viewport beyond the end of a document that has become shorter', () => {
    assert.deepEqual(withMargin(linesOf('a\nb'), [{ first: 0, last: 90 }]), [{ first: 0, last: 1 }]);
    assert.deepEqual(withMargin(linesOf('a\nb'), [{ first: 80, last: 90 }]), []);
  });
});

describe('The columns of a line on screen', () => {
  const at = (line: number, character: number): { line: number; character: number } => ({ line, character });

  it('are those between the viewport’s ends where the line wraps', () => {
    const visible = [{ start: at(3, 700), end: at(3, 4_000) }];
    assert.deepEqual(visibleColumns(visible, 3, 9_000), { start: 700, end: 4_000 });
  });

  it('are all where the viewport begins above and ends below', () => {
    const visible = [{ start: at(1, 20), end: at(8, 30) }];
    assert.deepEqual(visibleColumns(visible, 3, 900), { start: 0, end: 900 });
    assert.deepEqual(visibleColumns(visible, 1, 900), { start: 20, end: 900 });
    assert.deepEqual(visibleColumns(visible, 8, 900), { start: 0, end: 30 });
  });

  it('are the beginning where the line is in no range', () => {
    assert.deepEqual(visibleColumns([], 3, 900), { start: 0, end: 0 });
  });
});
