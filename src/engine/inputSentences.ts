/** The sentences of text that is to be labelled, as a model reads them. */
import { columnAt, keptAt } from '../corpus/corpusFile';
import { formatOf } from '../corpus/formats';
import type { Companion } from '../corpus/formats/format';
import { readCorpusFile } from '../corpus/formats/read';
import { valuesForModel } from '../corpus/inputColumns';
import { tokenizeText } from '../corpus/text/tokenize';
import type { ColumnValues } from '../model/predictor';
import type { TaggerModel } from '../model/taggerModel';
import type { TagInput } from './taggerProtocol';

/** A token of the input. */
export interface Row {
  readonly form: string;
  readonly line: number;
  readonly startColumn: number;
  readonly endColumn: number;
  readonly gold?: string;
  readonly labelColumn?: number;
}

export function textSentences(
  input: TagInput & { kind: 'text' },
  { characters, conventions }: Pick<TaggerModel, 'characters' | 'conventions'>,
): Row[][] {
  const { firstLine, firstColumn, markdown } = input;
  return tokenizeText(input.text, { firstLine, firstColumn, markdown, characters, conventions });
}

/** The text with the words, and its annotations where they stand in a file of their own. */
export function partsOf(
  { text, annotated }: TagInput & { kind: 'rows' },
  file: string,
): { readonly text: string; readonly companion?: Companion } {
  return annotated === undefined ? { text } : { text: annotated, companion: { file, text } };
}

/**
 * The tokens of some rows of a corpus file, with the place of the word and the gold label; and what stands in
 * the columns of these names.
 */
function rowSentences(
  input: TagInput & { kind: 'rows' },
  model: TaggerModel,
  names: readonly string[],
): { sentences: Row[][]; columns: ColumnValues } {
  const { column } = model;
  const { layout } = input;
  const { text, companion } = partsOf(input, '');
  // The lines of another text are its own.
  const firstLine = companion ? 0 : input.firstLine;
  const parsed = readCorpusFile('', '', text, layout, companion);
  const forms = columnAt(parsed, layout.form);
  const gold = keptAt(parsed, layout.columns.indexOf(column));
  const labelEnds = formatOf(layout).labelEnds(text, parsed, column);
  const sentences: Row[][] = [];
  for (let s = 0; s < parsed.sentences; s++) {
    const sentence: Row[] = [];
    for (let t = parsed.sentenceStart[s]; t < parsed.sentenceStart[s + 1]; t++) {
      sentence.push({
        form: forms.values[forms.ids[t]],
        line: firstLine + parsed.line[t],
        startColumn: parsed.startColumn[t],
        endColumn: parsed.endColumn[t],
        gold: gold && gold.values[gold.ids[t]],
        labelColumn: labelEnds[t],
      });
    }
    sentences.push(sentence);
  }
  return { sentences, columns: valuesForModel(parsed, model, names) };
}

/** The sentences of an input, and what stands in the columns of these names. */
export function inputSentences(
  input: TagInput,
  model: TaggerModel,
  names: readonly string[],
): { readonly sentences: Row[][]; readonly columns?: ColumnValues } {
  return input.kind === 'rows'
    ? rowSentences(input, model, names)
    : { sentences: textSentences(input, model) };
}
