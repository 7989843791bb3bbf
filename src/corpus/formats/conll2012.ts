import { InputError } from '../../common/errors';
import * as l10n from '../../common/l10n';
import { shownName } from '../../common/shownText';
import type { CorpusFile, CorpusLayout } from '../corpus';
import { parseLabel, partsUnder } from '../labels/notation';
import { LineScanner } from '../text/lines';
import { fieldFormat } from './fields/fieldFormat';
import type { FieldSink } from './fields/fieldFormat';
import { isEmpty, splitRow, trimField } from './rows/fields';
import { isDocumentComment, isInvisibleLine, lineStart } from './rows/lineKinds';
import { schemeOfLabels } from './spans/spanTokens';

/** Where the columns that are read stand in a row; those behind, one for each predicate, vary. */
const word = 3;
const partOfSpeech = 4;
const entity = 10;
const fewest = 12;

/** OntoNotes as in CoNLL-2012: named entities are brackets over the rows, `(PERSON*`, `*`, `*)`. */
export const conll2012 = fieldFormat({
  id: 'conll2012',
  tokenPerLine: true,
  description: 'CoNLL-2012',
  endings: ['gold_conll', 'auto_conll', 'v4_gold_conll', 'v4_auto_conll', 'v9_gold_conll', 'v9_auto_conll'],
  walk: walkRows,
  breaks: () => /[\s]/,
  encode: (file, column, labels) => (column === 'NER' ? brackets(file, labels) : labels),
  sniff(sample, known) {
    const layout = { kind: 'conll2012', columns: ['FORM', 'POS', 'NER'], form: 0, separator: ' ' };
    if (known === 'named') return layout;
    const row = sample.firstRow.trim().split(/\s+/);
    const isRow =
      row.length >= fewest &&
      /^\d+$/.test(row[1]) &&
      /^\d+$/.test(row[2]) &&
      /^[(*]/.test(row[entity]) &&
      row[5].includes('*');
    return isRow ? layout : undefined;
  },
});

function walkRows(text: string, _: CorpusLayout, sink: FieldSink): void {
  const scanner = new LineScanner(text);
  const all: number[] = [];
  let open = '';
  while (scanner.advance()) {
    const { line, end } = scanner;
    const start = lineStart(text, scanner.start, end);
    if (isInvisibleLine(text, start, end)) {
      sink.endSentence();
      open = '';
      continue;
    }
    if (text[start] === '#') {
      if (isDocumentComment(text, start, end)) sink.startDocument();
      continue;
    }
    const fields = splitRow(text, start, end, ' ', 0, all, entity + 1);
    if (fields < fewest) {
      sink.leaveOut(
        'too-few-columns',
        l10n.t('This row has {0} columns instead of {1} or more, so it is left out.', fields, fewest),
        {
          line,
          lineStart: scanner.start,
          start,
          end,
        },
      );
      continue;
    }
    for (const i of [partOfSpeech, entity]) {
      const [from, to] = [all[2 * i], all[2 * i + 1]];
      trimField(text, all, i);
      // A field in which nothing is to be seen is none the less one.
      if (isEmpty(all, i)) [all[2 * i], all[2 * i + 1]] = [from, to];
    }
    const bounds = [word, partOfSpeech, entity].flatMap((i) => [all[2 * i], all[2 * i + 1]]);
    const bracket = text.slice(bounds[4], bounds[5]);
    const begun = /^\(([^()*]+)/.exec(bracket)?.[1];
    const label = begun !== undefined ? `B-${begun}` : open === '' ? 'O' : `I-${open}`;
    if (begun !== undefined) open = begun;
    if (bracket.endsWith(')')) open = '';
    const values = [text.slice(bounds[0], bounds[1]), text.slice(bounds[2], bounds[3]), label];
    sink.token({ line, lineStart: scanner.start, bounds, values, end });
  }
}

/** Labels as brackets; undefined where no label of the sentence changes. */
function brackets(file: CorpusFile, labels: readonly string[]): (string | undefined)[] {
  const own = file.columns.find(({ name }) => name === 'NER');
  const scheme = schemeOfLabels(labels, file);
  const parts = labels.map(
    (label) => partsUnder(label, scheme) ?? parseLabel(label) ?? { prefix: 'S', type: label },
  );
  const odd = parts.findIndex(({ type }) => /[()*]/.test(type));
  if (odd >= 0)
    throw new InputError(
      l10n.t(
        'The model’s label “{0}” holds a bracket or a star, which mark the spans here, so it cannot be written.',
        shownName(labels[odd]),
      ),
      {
        line: file.line[odd],
        hint: l10n.t('Use another model, or train it again from a corpus without such labels.'),
      },
    );
  const written: (string | undefined)[] = [];
  for (let s = 0; s < file.sentences; s++) {
    const [first, end] = [file.sentenceStart[s], file.sentenceStart[s + 1]];
    const isSame =
      own && labels.slice(first, end).every((label, i) => own.values[own.ids[first + i]] === label);
    for (let t = first; t < end; t++) {
      const { prefix, type } = parts[t];
      const before = t > first ? parts[t - 1] : undefined;
      const after = t + 1 < end ? parts[t + 1] : undefined;
      const joins = (a: typeof before, b: typeof before): boolean =>
        a !== undefined &&
        b !== undefined &&
        a.prefix !== 'O' &&
        a.type === b.type &&
        (a.prefix === 'B' || a.prefix === 'I') &&
        (b.prefix === 'I' || b.prefix === 'E');
      const begins = prefix !== 'O' && !joins(before, parts[t]);
      const ends = prefix !== 'O' && !joins(parts[t], after);
      const bracket = `${begins ? `(${type}` : ''}${begins && ends ? '' : '*'}${ends ? ')' : ''}`;
      written.push(isSame ? undefined : bracket);
    }
  }
  return written;
}
