import { availableParallelism } from 'node:os';
import { formatCount } from '../common/figures';
import { shownLine, shownName } from '../common/shownText';
import { renderReport } from '../corpus/report/render';
import { checkSources } from '../engine/checkSources';
import { openDevice } from '../engine/devices';
import { searchLabelErrors } from '../engine/labelErrors';
import type { LabelErrorReport } from '../engine/labelErrors';
import { threadsFor } from '../engine/node/threads';
import type { SourceFile } from '../engine/sourceFile';
import { sourcesAt } from './files';
import { printNotice, ProgressLine } from './report';
import { checkOutput, writeOutput } from './standardStreams';
import type { Command, LabelErrorArguments } from './usage';

type CheckCommand = Command & { name: 'check' };

/** Prints what is in the files. Gives the exit code: 1 where nothing could be read. */
export async function checkCommand(command: CheckCommand): Promise<number> {
  const { paths, stated, replaceInvalidBytes, json } = command;
  const files = await sourcesAt(paths, stated);
  await checkOutput(files.map(({ file }) => file));
  const report = checkSources({ files, replaceInvalidBytes });
  const found =
    command.labelErrors && report.corpora.length > 0
      ? await labelErrors(files, replaceInvalidBytes, command.labelErrors)
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
  { column, folds, device: name, threads, seed }: LabelErrorArguments,
): Promise<LabelErrorReport | undefined> {
  const line = new ProgressLine();
  const device = await openDevice(name, threadsFor(threads, availableParallelism(), printNotice));
  try {
    return await searchLabelErrors(
      { files, replaceInvalidBytes, column },
      {
        folds,
        settings: { seed },
        device,
        hooks: {
          yieldToHost: () => 'continue',
          now: () => performance.now(),
          progress: (share) => line.draw(share, 'looking for label errors'),
        },
      },
    );
  } finally {
    line.clear();
    device.dispose();
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
