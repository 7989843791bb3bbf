import { availableParallelism } from 'node:os';
import { InputError } from '../common/errors';
import type { CorpusLayout } from '../corpus/corpus';
import { formsBySentence } from '../corpus/corpusFile';
import { formatOf } from '../corpus/formats';
import { detectLayout } from '../corpus/formats/detect';
import { checkLabel } from '../corpus/formats/fields';
import { readCorpusFile } from '../corpus/formats/read';
import { FileSample } from '../corpus/formats/sample';
import { readTokenRows } from '../corpus/formats/tokenRows';
import { unlabelled, valuesForModel } from '../corpus/inputColumns';
import type { TextBlock } from '../corpus/text/blockCutter';
import { isBlankText } from '../corpus/text/lines';
import { openDevice } from '../engine/devices';
import { threadsFor } from '../engine/node/threads';
import { readModel } from '../model/modelFile';
import { createPredictor } from '../model/predictor';
import type { ColumnValues, Predictor } from '../model/predictor';
import type { TaggerModel } from '../model/taggerModel';
import { readBytes } from './files';
import { readBlocks } from './inputText';
import { printMissingColumns, printNotice, printProblems } from './report';
import { checkOutput, openInput, writeOutput } from './standardStreams';
import type { Command } from './usage';

/** Sentences that are labelled together: enough for full batches, few enough to stay small. */
const sentencesAtOnce = 512;

/** A filter: tokens in, tokens with labels out, in the order they came. Gives the exit code. */
export async function tagCommand(command: Command & { name: 'tag' }): Promise<number> {
  await checkOutput([command.model, command.file]);
  const input = await openInput(command.file);
  const model = readModel(await readBytes(command.model), command.model);
  checkLabels(model, command.model);
  const device = await openDevice(
    command.device,
    threadsFor(command.threads, availableParallelism(), printNotice),
  );
  const predictor = createPredictor(device, model);
  try {
    const labeller = new BlockLabeller(input.name, model, predictor);
    for await (const block of readBlocks(input, sentencesAtOnce, !command.replaceInvalidBytes))
      await writeOutput(
        await labeller.label(block).catch((error: unknown) => {
          throw inInput(error, input.name, block.firstLine);
        }),
      );
    return 0;
  } finally {
    predictor.dispose();
    device.dispose();
  }
}

/** Labels that break a row wherever they stand are refused before anything is written. */
function checkLabels({ labels }: TaggerModel, file: string): void {
  try {
    for (const label of labels) checkLabel(label, '\t');
  } catch (error) {
    throw inInput(error, file, 0);
  }
}

/** An error in a part of a file that begins on a line, as one in the file. */
function inInput(error: unknown, file: string, firstLine: number): unknown {
  if (!(error instanceof InputError)) return error;
  const { line, ...details } = error.details;
  return new InputError(error.message, {
    file,
    ...details,
    ...(line !== undefined && { line: line + firstLine }),
  });
}

/**
 * Labels blocks of one input, whose first block shows how it is laid out, and which of the model's columns it
 * lacks.
 */
class BlockLabeller {
  private layout: CorpusLayout | 'tokens' | undefined;
  private reported = false;

  constructor(
    private readonly name: string,
    private readonly model: TaggerModel,
    private readonly predictor: Predictor,
  ) {}

  async label({ text, firstLine }: TextBlock): Promise<string> {
    if (isBlankText(text)) return text;
    this.layout ??= inputLayout(this.name, text, this.model, this.predictor.columns.length > 0);
    if (this.layout === 'tokens') return this.labelTokens(text);
    const parsed = readCorpusFile(this.name, this.name, text, this.layout);
    // What is odd about the labels that are to be replaced is no matter here; what cannot be read is.
    const unread = parsed.problems.filter(({ severity }) => severity === 'error');
    printProblems(unread.map((problem) => ({ ...problem, line: problem.line + firstLine })));
    const columns = valuesForModel(parsed, this.model, this.predictor.columns);
    this.reportMissing(columns);
    const labels = await this.labelsOf(formsBySentence(parsed), columns);
    // Names that were guessed say nothing of what the column held: then the labels become a new one.
    const format = formatOf(parsed.layout);
    const column = format.columnNames === 'given' ? this.model.column : undefined;
    return format.writeLabels(text, parsed, column, labels);
  }

  private async labelTokens(text: string): Promise<string> {
    const rows = readTokenRows(text);
    this.reportMissing();
    return rows.write(await this.labelsOf(rows.sentences));
  }

  private async labelsOf(
    sentences: readonly (readonly string[])[],
    columns?: ColumnValues,
  ): Promise<string[]> {
    const labels: string[] = [];
    for (const sentence of await this.predictor.labels(sentences, columns))
      for (const id of sentence) labels.push(this.model.labels[id]);
    return labels;
  }

  private reportMissing(columns?: ColumnValues): void {
    if (!this.reported) printMissingColumns(this.predictor.columns.filter((name) => !columns?.has(name)));
    this.reported = true;
  }
}

/**
 * How the input is laid out: by a format that recognises it, as the model's corpus where its rows have as
 * many fields (or, where the model reads more than the word, all but the label), or as tokens one a line.
 * Where columns have names of their own, the model's is labelled in place; other rows get one more column.
 */
function inputLayout(
  name: string,
  text: string,
  model: TaggerModel,
  readsColumns: boolean,
): CorpusLayout | 'tokens' {
  const sample = new FileSample(text);
  const detected = detectLayout(name, sample) ?? detectLayout(name, sample, 'rows');
  if (detected) return detected;
  const shapes = readsColumns
    ? [model.layout, unlabelled(model)]
    : model.layout.columns.length > 2
      ? [model.layout]
      : [];
  return (
    shapes.find(
      ({ columns, separator }) =>
        separator !== undefined &&
        sample.firstRow.split(separator, columns.length + 1).length === columns.length,
    ) ?? 'tokens'
  );
}
