import type { Reaches } from '../bars';
import { median, quantile } from '../statistics';
import type { Ratio } from '../statistics';
import { figure } from '../table';
import type { Table } from '../table';
import type { EditorFigures, FileFigures, TypingFigures } from './editorFigures';

/** How much longer a key takes with labels: the ratio of the medians, and the quartiles of that of single pairs. */
export function typingRatio({ labels, without }: TypingFigures): Ratio {
  const pairs = labels.map((times, pair) => median(times) / median(without[pair]));
  return {
    ratio: median(labels.flat()) / median(without.flat()),
    low: quantile(pairs, 0.25),
    high: quantile(pairs, 0.75),
  };
}

export function editorTables({ rows, text }: EditorFigures, notes: readonly string[]): Table[] {
  const files = [
    ['corpus file, 100,000 lines', rows],
    ['plain text, 2 MB', text],
  ] as const;
  const times = (what: string, values: readonly number[]): string[] => [
    what,
    ...[0.25, 0.5, 0.75, 0.9].map((share) => figure(quantile(values, share))),
    figure(values.length),
  ];
  const typing = (of: FileFigures): (readonly [string, TypingFigures])[] => [
    ['typing', of.typing],
    ['typing while training', of.typingTraining],
  ];
  return [
    {
      title: 'Labels in an editor of VS Code, ms',
      columns: ['file', 'what', '1st quartile', 'median', '3rd quartile', '90th percentile', 'times'],
      rows: files.flatMap(([file, of]) =>
        [
          times('text on screen to first label', of.opening),
          times('the same, a bare decoration', of.openingBare),
          times('key of an edit to another label', of.editing),
          times('the same, a bare decoration', of.editingBare),
          ...typing(of).flatMap(([what, { labels, without }]) => [
            times(`${what}, labels`, labels.flat()),
            times(`${what}, no labels`, without.flat()),
          ]),
        ].map((cells) => [file, ...cells]),
      ),
    },
    {
      title: 'Typing with labels against without',
      columns: ['file', 'what', 'medians', 'pairs: 1st quartile', '3rd quartile', '90th percentiles'],
      rows: files.flatMap(([file, of]) =>
        typing(of).map(([what, figures]) => {
          const { ratio, low, high } = typingRatio(figures);
          const p90 = quantile(figures.labels.flat(), 0.9) / quantile(figures.without.flat(), 0.9);
          return [file, what, ...[ratio, low, high, p90].map((value) => `${value.toFixed(2)}×`)];
        }),
      ),
      notes,
    },
  ];
}

export function editorReaches({ rows }: EditorFigures): Reaches {
  return {
    editorOpening: median(rows.opening),
    editorEdit: median(rows.editing),
    editorTyping: typingRatio(rows.typing).ratio,
    editorTypingTraining: typingRatio(rows.typingTraining).ratio,
  };
}
