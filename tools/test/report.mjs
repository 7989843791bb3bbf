// What `npm test` says of its stages when all are done.

const seconds = (ms) => (ms / 1000).toFixed(1);

/** A line for each stage: its title, seconds, passed and failed tests. */
export function stageTable(rows) {
  const lines = [
    ['', 'seconds', 'passed', 'failed'],
    ...rows.map(({ title, ms, counts }) =>
      counts === undefined
        ? [title, '', 'not run', '']
        : [title, seconds(ms), String(counts.passed), String(counts.failed)],
    ),
  ];
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** What failed, stage by stage, the first lines of each; an empty text where nothing did. */
export function failureList(rows) {
  return rows
    .filter(({ counts }) => counts === undefined || counts.failed > 0)
    .map(({ title, counts }) =>
      [`Failed: ${title}`, ...(counts?.failures ?? []).map((failure) => `  - ${firstLines(failure)}`)].join(
        '\n',
      ),
    )
    .join('\n');
}

const firstLines = (text) => text.trim().split('\n').slice(0, 8).join('\n    ');
