import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { availableParallelism } from 'node:os';
import { InputError } from '../common/errors';
import type { CorpusLayout } from '../corpus/corpus';
import { formsBySentence } from '../corpus/corpusFile';
import { formatOf } from '../corpus/formats';
import { detectLayout } from '../corpus/formats/detect';
import { readCorpusFile } from '../corpus/formats/read';
import { FileSample } from '../corpus/formats/sample';
import { readTokenRows } from '../corpus/formats/tokenRows';
import { unlabelled, valuesForModel } from '../corpus/inputColumns';
import { openDevice } from '../engine/devices';
import { threadsFor } from '../engine/node/threads';
import { readModel } from '../model/modelFile';
import { createPredictor } from '../model/predictor';
import type { ColumnValues, Predictor } from '../model/predictor';
import type { TaggerModel } from '../model/taggerModel';
import { fileError, readBytes } from './files';
import { printMissingColumns, printNotice, printProblems } from './report';
import type { Command } from './usage';

/** Sentences that are labelled together: enough for full batches, few enough to stay small. */
const sentencesAtOnce = 512;

/** A filter: tokens in, tokens with labels out, in the order they came. Gives the exit code. */
export async function tagCommand(command: Command & { name: 'tag' }): Promise<number> {
  const model = readModel(await readBytes(command.model), command.model);
  const device = await openDevice(
    command.device,
    threadsFor(command.threads, availableParallelism(), printNotice),
  );
  const predictor = createPredictor(device, model);
  try {
    const name = command.file ?? '(stdin)';
    const input = command.file === undefined ? process.stdin : createReadStream(command.file);
    const labeller = new BlockLabeller(name, model, predictor);
    for await (const block of blocks(input, name, !command.replaceInvalidBytes)) {
      if (!process.stdout.write(await labeller.label(block))) await once(process.stdout, 'drain');
    }
    return 0;
  } finally {
    predictor.dispose();
    device.dispose();
  }
}

interface Block {
  readonly text: string;
  /** Line of the input on which the block begins, from 0. */
  readonly firstLine: number;
}

/** Cuts the input behind sentences into blocks. */
async function* blocks(
  input: AsyncIterable<Uint8Array>,
  name: string,
  fatal: boolean,
): AsyncGenerator<Block> {
  const decoder = new TextDecoder('utf-8', { fatal, ignoreBOM: true });
  let rest = '';
  let lines: string[] = [];
  let sentences = 0;
  let inSentence = false;
  let firstLine = 0;
  const take = (): Block => {
    const block = { text: lines.join(''), firstLine };
    firstLine += lines.length;
    lines = [];
    sentences = 0;
    return block;
  };
  const decode = (bytes?: Uint8Array): string => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch {
      const before = new TextDecoder().decode(bytes).split('\uFFFD')[0];
      throw new InputError('Not valid UTF-8.', {
        file: name,
        line: firstLine + lines.length + before.split('\n').length - 1,
        hint: 'Convert the text to UTF-8, or read it with --replace-invalid.',
      });
    }
  };
  try {
    for await (const bytes of input) {
      const text = rest + decode(bytes);
      let from = 0;
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
        const line = text.slice(from, end + 1);
        from = end + 1;
        lines.push(line);
        const blank = line.trim() === '';
        if (blank && inSentence && ++sentences >= sentencesAtOnce) yield take();
        inSentence = !blank;
      }
      rest = text.slice(from);
    }
  } catch (error) {
    throw error instanceof InputError ? error : fileError(error, name);
  }
  rest += decode();
  if (rest !== '') lines.push(rest);
  if (lines.length > 0) yield take();
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

  async label({ text, firstLine }: Block): Promise<string> {
    if (text.trim() === '') return text;
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
        separator !== undefined && sample.firstRow.split(separator).length === columns.length,
    ) ?? 'tokens'
  );
}
