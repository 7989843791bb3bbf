import { availableParallelism } from 'node:os';
import { InputError } from '../common/errors';
import { shownNames } from '../common/shownText';
import type { CorpusLayout } from '../corpus/corpus';
import { formsBySentence } from '../corpus/corpusFile';
import { decodeText } from '../corpus/decode';
import { formatOf } from '../corpus/formats';
import { brat, bratLayout } from '../corpus/formats/brat';
import type { Companion } from '../corpus/formats/format';
import { findColumn } from '../corpus/formats/layout';
import { readCorpusFile } from '../corpus/formats/read';
import { checkLabel } from '../corpus/formats/rows/fields';
import { layOutAsStated } from '../corpus/formats/rows/statedLayout';
import { readTokenRows } from '../corpus/formats/rows/tokenRows';
import { valuesForModel } from '../corpus/inputColumns';
import type { TextBlock } from '../corpus/text/blockCutter';
import { isBlankText } from '../corpus/text/lines';
import { openDevice } from '../engine/devices';
import { threadsFor } from '../engine/node/threads';
import { readModel } from '../model/modelFile';
import { createPredictor } from '../model/predictor';
import type { ColumnValues, Predictor } from '../model/predictor';
import type { TaggerModel } from '../model/taggerModel';
import { readAnnotations, readBytes, sourceOf } from './files';
import { inputLayout } from './inputLayout';
import { readBlocks } from './inputText';
import { printMissingColumns, printNotice, printProblems } from './report';
import { checkOutput, openInput, writeOutput } from './standardStreams';
import type { Command, ModelArguments } from './usage';

/** Sentences that are labelled together: enough for full batches, few enough to stay small. */
const sentencesAtOnce = 512;

/** A filter: tokens in, tokens with labels out, in the order they came. Gives the exit code. */
export async function tagCommand(command: Command & { name: 'tag' }): Promise<number> {
  const file = command.file === undefined ? undefined : await sourceOf(command.file);
  const annotations = file === undefined ? undefined : await readAnnotations(file);
  await checkOutput([command.model, file, ...(annotations ? [annotations.file] : [])]);
  const input = await openInput(file);
  const model = readModel(await readBytes(command.model), command.model);
  checkLabels(model, command.model);
  const device = await openDevice(
    command.device,
    threadsFor(command.threads, availableParallelism(), printNotice),
  );
  const predictor = createPredictor(device, model);
  try {
    const reading = { fatal: !command.replaceInvalidBytes, encoding: command.stated?.encoding };
    const companion = annotations && decodeAnnotations(annotations, reading);
    const labeller = new BlockLabeller(input.name, model, predictor, command, companion);
    const blocks = readBlocks(input, sentencesAtOnce, reading);
    // Annotations are of a whole text.
    const isWhole = companion !== undefined || model.layout.kind === brat.id;
    for await (const block of isWhole ? joined(blocks) : blocks)
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

/** All blocks as one. */
async function* joined(blocks: AsyncIterable<TextBlock>): AsyncGenerator<TextBlock> {
  const texts: string[] = [];
  for await (const { text } of blocks) texts.push(text);
  if (texts.length > 0) yield { text: texts.join(''), firstLine: 0 };
}

/** @throws {InputError} with the line, where they are not in the encoding. */
function decodeAnnotations(
  { file, content }: { readonly file: string; readonly content: Uint8Array },
  { fatal, encoding }: { readonly fatal: boolean; readonly encoding?: string },
): Companion {
  const { text, problems } = decodeText(file, content, encoding);
  const wrong = problems.find(({ code }) => fatal || code === 'utf-16');
  if (wrong) throw new InputError(wrong.message, { file, line: wrong.line });
  return { file, text };
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
    private readonly said: Pick<ModelArguments, 'column' | 'stated'>,
    /** The annotations of a text that has some. */
    private readonly companion: Companion | undefined,
  ) {}

  async label({ text, firstLine }: TextBlock): Promise<string> {
    if (isBlankText(text)) return text;
    this.layout ??= this.layOut(text);
    if (this.layout === 'tokens') return this.labelTokens(text);
    if (this.layout.kind === brat.id) return this.labelWhole(text.replace(/^\ufeff/, ''), this.layout);
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
    return format.writeLabels(text, parsed, this.columnSaid(parsed.layout) ?? column, labels);
  }

  /** Gives the annotations of a text, with other spans. */
  private async labelWhole(text: string, layout: CorpusLayout): Promise<string> {
    const parsed = readCorpusFile(this.name, this.name, text, layout, this.companion);
    printProblems(parsed.problems.filter(({ severity }) => severity === 'error'));
    this.reportMissing();
    const labels = await this.labelsOf(formsBySentence(parsed));
    return formatOf(layout).writeLabels(text, parsed, undefined, labels, this.companion);
  }

  private layOut(text: string): CorpusLayout | 'tokens' {
    const { name, model, said, companion } = this;
    if (companion) return bratLayout;
    const told = inputLayout(name, text, model);
    const { encoding: _, ...rows } = said.stated ?? {};
    if (Object.keys(rows).length === 0) return told;
    return layOutAsStated(name, text, rows, told === 'tokens' ? undefined : told);
  }

  private columnSaid(layout: CorpusLayout): string | undefined {
    const { column } = this.said;
    if (column === undefined) return undefined;
    const found = findColumn(layout, column);
    if (found !== undefined && layout.columns.indexOf(found) !== layout.form) return found;
    throw new InputError(`There is no column ${JSON.stringify(column)} for labels.`, {
      file: this.name,
      hint: `Its columns are ${shownNames(layout.columns)}.`,
    });
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
