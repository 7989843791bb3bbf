import assert from 'node:assert/strict';
import fc from 'fast-check';
import { surveyRows } from '../../../../src/corpus/formats/rows/rowSurvey';

describe('a survey of rows', () => {
  const rows = (row: string, count: number): string => `${row}\n`.repeat(count);

  it('goes by all rows of a file, whatever its first ones look like', () => {
    const few = rows('a b c', 2000);
    const told = ({ separator, width, rows: own, otherRows }: ReturnType<typeof surveyRows>) => ({
      separator,
      width,
      own,
      otherRows,
    });
    assert.deepEqual(told(surveyRows(few + rows('a\tb', 5000))), {
      separator: '\t',
      width: 2,
      own: 5000,
      otherRows: 2000,
    });
    assert.deepEqual(told(surveyRows(rows('a\tb', 2000) + rows('a b c', 5000))), {
      separator: ' ',
      width: 3,
      own: 5000,
      otherRows: 2000,
    });
    assert.deepEqual(told(surveyRows(rows('a\tb\t\t', 2000) + rows('a\tb\tc\td', 5000))), {
      separator: '\t',
      width: 4,
      own: 7000,
      otherRows: 0,
    });
  });

  it('says the same of rows whatever stands before them that is none', () => {
    const row = fc.constantFrom('a\tO', 'a O', 'a\tb\tO', 'a\t\t', '\tO', 'a  b\tO', '#', '# c', '#\tO', '');
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), (some) => {
        const text = some.join('\n').concat('\n').repeat(1500);
        const { columns, ...rest } = surveyRows(text);
        // Comments of this length fill what a guess is made from: the rows are counted first.
        const { columns: others, ...same } = surveyRows(`# text = ${'c'.repeat(10_000)}\n${text}`);
        assert.deepEqual(same, rest);
        const counts = (column: (typeof columns)[number]) => [column.filled, ...column.values()];
        assert.deepEqual(others.map(counts), columns.map(counts));
      }),
      { numRuns: 60 },
    );
  });
});
