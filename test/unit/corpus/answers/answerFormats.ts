/** How texts of each format are written and read, apart from how the project does it. */
import assert from 'node:assert/strict';
import type { CorpusLayout, LabelScheme } from '../../../../src/corpus/corpus';
import { readSpans, writeSpans } from './spanLabels';

/** Words, and for each its label: of a column of spans `O`, `B:PER` or `I:PER`. */
export interface Sentence {
  readonly words: readonly string[];
  readonly labels: readonly string[];
}

/** A text is its head, its sentences with glue between them, and its tail. */
export interface AnswerFormat {
  readonly name: string;
  /** By which its layout is found, where it has none of its own. */
  readonly path: string;
  readonly layout?: CorpusLayout;
  readonly column: string;
  readonly scheme: LabelScheme;
  readonly words: readonly string[];
  /** Types of spans, or tags. */
  readonly types: readonly string[];
  readonly head: string;
  readonly glue: string;
  readonly tail: string;
  /** @param number of the sentence. */
  write(sentence: Sentence, number: number): string;
  read(text: string): Sentence;
}

const words = ['Rita', 'sees', 'New', 'York', '🙂', '-'];
const types = ['PER', 'LOC', '__proto__'];
const tags = ['NOUN', 'VERB', '__proto__'];

/** Rows, and what stands between the word and the label in them. */
function rows(
  name: string,
  scheme: LabelScheme,
  row: (word: string, label: string, i: number, number: number) => string,
  fieldsOf: (row: string) => readonly [word: string, label: string],
  more: Partial<AnswerFormat> & { readonly comment?: string },
): AnswerFormat {
  const isSpans = scheme !== 'none';
  return {
    name: `${name}, ${scheme}`,
    path: 'a.conll',
    column: 'LABEL',
    scheme,
    words,
    types: isSpans ? types : tags,
    head: '',
    glue: '\n',
    tail: '',
    write({ words: own, labels }, number) {
      const written = isSpans ? writeSpans(labels, scheme) : labels;
      const lines = own.map((word, i) => `${row(word, written[i], i, number)}\n`);
      return (more.comment === undefined ? '' : `${more.comment}${number}\n`) + lines.join('');
    },
    read(text) {
      const lines = text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('# '));
      const fields = lines.map(fieldsOf);
      const found = fields.map(([, label]) => label);
      return { words: fields.map(([word]) => word), labels: isSpans ? readSpans(found, scheme) : found };
    },
    ...more,
  };
}

const tabs = { kind: 'columns', columns: ['FORM', 'KEY', 'LABEL'], form: 0, separator: '\t' };

function conll(scheme: LabelScheme): AnswerFormat {
  return rows(
    'CoNLL rows',
    scheme,
    (word, label, i, number) => `${word}\t${number}.${i}\t${label}`,
    (row) => [row.split('\t')[0], row.split('\t')[2]],
    { layout: tabs, comment: '# sentence ' },
  );
}

const spaces = rows(
  'CoNLL rows with spaces',
  'IOB2',
  (word, label) => `${word}  ${label}`,
  (row) => [row.split(/ +/)[0], row.split(/ +/)[1]],
  { layout: { kind: 'columns', columns: ['FORM', 'LABEL'], form: 0, separator: ' ' } },
);

const conllu =
  (fields: (label: string, i: number) => Record<number, string>) =>
  (word: string, label: string, i: number): string => {
    const own = [String(i + 1), word, '_', 'X', '_', '_', '0', 'root', '_', '_'];
    for (const [at, value] of Object.entries(fields(label, i))) own[Number(at)] = value;
    return own.join('\t');
  };

const universalTags = rows(
  'CoNLL-U, UPOS',
  'none',
  conllu((label) => ({ 3: label })),
  (row) => [row.split('\t')[1], row.split('\t')[3]],
  { path: 'a.conllu', column: 'UPOS', comment: '# sent_id = ' },
);

const features = rows(
  'CoNLL-U, FEATS',
  'none',
  conllu((label) => ({ 5: label })),
  (row) => [row.split('\t')[1], row.split('\t')[5]],
  {
    path: 'a.conllu',
    column: 'FEATS',
    types: ['Case=Nom|Number=Sing', 'Mood=Ind', '_'],
    comment: '# text = ',
  },
);

/** Entities under a key of a field, among others. */
function key(field: 'FEATS' | 'MISC', scheme: LabelScheme): AnswerFormat {
  const at = field === 'MISC' ? 9 : 5;
  const items = (label: string, i: number): string => {
    const own = label === 'O' ? [] : [`NER=${label}`];
    const all = i % 3 === 0 ? own : i % 3 === 1 ? ['Gloss=x', ...own] : [...own, 'SpaceAfter=No'];
    return all.length === 0 ? '_' : all.join('|');
  };
  const labelOf = (own: string): string => /(?:^|\|)NER=([^|]*)/.exec(own)?.[1] ?? 'O';
  return rows(
    `CoNLL-U, ${field}`,
    scheme,
    conllu((label, i) => ({ [at]: items(label, i) })),
    (row) => [row.split('\t')[1], labelOf(row.split('\t')[at])],
    { path: 'a.conllu', column: `${field}:NER`, comment: '# sent_id = ' },
  );
}

/** Entities as brackets over rows. */
const brackets: AnswerFormat = {
  ...rows(
    'CoNLL-2012',
    'IOB2',
    () => '',
    () => ['', ''],
    {},
  ),
  path: 'a.gold_conll',
  column: 'NER',
  head: '#begin document (a); part 000\n',
  tail: '#end document\n',
  write: ({ words: own, labels }) =>
    own
      .map((word, i) => {
        const begins = labels[i].startsWith('B');
        const ends = labels[i] !== 'O' && !labels.at(i + 1)?.startsWith('I');
        const bracket = `${begins ? `(${labels[i].slice(2)}` : ''}${begins && ends ? '' : '*'}${ends ? ')' : ''}`;
        return `a 0 ${i} ${word} NN (S*) - - - - ${bracket} - -\n`;
      })
      .join(''),
  read(text) {
    const fields = text
      .split(/\r?\n/)
      .filter((line) => line !== '')
      .map((line) => line.split(/ +/));
    let open = '';
    const labels = fields.map(({ 10: bracket }) => {
      const begun = /^\(([^*)]+)/.exec(bracket)?.[1];
      const label = begun !== undefined ? `B:${begun}` : open === '' ? 'O' : `I:${open}`;
      open = bracket.endsWith(')') ? '' : (begun ?? open);
      return label;
    });
    return { words: fields.map(({ 3: word }) => word), labels };
  },
};

const quote = (field: string): string => (/[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);

/** The fields of a row in which nothing but doubled quotation marks is special. */
function unquoted(row: string): string[] {
  const fields = [''];
  let isQuoted = false;
  for (let i = 0; i < row.length; i++) {
    if (row[i] === '"' && isQuoted && row[i + 1] === '"') fields[fields.length - 1] += row[++i];
    else if (row[i] === '"') isQuoted = !isQuoted;
    else if (row[i] === ',' && !isQuoted) fields.push('');
    else fields[fields.length - 1] += row[i];
  }
  return fields;
}

const oddWords = [...words, 'a, b', 'say "x"', ','];
const oddTypes = [...types, 'A, B', 'the "big"'];

/** A table in which each sentence's first word has its number. */
const table = rows(
  'CSV with numbers of sentences',
  'IOB2',
  (word, label, i, number) => [i === 0 ? `Sentence: ${number}` : '', word, 'NN', label].map(quote).join(','),
  (row) => [unquoted(row)[1], unquoted(row)[3]],
  {
    path: 'a.csv',
    column: 'Tag',
    head: 'Sentence #,Word,POS,Tag\n',
    glue: '',
    words: oddWords,
    types: oddTypes,
  },
);

const quotedTags = rows(
  'CSV with empty lines',
  'none',
  (word, label, i) => (i % 2 === 0 ? [word, label].map(quote).join(',') : `${quote(word)},"${label}"`),
  (row) => [unquoted(row)[0], unquoted(row)[1]],
  {
    layout: {
      kind: 'csv',
      columns: ['FORM', 'LABEL'],
      form: 0,
      separator: ',',
      quoted: true,
      comment: '',
    },
    words: oddWords,
  },
);

/** Records in JSON, one a line or in one list. */
function json(
  name: string,
  scheme: LabelScheme,
  { isList, indent }: { readonly isList: boolean; readonly indent?: number },
  write: (sentence: Sentence, number: number) => object,
  read: (record: never) => Sentence,
  more: Partial<AnswerFormat> = {},
): AnswerFormat {
  return {
    name: `${name}, ${scheme}${isList ? ', one list' : ''}`,
    path: isList ? 'a.json' : 'a.jsonl',
    column: 'LABEL',
    scheme,
    words: [...words, '"', '\\'],
    types: scheme === 'none' ? tags : [...types, 'the "big"'],
    head: isList ? '[\n' : '',
    glue: isList ? ',\n' : '\n',
    tail: isList ? '\n]\n' : '\n',
    write: (sentence, number) => JSON.stringify(write(sentence, number), undefined, indent),
    read: (text) => read(JSON.parse(text) as never),
    ...more,
  };
}

function tokenLists(scheme: LabelScheme, isList: boolean): AnswerFormat {
  const isSpans = scheme !== 'none';
  return json(
    'JSON with lists of tokens',
    scheme,
    { isList, ...(isList && { indent: 1 }) },
    ({ words: own, labels }, id) => ({
      id,
      tokens: own,
      tags: isSpans ? writeSpans(labels, scheme) : labels,
    }),
    ({ tokens, tags: found }: { tokens: string[]; tags: string[] }) => ({
      words: tokens,
      labels: isSpans ? readSpans(found, scheme) : found,
    }),
    { column: 'tags' },
  );
}

const numbers = json(
  'JSON with numbers as labels',
  'none',
  { isList: false },
  ({ words: own, labels }, id) => ({ id, ner_tags: labels.map(Number), tokens: own }),
  ({ tokens, ner_tags: found }: { tokens: string[]; ner_tags: number[] }) => ({
    words: tokens,
    labels: found.map(String),
  }),
  { column: 'ner_tags', types: ['0', '1', '2'] },
);

interface CountedSpan {
  readonly start: number;
  readonly end: number;
  readonly type: string;
}

const lengthOf = (text: string): number => [...text].length;

/** Where words begin and end in their text, in code points. */
function placesOf(own: readonly string[]): { start: number; end: number }[] {
  let at = 0;
  return own.map((word) => {
    const place = { start: at, end: at + lengthOf(word) };
    at = place.end + 1;
    return place;
  });
}

/** The spans of labels, in code points of the words with a space between each two. */
function countedSpans({ words: own, labels }: Sentence): CountedSpan[] {
  const places = placesOf(own);
  const spans: { start: number; end: number; type: string }[] = [];
  labels.forEach((label, i) => {
    if (label.startsWith('B')) spans.push({ ...places[i], type: label.slice(2) });
    else if (label.startsWith('I')) spans[spans.length - 1].end = places[i].end;
  });
  return spans;
}

function labelsOfSpans(text: string, spans: readonly CountedSpan[]): Sentence {
  const own = text.split(' ');
  const labels = own.map(() => 'O');
  const places = placesOf(own);
  for (const { start, end, type } of spans) {
    const first = places.findIndex((place) => place.start === start);
    const last = places.findIndex((place) => place.end === end);
    assert.ok(first >= 0 && last >= first, `${start} to ${end} are no words of ${text}`);
    for (let t = first; t <= last; t++) {
      assert.equal(labels[t], 'O', `${own[t]} is in two spans`);
      labels[t] = `${t === first ? 'B' : 'I'}:${type}`;
    }
  }
  return { words: own, labels };
}

type Triple = [start: number, end: number, type: string];

const doccano = json(
  'JSON with spans as doccano has them',
  'IOB2',
  { isList: false },
  (sentence, id) => ({
    id,
    text: sentence.words.join(' '),
    label: countedSpans(sentence).map(({ start, end, type }) => [start, end, type]),
  }),
  ({ text, label }: { text: string; label: Triple[] }) =>
    labelsOfSpans(
      text,
      label.map(([start, end, type]) => ({ start, end, type })),
    ),
);

const prodigy = json(
  'JSON with spans as Prodigy has them',
  'IOB2',
  { isList: false },
  (sentence, id) => ({
    text: sentence.words.join(' '),
    _input_hash: id,
    tokens: placesOf(sentence.words).map((place, i) => ({ text: sentence.words[i], ...place, id: i })),
    spans: countedSpans(sentence).map(({ start, end, type }) => ({ start, end, label: type })),
    answer: 'accept',
  }),
  ({ text, spans }: { text: string; spans: { start: number; end: number; label: string }[] }) =>
    labelsOfSpans(
      text,
      spans.map(({ start, end, label }) => ({ start, end, type: label })),
    ),
);

interface Region {
  readonly value: { readonly start: number; readonly end: number; readonly labels: readonly string[] };
}

const labelStudio = json(
  'JSON with spans as Label Studio has them',
  'IOB2',
  { isList: true, indent: 1 },
  (sentence, id) => ({
    id,
    annotations: [
      {
        id: 7,
        result: countedSpans(sentence).map(({ start, end, type }) => ({
          value: { start, end, labels: [type] },
          id: 'a',
          from_name: 'label',
          to_name: 'text',
          type: 'labels',
        })),
      },
    ],
    data: { text: sentence.words.join(' ') },
  }),
  ({ data, annotations: [{ result }] }: { data: { text: string }; annotations: [{ result: Region[] }] }) =>
    labelsOfSpans(
      data.text,
      result.map(({ value: { start, end, labels } }) => ({ start, end, type: labels[0] })),
    ),
);

/** Words with their labels behind a sign; the words may hold it. */
function inline(separator: string, scheme: LabelScheme): AnswerFormat {
  const isSpans = scheme !== 'none';
  const parted = (item: string): [word: string, label: string] => {
    // The types here hold low lines themselves where that is not the sign.
    const at = item.lastIndexOf(separator);
    return [item.slice(0, at), item.slice(at + 1)];
  };
  return {
    ...rows(
      `word${separator}TAG`,
      scheme,
      () => '',
      () => ['', ''],
      {},
    ),
    path: 'a.txt',
    layout: { kind: 'inline', columns: ['FORM', 'LABEL'], form: 0, separator },
    words: [...words, `a${separator}b`, separator],
    types: isSpans ? ['PER', 'LOC', 'MISC'] : ['NOUN', 'VERB', '.'],
    glue: '\n',
    tail: '\n',
    write: ({ words: own, labels }) =>
      own
        .map((word, i) => `${word}${separator}${(isSpans ? writeSpans(labels, scheme) : labels)[i]}`)
        .join(' '),
    read(text) {
      const items = text.split(' ').map(parted);
      const found = items.map(([, label]) => label);
      return { words: items.map(([word]) => word), labels: isSpans ? readSpans(found, scheme) : found };
    },
  };
}

export const answerFormats: readonly AnswerFormat[] = [
  ...(['IOB1', 'IOB2', 'IOE1', 'IOE2', 'IOBES', 'IO', 'none'] as const).map(conll),
  spaces,
  brackets,
  universalTags,
  features,
  key('MISC', 'IOB2'),
  key('FEATS', 'IOBES'),
  table,
  quotedTags,
  tokenLists('IOB2', false),
  tokenLists('none', true),
  tokenLists('IOBES', true),
  numbers,
  doccano,
  prodigy,
  labelStudio,
  inline('/', 'none'),
  inline('/', 'IOB2'),
  inline('|', 'IOBES'),
  inline('_', 'none'),
];
