import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DrawnMarks, styleKey } from '../../../../src/editor/labels/drawnMarks';
import type { Mark } from '../../../../src/editor/labels/marks';

const markOf = (text: string, startLine: number, endLine = startLine): Mark => ({
  style: { kind: 'token', text, colour: 0 },
  startLine,
  startColumn: 0,
  endLine,
  endColumn: 4,
});
const texts = (changed: ReturnType<DrawnMarks['replace']>): string[] =>
  changed
    .map(({ style, marks }) => `${style.text} ${marks.map(({ startLine }) => startLine).join(' ')}`.trim())
    .sort();

describe('What an editor shows', () => {
  it('is set by style, and only where it changed', () => {
    const drawn = new DrawnMarks();
    assert.deepEqual(texts(drawn.replace([markOf('A', 1), markOf('B', 2), markOf('A', 3)])), [
      'A 1 3',
      'B 2',
    ]);
    assert.deepEqual(texts(drawn.replace([markOf('A', 1), markOf('B', 2), markOf('A', 3)])), []);
    assert.deepEqual(texts(drawn.replace([markOf('A', 1), markOf('B', 5)])), ['A 1', 'B 5']);
    assert.deepEqual(texts(drawn.replace([markOf('A', 1)])), ['B']);
    assert.deepEqual(
      drawn.styles.map(({ text }) => text),
      ['A'],
    );
  });

  it('is set anew where an edit moved it, and stays above the edit', () => {
    const drawn = new DrawnMarks();
    const marks = [markOf('above', 1), markOf('across', 2, 6), markOf('below', 8)];
    drawn.replace(marks);
    drawn.edited(5);
    assert.deepEqual(texts(drawn.replace(marks)), ['across 2', 'below 8']);
    assert.deepEqual(texts(drawn.replace(marks)), []);
  });

  it('is what is wanted after any changes and edits', () => {
    const marks = fc.array(
      fc.tuple(fc.constantFrom('A', 'B', 'C'), fc.nat(9)).map(([text, line]) => markOf(text, line)),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(fc.array(fc.record({ marks, inserted: fc.option(fc.nat(9)) })), (steps) => {
        const drawn = new DrawnMarks();
        const editor = new Map<string, Mark[]>();
        for (const step of steps) {
          for (const { style, marks: set } of drawn.replace(step.marks))
            editor.set(styleKey(style), [...set]);
          const shown = [...editor.values()].flat();
          const ordered = (list: readonly Mark[]): string[] =>
            list.map((mark) => JSON.stringify(mark)).sort();
          assert.deepEqual(ordered(shown), ordered(step.marks));
          const { inserted } = step;
          if (inserted === null) continue;
          drawn.edited(inserted);
          for (const [key, list] of editor) {
            editor.set(
              key,
              list.map((mark) =>
                mark.startLine >= inserted
                  ? { ...mark, startLine: mark.startLine + 1, endLine: mark.endLine + 1 }
                  : mark,
              ),
            );
          }
        }
      }),
    );
  });
});
