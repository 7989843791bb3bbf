import assert from 'node:assert/strict';
import fc from 'fast-check';
import { editedLines } from '../../../../src/editor/labels/editedLines';

/** Replaces columns from 0 of lines: what stands there then. */
function apply(
  lines: readonly string[],
  { start, end, text }: { start: [number, number]; end: [number, number]; text: string },
): string[] {
  const before = [...lines.slice(0, start[0]), lines[start[0]].slice(0, start[1])].join('\n');
  const after = [lines[end[0]].slice(end[1]), ...lines.slice(end[0] + 1)].join('\n');
  return `${before}${text}${after}`.split('\n');
}

describe('The lines of an edit', () => {
  it('are those that it touches, and all below where there are more or fewer lines after it', () => {
    const change = (from: number, to: number, text: string) => ({
      range: { start: { line: from }, end: { line: to } },
      text,
    });
    assert.deepEqual(editedLines([change(3, 3, 'a')]), { first: 3, last: 3 });
    assert.deepEqual(editedLines([change(3, 4, 'a\nb')]), { first: 3, last: 4 });
    assert.deepEqual(editedLines([change(7, 7, 'a'), change(3, 3, '')]), { first: 3, last: 7 });
    assert.deepEqual(editedLines([change(3, 3, '\r\n')]), { first: 3, last: Infinity });
    assert.deepEqual(editedLines([change(3, 5, '')]), { first: 3, last: Infinity });
    // One line more and one less: those between have moved.
    assert.deepEqual(editedLines([change(7, 8, ''), change(3, 3, '\n')]), { first: 3, last: Infinity });
  });

  it('leave all others as they are and where they are', () => {
    const place = fc.tuple(fc.nat(5), fc.nat(3));
    const text = fc.array(fc.constantFrom('a', 'b', '\n'), { maxLength: 5 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(place, place, text, (one, other, replacement) => {
        const [start, end] = [one, other].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
        const lines = Array.from({ length: 6 }, (_, i) => `${i}${i}${i}`);
        const edited = apply(lines, { start, end, text: replacement });
        const { first, last } = editedLines([
          { range: { start: { line: start[0] }, end: { line: end[0] } }, text: replacement },
        ]);
        lines.forEach((line, i) => {
          if (i < first || i > last) assert.equal(edited[i], line);
        });
      }),
    );
  });
});
