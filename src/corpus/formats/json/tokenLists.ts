import * as l10n from '../../../common/l10n';
import { marked } from '../../../common/l10n';
import { placesInString } from '../../../common/placedJson';
import type { JsonText, JsonValue } from '../../../common/placedJson';
import type { CorpusFile, CorpusLayout } from '../../corpus';
import type { CorpusFormat } from '../format';
import { withoutInvisibleEnds } from '../rows/lineKinds';
import { applyEdits } from './edits';
import { jsonRecords, LeftOutRecords, LineIndex, mayBeJson } from './records';
import type { JsonRecord } from './records';
import type { Edit } from './spanWriter';

/** Records that are looked at to tell the format. */
const lookedAt = 200;

const tokenKeys = ['tokens', 'words', 'token', 'text', 'sentence'];

/** Sentences in JSON as lists of tokens and of labels: `{"tokens": […], "ner_tags": […]}`. */
export const tokenLists: CorpusFormat = {
  id: 'json-tokens',
  description: marked('JSON with lists of tokens and labels'),
  endings: [],
  fileNames: [],
  columnNames: 'given',
  labelColumns: [],
  signature: ({ columns }) => `json-tokens:${columns.join(',')}`,
  sniff({ text }, known) {
    if (!mayBeJson(text)) return undefined;
    const keys = new Map<string, number>();
    let records = 0;
    let read = 0;
    for (const { value } of jsonRecords(text)) {
      records++;
      const tokens = tokensOf(value);
      if (tokens && value?.kind === 'object') {
        read++;
        for (const [key, member] of value.members)
          if (
            labelsIn(member)?.length === tokens.length &&
            member !== value.members.get(tokenKeyOf(value) ?? '')
          )
            keys.set(key, (keys.get(key) ?? 0) + 1);
      }
      if (records === lookedAt) break;
    }
    const lenient = known === 'chosen' || known === 'rows';
    if (read === 0 || read < (lenient ? 0.5 : 0.9) * records) return undefined;
    // An empty list is as long as any other that is empty.
    const columns = [...keys].filter(([, count]) => count >= 0.5 * read).map(([key]) => key);
    if (columns.length === 0 && known !== 'rows') return undefined;
    return { kind: 'json-tokens', columns: ['FORM', ...columns.filter((key) => key !== 'FORM')], form: 0 };
  },
  read(text, layout, builder, problems) {
    const lines = new LineIndex(text);
    const leftOut = new LeftOutRecords();
    for (const json of jsonRecords(text)) {
      const sentence = readSentence(json, layout);
      if ('code' in sentence) {
        const { line } = lines.lineOf(json.start);
        leftOut.leaveOut(sentence.code, line, json);
        problems.add('error', sentence.code, sentence.message, { line });
        continue;
      }
      leftOut.read(json);
      builder.endSentence();
      sentence.tokens.forEach((token, t) => {
        const { line, lineStart } = lines.lineOf(token.start);
        const placeOf = placesInString(text, token);
        const place = {
          line,
          startColumn: placeOf(0) - lineStart,
          endColumn: placeOf(token.value.length) - lineStart,
        };
        builder.addToken(place, (column) =>
          column === 0 ? token.value : valueOf(sentence.columns[column - 1][t]),
        );
      });
    }
    leftOut.finish(builder);
  },
  labelEnds: (_, file) => file.endColumn,
  records: (text) => [...jsonRecords(text)],
  writeLabels: writeTokenLists,
};

/** The labels of a record's tokens, or why it is left out. */
function readSentence(
  { value, error }: JsonRecord,
  layout: CorpusLayout,
):
  | { readonly tokens: readonly JsonText[]; readonly columns: readonly (readonly JsonValue[])[] }
  | { readonly code: string; readonly message: string } {
  const leftOut = (code: string, message: string): { code: string; message: string } => ({
    code,
    message,
  });
  if (!value) return leftOut('bad-json', l10n.t('This is no JSON ({0}), so it is left out.', error ?? ''));
  const tokens = tokensOf(value);
  if (!tokens || value.kind !== 'object')
    return leftOut('no-text', l10n.t('This record has no list of tokens, so it is left out.'));
  if (tokens.some((token) => token.value === '' || /[\r\n]/.test(token.value)))
    return leftOut(
      'empty-column',
      l10n.t('This record has a token without text, or with a line end, so it is left out.'),
    );
  const columns: (readonly JsonValue[])[] = [];
  for (const key of layout.columns.slice(1)) {
    const labels = labelsIn(value.members.get(key));
    if (!labels)
      return leftOut('no-labels', l10n.t('This record has no list of labels “{0}”, so it is left out.', key));
    if (labels.length !== tokens.length)
      return leftOut(
        'bad-list',
        l10n.t(
          'This record has {0} tokens, but {1} in “{2}”, so it is left out.',
          tokens.length,
          labels.length,
          key,
        ),
      );
    if (labels.some((label) => valueOf(label) === ''))
      return leftOut(
        'empty-column',
        l10n.t('This record has an empty label in “{0}”, so it is left out.', key),
      );
    columns.push(labels);
  }
  return { tokens, columns };
}

function tokenKeyOf(value: JsonValue): string | undefined {
  if (value.kind !== 'object') return undefined;
  const isTokens = (member: JsonValue | undefined): boolean =>
    member?.kind === 'list' && member.items.every((item) => item.kind === 'string');
  return tokenKeys.find((key) => isTokens(value.members.get(key)));
}

function tokensOf(value: JsonValue | undefined): readonly JsonText[] | undefined {
  const key = value && tokenKeyOf(value);
  const list = value?.kind === 'object' && key !== undefined ? value.members.get(key) : undefined;
  return list?.kind === 'list' ? list.items.filter((item) => item.kind === 'string') : undefined;
}

/** Names or numbers of labels. */
function labelsIn(member: JsonValue | undefined): readonly JsonValue[] | undefined {
  if (member?.kind !== 'list') return undefined;
  const isLabel = (item: JsonValue): boolean =>
    item.kind === 'string' || (item.kind === 'plain' && Number.isSafeInteger(item.value));
  return member.items.every(isLabel) ? member.items : undefined;
}

const valueOf = (label: JsonValue): string =>
  label.kind === 'string' || label.kind === 'plain' ? withoutInvisibleEnds(String(label.value)) : '';

function writeTokenLists(
  text: string,
  { layout, tokens: count }: CorpusFile,
  column: string | undefined,
  labels: readonly string[],
): string {
  if (labels.length !== count) throw new RangeError(`${labels.length} labels for ${count} tokens`);
  const index = column === undefined ? -1 : layout.columns.indexOf(column);
  const edits: Edit[] = [];
  let token = 0;
  for (const json of jsonRecords(text)) {
    const sentence = readSentence(json, layout);
    if ('code' in sentence) continue;
    const own = labels.slice(token, token + sentence.tokens.length);
    token += own.length;
    if (index < 0) edits.push(newList(text, json, own));
    else {
      const nodes: readonly JsonValue[] = index === 0 ? sentence.tokens : sentence.columns[index - 1];
      nodes.forEach((node, i) => {
        if (valueOf(node) === own[i]) return;
        const isNumber = node.kind === 'plain' && /^(?:0|-?[1-9]\d{0,14})$/.test(own[i]);
        edits.push({ from: node.start, to: node.end, text: isNumber ? own[i] : JSON.stringify(own[i]) });
      });
    }
  }
  return applyEdits(text, edits);
}

/** A list of labels as the last member of a record, under a name that it does not have yet. */
function newList(text: string, { value, end }: JsonRecord, labels: readonly string[]): Edit {
  const members = value?.kind === 'object' ? value.members : new Map<string, JsonValue>();
  const key = ['labels', 'predicted_labels'].find((name) => !members.has(name)) ?? `labels_${members.size}`;
  const isSpaced = text.slice(value?.start, end).includes('": ');
  const [comma, colon] = isSpaced ? [', ', ': '] : [',', ':'];
  const list = labels.map((label) => JSON.stringify(label)).join(comma);
  return { from: end - 1, to: end - 1, text: `${comma}"${key}"${colon}[${list}]` };
}
