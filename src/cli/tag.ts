import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { availableParallelism } from 'node:os';
import { InputError } from '../common/errors';
import type { CorpusFormat } from '../corpus/corpus';
import { conlluColumns, conlluFormat } from '../corpus/formats/conllu';
import { detectFormat, readCorpusFile } from '../corpus/formats/read';
import { appendColumn, formsBySentence, relabel } from '../corpus/formats/write';
import { unlabelled, valuesForModel } from '../corpus/inputColumns';
import { openDevice } from '../engine/devices';
import { readModel } from '../model/modelFile';
import type { TaggerModel } from '../model/modelFile';
import { createPredictor } from '../model/predictor';
import type { ColumnValues, Predictor } from '../model/predictor';
import { fileError, readBytes } from './files';
import { printMissingColumns, printProblems } from './report';
import type { Command } from './usage';

/** Sentences that are labelled together: enough for full batches, few enough to stay small. */
const sentencesAtOnce = 512;

/** A filter: tokens in, tokens with labels out, in the order they came. Gives the exit code. */
export async function tagCommand(command: Command & { name: 'tag' }): Promise<number> {
  const model = readModel(await readBytes(command.model), command.model);
  const device = await openDevice(command.device, command.threads || availableParallelism());
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
 * Labels blocks of one input, whose first block tells how it is written, and which of the model's columns it
 * lacks.
 */
class BlockLabeller {
  private format: CorpusFormat | 'tokens' | undefined;
  private told = false;

  constructor(
    private readonly name: string,
    private readonly model: TaggerModel,
    private readonly predictor: Predictor,
  ) {}

  async label({ text, firstLine }: Block): Promise<string> {
    if (text.trim() === '') return text;
    this.format ??= inputFormat(this.name, text, this.model, this.predictor.columns.length > 0);
    if (this.format === 'tokens') return this.labelTokens(text);
    const parsed = readCorpusFile(this.name, this.name, text, this.format);
    // What is odd about the labels that are to be replaced is no matter here; what cannot be read is.
    const unread = parsed.problems.filter(({ severity }) => severity === 'error');
    printProblems(unread.map((problem) => ({ ...problem, line: problem.line + firstLine })));
    const columns = valuesForModel(parsed, this.model, this.predictor.columns);
    this.tellMissing(columns);
    const numbers = await this.predictor.labels(formsBySentence(parsed), columns);
    const labels = numbers.flatMap((ids) => Array.from(ids, (id) => this.model.labels[id]));
    const inPlace = this.format.kind === 'conllu' && this.format.columns.includes(this.model.column);
    return inPlace ? relabel(text, parsed, this.model.column, labels) : appendColumn(text, parsed, labels);
  }

  /** Rows with the token first: the label becomes the row's last column. */
  private async labelTokens(text: string): Promise<string> {
    const rows: Row[] = [];
    const sentences: string[][] = [];
    let sentence: string[] | undefined;
    for (let start = 0; start < text.length;) {
      const newline = text.indexOf('\n', start);
      const next = newline < 0 ? text.length : newline + 1;
      let end = newline < 0 ? text.length : newline;
      if (end > start && text.charCodeAt(end - 1) === carriageReturn) end--;
      const line = text.slice(start, end);
      start = next;
      if (line.trim() === '') {
        sentence = undefined;
        continue;
      }
      if (!sentence) sentences.push((sentence = []));
      const tab = line.indexOf('\t');
      const space = tab < 0 ? line.indexOf(' ') : -1;
      const field = tab >= 0 ? line.slice(0, tab) : space >= 0 ? line.slice(0, space) : line;
      sentence.push(field.charCodeAt(0) === byteOrderMark ? field.slice(1) : field);
      rows.push({ end, separator: space >= 0 ? ' ' : '\t' });
    }
    this.tellMissing();
    const labels = await this.predictor.labels(sentences);
    const pieces: string[] = [];
    let written = 0;
    let row = 0;
    for (const ids of labels) {
      for (const id of ids) {
        const { end, separator } = rows[row++];
        pieces.push(text.slice(written, end), separator, this.model.labels[id]);
        written = end;
      }
    }
    pieces.push(text.slice(written));
    return pieces.join('');
  }

  private tellMissing(columns?: ColumnValues): void {
    if (!this.told) printMissingColumns(this.predictor.columns.filter((name) => !columns?.has(name)));
    this.told = true;
  }
}

const carriageReturn = 13;
const byteOrderMark = 0xfeff;

/** Where a token's row ends, and what separates its fields. */
interface Row {
  readonly end: number;
  readonly separator: string;
}

/**
 * How the input is written: a format that it is known by, that of the model's corpus where its rows have as
 * many fields (or, where the model reads more than the word, all but the label), or tokens one a line.
 * CoNLL-U with the model's column is labelled in place; other rows get one more column.
 */
function inputFormat(
  name: string,
  text: string,
  model: TaggerModel,
  readsColumns: boolean,
): CorpusFormat | 'tokens' {
  const detected = detectFormat(name, text);
  if (detected) return detected;
  const row = text.split('\n').find((line) => line.trim() !== '' && !line.startsWith('#')) ?? '';
  if (/^1\t/.test(row) && row.split('\t').length === conlluColumns.length) return conlluFormat(text);
  const shapes = readsColumns
    ? [model.format, unlabelled(model)]
    : model.format.columns.length > 2
      ? [model.format]
      : [];
  return shapes.find(({ columns, separator }) => row.split(separator).length === columns.length) ?? 'tokens';
}
