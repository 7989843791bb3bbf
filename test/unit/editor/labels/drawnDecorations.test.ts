import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Decoration } from '../../../../src/editor/labels/decorations';
import { DrawnDecorations, styleKey } from '../../../../src/editor/labels/drawnDecorations';

const markOf = (text: string, startLine: number, endLine = startLine): Decoration => ({
  style: { kind: 'token', text, colour: 0 },
  startLine,
  startColumn: 0,
  endLine,
  endColumn: 4,
});
const texts = (changed: ReturnType<DrawnDecorations['replace']>): string[] =>
  changed
    .map(({ style, decorations }) =>
      `${style.text} ${decorations.map(({ startLine }) => startLine).join(' ')}`.trim(),
    )
    .sort();

describe('What an editor shows', () => {
  it('is set by style, and only where it changed', () => {
    const drawn = new DrawnDecorations();
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

  it('is set anew where an edit moved it, and stays in all other lines', () => {
    const drawn = new DrawnDecorations();
    const decorations = [markOf('above', 1), markOf('across', 2, 6), markOf('below', 8)];
    drawn.replace(decorations);
    drawn.edited({ first: 5, last: Infinity });
    assert.deepEqual(texts(drawn.replace(decorations)), ['across 2', 'below 8']);
    assert.deepEqual(texts(drawn.replace(decorations)), []);
    drawn.edited({ first: 5, last: 5 });
    assert.deepEqual(texts(drawn.replace(decorations)), ['across 2']);
  });

  it('is what is wanted after any changes and edits', () => {
    const decorations = fc.array(
      fc.tuple(fc.constantFrom('A', 'B', 'C'), fc.nat(9)).map(([text, line]) => markOf(text, line)),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ decorations, edit: fc.option(fc.record({ line: fc.nat(9), isWithin: fc.boolean() })) }),
        ),
        (steps) => {
          const drawn = new DrawnDecorations();
          const editor = new Map<string, Decoration[]>();
          for (const step of steps) {
            for (const { style, decorations: set } of drawn.replace(step.decorations))
              editor.set(styleKey(style), [...set]);
            const shown = [...editor.values()].flat();
            const ordered = (list: readonly Decoration[]): string[] =>
              list.map((decoration) => JSON.stringify(decoration)).sort();
            assert.deepEqual(ordered(shown), ordered(step.decorations));
            const { edit } = step;
            if (edit === null) continue;
            const { line, isWithin } = edit;
            drawn.edited({ first: line, last: isWithin ? line : Infinity });
            const moved = (decoration: Decoration): Decoration => {
              const { startLine, endLine, startColumn, endColumn } = decoration;
              if (isWithin)
                return startLine === line
                  ? { ...decoration, startColumn: startColumn + 1, endColumn: endColumn + 1 }
                  : decoration;
              return startLine >= line
                ? { ...decoration, startLine: startLine + 1, endLine: endLine + 1 }
                : decoration;
            };
            for (const [key, list] of editor) editor.set(key, list.map(moved));
          }
        },
      ),
    );
  });
});
