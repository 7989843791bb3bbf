import { InputError } from '../common/errors';
import { formatOf, reportText, textFormats } from '../report/formats';
import type { TextFormat } from '../report/formats';
import { runCharts } from '../report/runCharts';
import { checkNoInput, writeWhole } from './outputFile';
import { filesOfRun, readRunFolder } from './runFolder';
import { writeOutput } from './standardStreams';
import type { Command } from './usage';

/** Writes what is kept of a run as HTML, or in the format of the output's ending. Gives the exit code. */
export async function reportCommand(command: Command & { name: 'report' }): Promise<number> {
  const { output, chart } = command;
  const format = output === undefined ? 'html' : textFormatOf(output);
  const run = await readRunFolder(command.run);
  if (format === 'svg') {
    const ids = runCharts(run.state).map(({ id }) => id);
    if (ids.length === 0 || (chart !== undefined && !ids.includes(chart)))
      throw new InputError(
        chart === undefined
          ? 'There is nothing to draw of this run yet.'
          : `There is nothing to draw of this run as ${chart}.`,
        { file: command.run, ...(ids.length > 0 && { hint: `It has ${ids.join(', ')}.` }) },
      );
  }
  const text = reportText(run, format, { language: 'en', chart });
  if (output === undefined) await writeOutput(text);
  else {
    await checkNoInput(output, filesOfRun(command.run), {
      name: 'report',
      option: '--output',
      example: 'report.html',
    });
    await writeWhole(output, new TextEncoder().encode(text));
  }
  return 0;
}

function textFormatOf(output: string): TextFormat {
  const format = formatOf(output);
  if (format === undefined || format === 'png')
    throw new InputError(
      `A report is written as ${textFormats.map((known) => `.${known}`).join(', ')}: the ending says which.`,
      {
        file: output,
        ...(format === 'png' && { hint: 'The loss panel of VS Code saves charts as PNG: Save Run….' }),
      },
    );
  return format;
}
