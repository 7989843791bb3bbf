import { availableParallelism } from 'node:os';
import { formatCount } from '../common/figures';
import { shownLine, shownName } from '../common/shownText';
import { renderReport } from '../corpus/report/render';
import { checkSources } from '../engine/checkSources';
import { searchLabelErrors } from '../engine/labelErrors';
import type { LabelErrorReport } from '../engine/labelErrors';
import { searchSideBySide } from '../engine/node/sideBySide';
import { threadsFor } from '../engine/node/threads';
import type { SourceFile } from '../engine/sourceFile';
import { sourcesAt } from './files';
import { printNotice, ProgressLine } from './report';
import { checkOutput, writeOutput } from './standardStreams';
import type { Command, LabelErrorArguments } from './usage';

type CheckCommand = Command & { name: 'check' };

/**
 * Prints what is in the files. Gives the exit code: 1 where nothing could be read.
 *
 * @param distFolder the folder with the bundled workers.
 */
export async function checkCommand(command: CheckCommand, distFolder: string): Promise<number> {
  const { paths, stated, replaceInvalidBytes, json } = command;
  const files = await sourcesAt(paths, stated);
  await checkOutput(files.map(({ file }) => file));
  const report = checkSources({ files, replaceInvalidBytes });
  const found =
    command.labelErrors && report.corpora.length > 0
      ? await labelErrors(files, replaceInvalidBytes, command.labelErrors, distFolder)
      : undefined;
  const text = json
    ? `${JSON.stringify({ ...report, ...(found && { labelErrors: found }) }, lineFromOne)}\n`
    : `${renderReport(report, (file) => file).text}${found ? describeErrors(found) : ''}`;
  await writeOutput(text);
  return report.corpora.length > 0 ? 0 : 1;
}

/** People and other tools count lines from 1. */
function lineFromOne(key: string, value: unknown): unknown {
  return key === 'line' && typeof value === 'number' ? value + 1 : value;
}

async function labelErrors(
  files: readonly SourceFile[],
  replaceInvalidBytes: boolean,
  { column, folds, device, threads, seed }: LabelErrorArguments,
  distFolder: string,
): Promise<LabelErrorReport | undefined> {
  const line = new ProgressLine();
  const place = {
    device,
    threads: threadsFor(threads, availableParallelism(), printNotice),
    folds,
    seed,
    distFolder,
  };
  try {
    return await searchSideBySide(
      { files, replaceInvalidBytes, column },
      place,
      (share) => line.draw(share, 'looking for label errors'),
      searchLabelErrors,
    );
  } finally {
    line.clear();
  }
}

const shownErrors = 50;

function describeErrors({ column, tokens, errors }: LabelErrorReport): string {
  const count = `${formatCount(errors.length)} of ${formatCount(tokens)} labels in ${shownName(column)}`;
  if (errors.length === 0) return `\nLabel errors: none of ${count} looks wrong.\n`;
  const lines = errors
    .slice(0, shownErrors)
    .map(
      ({ file, line, word, gold, suggested, score }) =>
        `  ${shownLine(file, 400)}:${line + 1}: ${shownName(word)}: ${shownName(gold)}, or rather ${shownName(suggested)}? (${score.toFixed(3)})`,
    );
  const more =
    errors.length > shownErrors
      ? `  … and ${formatCount(errors.length - shownErrors)} more: --json lists all.\n`
      : '';
  return `\nLabel errors: models that had not seen them would give another label to ${count}. The surest first:\n${lines.join('\n')}\n${more}`;
}
