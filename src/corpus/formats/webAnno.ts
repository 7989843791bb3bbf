import { InputError } from '../../common/errors';
import * as l10n from '../../common/l10n';
import type { CorpusLayout } from '../corpus';
import { LineScanner } from '../text/lines';
import { fieldFormat } from './fields/fieldFormat';
import type { FieldSink } from './fields/fieldFormat';
import { splitRow, trimField } from './rows/fields';
import { isInvisibleLine, lineStart } from './rows/lineKinds';

/** Columns before the layers: the token's number, its place in the text, and the word. */
const fixed = ['TOKEN', 'PLACE', 'FORM'] as const;

/** Layers with one value for each token, not with spans. */
const tokenLayers = /^(?:POS|Lemma|MorphologicalFeatures|Stem|Dependency)(?:\.|$)/;

/** Characters of the head of a file that are looked at. */
const longestHead = 20_000;

/** WebAnno's and INCEpTION's TSV 3: layers of spans become labels in IOB2. It is read, not written. */
export const webAnno = fieldFormat({
  id: 'webanno',
  tokenPerLine: true,
  description: 'WebAnno TSV 3',
  walk: walkRows,
  breaks: () => /[\t\r\n]/,
  encode(file, column, labels) {
    const own = file.columns.find(({ name }) => name === column);
    if (own && labels.every((label, t) => own.values[own.ids[t]] === label))
      return labels.map(() => undefined);
    throw new InputError(l10n.t('Labels cannot be written into WebAnno TSV, which numbers its spans.'), {
      hint: l10n.t('Export the text as CoNLL 2002, and label that.'),
    });
  },
  sniff({ text }) {
    if (!/^\ufeff?#FORMAT=WebAnno TSV 3/.test(text)) return undefined;
    const columns = [...fixed, ...layerColumns(text.slice(0, longestHead))];
    return columns.length > fixed.length ? { kind: 'webanno', columns, form: 2, separator: '\t' } : undefined;
  },
});

/** A name for each column of a layer, told by the head: `#T_SP=package.NamedEntity|identifier|value`. */
function layerColumns(head: string): string[] {
  const names: string[] = [];
  for (const line of head.split(/\r\n|\r|\n/)) {
    const match = /^#T_(SP|CH|RL)=(.+)$/.exec(line);
    if (!match) continue;
    const [layer, ...features] = match[2].split('|');
    const short = layer.slice(layer.lastIndexOf('.') + 1);
    // A layer without features has a column of its own, and a relation one more: what it comes from.
    const own = match[1] === 'RL' && features.length === 0 ? ['', ''] : features.length > 0 ? features : [''];
    for (const feature of own) {
      const name = feature === '' ? short : `${short}.${feature.slice(feature.lastIndexOf('.') + 1)}`;
      names.push(names.includes(name) ? `${name}${names.length}` : name);
    }
  }
  return names;
}

const tokenNumber = /^\d+-\d+$/;
const subToken = /^\d+-\d+\.\d+$/;

function walkRows(text: string, layout: CorpusLayout, sink: FieldSink): void {
  const { columns } = layout;
  const scanner = new LineScanner(text);
  const bounds: number[] = [];
  const values: string[] = [];
  const open: string[] = [];
  const isTokenLayer = columns.map((name) => tokenLayers.test(name));
  while (scanner.advance()) {
    const { line, end } = scanner;
    const start = lineStart(text, scanner.start, end);
    if (isInvisibleLine(text, start, end)) {
      sink.endSentence();
      open.length = 0;
      continue;
    }
    if (text[start] === '#') continue;
    const fields = splitRow(text, start, end, '\t', columns.length, bounds);
    const id = text.slice(bounds[0], Math.min(bounds[1], bounds[0] + 40));
    // A part of a token: spans that begin inside of it are not read.
    if (subToken.test(id)) continue;
    if (fields < columns.length || !tokenNumber.test(id)) {
      sink.leaveOut(
        'too-few-columns',
        l10n.t('This row has not the {0} columns of the head, so it is left out.', columns.length),
        {
          line,
          lineStart: scanner.start,
          start,
          end,
        },
      );
      open.length = 0;
      continue;
    }
    for (let i = 0; i < columns.length; i++) {
      if (i >= fixed.length) trimField(text, bounds, i);
      const value = text.slice(bounds[2 * i], bounds[2 * i + 1]);
      values[i] = i < fixed.length || isTokenLayer[i] ? value : spanLabel(value, i, open);
    }
    sink.token({ line, lineStart: scanner.start, bounds, values, end });
  }
}

/**
 * The label of a token in a layer of spans: the first of the values that `|` parts, where `[3]` numbers the
 * span; `*` has no value. Without a number the span is of this token alone.
 *
 * @param open the number of the span that is open in each column.
 */
function spanLabel(value: string, column: number, open: string[]): string {
  const first = /^(?:\\.|[^\\|])*/s.exec(value)?.[0] ?? '';
  if (first === '_' || first === '') {
    open[column] = '';
    return 'O';
  }
  const numbered = /\[(\d+)\]$/.exec(first);
  const type = (numbered ? first.slice(0, -numbered[0].length) : first).replace(/\\(.)/gs, '$1');
  const goesOn = numbered !== null && open[column] === numbered[1];
  open[column] = numbered?.[1] ?? '';
  return `${goesOn ? 'I' : 'B'}-${type === '*' || type === '' ? 'SPAN' : type}`;
}
