import { escapeMarkdown } from '../common/escapeMarkdown';
import { runTitle } from '../record/runTitle';
import type { ReportedRun } from './reportedRun';
import type { Table } from './table';
import { figuresOf, notesOf, runLine, tablesOf } from './tables';

/** A run's figures and tables as Markdown. What comes from files is text in it, whatever it holds. */
export function reportMarkdown(run: ReportedRun): string {
  const parts = [
    `# ${escapeMarkdown(runTitle(run.record))}`,
    escapeMarkdown(runLine(run)),
    ...notesOf(run).map((note) => `> ${escapeMarkdown(note.replace(/\s+/g, ' '))}`),
    figuresOf(run)
      .map(([name, value]) => `- ${escapeMarkdown(name)}: ${escapeMarkdown(value)}`)
      .join('\n'),
    ...tablesOf(run).flatMap((table) => [
      `## ${escapeMarkdown(table.title)}`,
      tableOf(table),
      ...(table.note === undefined ? [] : [escapeMarkdown(table.note)]),
    ]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function tableOf({ head, rows, text = [], best }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const sides = head.map((_, i) => (i === 0 || text.includes(i) ? ':--' : '--:'));
  const body = rows.map((row, i) =>
    line(
      row.map((cell) => {
        const shown = escapeMarkdown(cell);
        return i === best && shown !== '' ? `**${shown}**` : shown;
      }),
    ),
  );
  return [line(head.map(escapeMarkdown)), line(sides), ...body].join('\n');
}
