import { createReadStream } from 'node:fs';
import { once } from 'node:events';
import { InputError } from '../../common/problem';
import type { CorpusFormat } from '../../corpus/corpus';
import { conlluColumns, conlluFormat } from '../../corpus/formats/conllu';
import { detectFormat, readCorpusFile } from '../../corpus/formats/read';
import { appendColumn, formsBySentence, relabel } from '../../corpus/formats/write';
import { readModel } from '../../model/modelFile';
import type { TaggerModel } from '../../model/modelFile';
import { createPredictor } from '../../model/predictor';
import type { Predictor } from '../../model/predictor';
import { openDevice } from '../devices';
import { fileError, readBytes } from './files';
import { printProblems } from './report';
import type { Command } from './usage';

/** Sentences that are labelled together: enough for full batches, few enough to stay small. */
const sentencesAtOnce = 512;

/** A filter: tokens in, tokens with labels out, in the order they came. Gives the exit code. */
export async function tagCommand(command: Command & { name: 'tag' }): Promise<number> {
  const model = readModel(await readBytes(command.model), command.model);
  const device = await openDevice(command.device, command.threads);
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
async function* blocks(input: AsyncIterable<Uint8Array>, name: string, fatal: boolean): AsyncGenerator<Block> {
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
      throw new InputError('Not valid UTF-8.', { file: name, line: firstLine + lines.length + before.split('\n').length - 1, hint: 'Convert the text to UTF-8, or read it with --replace-invalid.' });
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

/** Labels blocks of one input, whose first block tells how it is written. */
class BlockLabeller {
  private format: CorpusFormat | 'tokens' | undefined;

  constructor(
    private readonly name: string,
    private readonly model: TaggerModel,
    private readonly predictor: Predictor,
  ) {}

  async label({ text, firstLine }: Block): Promise<string> {
    if (text.trim() === '') return text;
    this.format ??= inputFormat(this.name, text, this.model.format);
    if (this.format === 'tokens') return this.labelTokens(text);
    const parsed = readCorpusFile(this.name, this.name, text, this.format);
    // What is odd about the labels that are to be replaced is no matter here; what cannot be read is.
    const unread = parsed.problems.filter(({ severity }) => severity === 'error');
    printProblems(unread.map((problem) => ({ ...problem, line: problem.line + firstLine })));
    const labels = (await this.predict(formsBySentence(parsed))).flat();
    const inPlace = this.format.kind === 'conllu' && this.format.columns.includes(this.model.column);
    return inPlace ? relabel(text, parsed, this.model.column, labels) : appendColumn(text, parsed, labels);
  }

  /** Rows with the token first: the label becomes the row's last column. */
  private async labelTokens(text: string): Promise<string> {
    const lines = text.split('\n');
    const sentences: { readonly lines: number[]; readonly forms: string[] }[] = [];
    let open = false;
    for (const [i, line] of lines.entries()) {
      if (line.trim() === '') {
        open = false;
        continue;
      }
      if (!open) sentences.push({ lines: [], forms: [] });
      open = true;
      const sentence = sentences[sentences.length - 1];
      sentence.lines.push(i);
      sentence.forms.push(line.replace(/^\uFEFF|\r$/g, '').split(line.includes('\t') ? '\t' : ' ')[0]);
    }
    const labels = await this.predict(sentences.map(({ forms }) => forms));
    for (const [s, sentence] of sentences.entries()) {
      for (const [t, i] of sentence.lines.entries()) {
        const end = lines[i].endsWith('\r') ? '\r' : '';
        const row = end ? lines[i].slice(0, -1) : lines[i];
        lines[i] = `${row}${row.includes(' ') && !row.includes('\t') ? ' ' : '\t'}${labels[s][t]}${end}`;
      }
    }
    return lines.join('\n');
  }

  private async predict(sentences: readonly (readonly string[])[]): Promise<string[][]> {
    const predictions = await this.predictor.predict(sentences);
    return predictions.map(({ labels }) => Array.from(labels, (id) => this.model.labels[id]));
  }
}

/**
 * How the input is written: a format that it is known by, that of the model's corpus where its rows have as many fields, or
 * tokens one a line. CoNLL-U with the model's column is labelled in place; other rows get one more column.
 */
function inputFormat(name: string, text: string, ofModel: CorpusFormat): CorpusFormat | 'tokens' {
  const detected = detectFormat(name, text);
  if (detected) return detected;
  const row = text.split('\n').find((line) => line.trim() !== '' && !line.startsWith('#')) ?? '';
  if (/^1\t/.test(row) && row.split('\t').length === conlluColumns.length) return conlluFormat(text);
  return ofModel.columns.length > 2 && row.split(ofModel.separator).length === ofModel.columns.length ? ofModel : 'tokens';
}
