import assert from 'node:assert/strict';
import fc from 'fast-check';
import { InputError } from '../../src/common/errors';
import { escapeMarkdown } from '../../src/common/escapeMarkdown';
import { arraysInJson } from '../../src/common/jsonPieces';
import { parseShallowJson } from '../../src/common/shallowJson';
import { shownName } from '../../src/common/shownText';
import { decodeUtf8 } from '../../src/corpus/decode';
import { formatOf } from '../../src/corpus/formats';
import { readTokenRows } from '../../src/corpus/formats/rows/tokenRows';
import { parseLabel } from '../../src/corpus/labels/notation';
import { BlockCutter } from '../../src/corpus/text/blockCutter';
import { splitLines } from '../../src/corpus/text/lines';
import { linesWithoutText } from '../../src/corpus/text/markdown';
import { cutDocument, cutSegments, joinNeighbours, partOfLongLine } from '../../src/corpus/text/segments';
import { sentenceEndsBetween, tokenizeText } from '../../src/corpus/text/tokenize';
import { exportName } from '../../src/editor/modelPicks';
import { readSource } from '../../src/engine/source';
import { readModel } from '../../src/model/modelFile';
import { readTensors, writeTensors } from '../../src/model/safetensors';
import { readGlobs } from '../../src/workspace/globs';
import { foldersAbove, pathInWorkspace } from '../../src/workspace/workspacePaths';
import { anyText, fuzz } from './cases';
import { assertLinear } from './processorTime';
import { otherLayouts, readAndWrite, readAs } from './readAndWrite';

const tokenize = (markdown: boolean, characters: boolean) => (text: string) =>
  void tokenizeText(text, { firstLine: 0, firstColumn: 0, markdown, characters });

const cut = (markdown: boolean) => (text: string) => {
  const lines = splitLines(text);
  const skipped = markdown ? linesWithoutText(lines) : undefined;
  const rules = {
    kind: 'text',
    markdown,
    skipped: (line: number) => skipped?.[line] === 1,
    near: () => text.length >> 1,
  } as const;
  const all = [{ first: 0, last: lines.lineCount - 1 }];
  joinNeighbours(cutSegments(lines, all, rules), lines);
  for (const _ of cutDocument(lines, 100, rules)) continue;
  for (const _ of cutDocument(lines, 100, { kind: 'rows' })) continue;
};

const rejected = (work: () => unknown): void => {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof InputError || error instanceof SyntaxError, String(error));
  }
};

const model = readTensors(writeTensors({ tensors: new Map(), metadata: new Map([['format', '1']]) }));

function headerFile(header: string): Uint8Array {
  const json = Buffer.from(header);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return new Uint8Array(Buffer.concat([length, json]));
}

/** All that goes over a user's text, by what it is. */
const works: Readonly<Record<string, (text: string) => void>> = {
  'tokens of text': tokenize(false, false),
  'tokens of Markdown': tokenize(true, false),
  characters: tokenize(true, true),
  'segments of text': cut(false),
  'segments of Markdown': cut(true),
  'a sentence’s end': (text) => void sentenceEndsBetween(text, text, true),
  'part of a long line': (text) => void partOfLongLine(text, text.length >> 1),
  columns: (text) => readAndWrite('f.conll', text),
  'CoNLL-U': (text) => readAndWrite('f.conllu', text),
  'two columns': (text) => readAndWrite('f.bmes', text),
  'a file without an ending': (text) => readAndWrite('f', text),
  ...Object.fromEntries(
    Object.entries(otherLayouts).map(([name, layout]) => [name, (text: string) => readAs(layout, text)]),
  ),
  'rows of tokens': (text) => {
    const { sentences, write } = readTokenRows(text);
    write(sentences.flat().map(() => 'X'));
  },
  blocks: (text) => {
    const cutter = new BlockCutter(1000);
    for (let at = 0; at < text.length; at += 4096)
      for (const _ of cutter.push(text.slice(at, at + 4096))) continue;
    cutter.finish();
  },
  bytes: (text) => void decodeUtf8('f', Uint8Array.from(Buffer.from(text, 'latin1'))),
  'a label': (text) => void parseLabel(text),
  'a model’s header': (text) => rejected(() => readTensors(headerFile(text))),
  'a model’s metadata': (text) =>
    rejected(() => readModel(writeTensors({ ...model, metadata: new Map([['format', text]]) }))),
  JSON: (text) => rejected(() => parseShallowJson(text, 10)),
  'JSON in pieces': (text) => rejected(() => [...arraysInJson(Buffer.from(`{"a": [${text}`))]),
  'a name in a message': (text) => void shownName(text),
  'Markdown to escape': (text) => void escapeMarkdown(text),
  'an export’s name': (text) => void exportName({ corpusName: text, column: text }),
  'glob patterns': (text) => void readGlobs([text]),
  'paths of folders': (text) => {
    foldersAbove(['/a/b'], [text]);
    pathInWorkspace(text, { name: 'n', path: '/a' });
  },
};

const mark = fc.constantFrom(
  ...['[', ']', '(', ')', '](', '{', '}', '<', '>', '<!--', '-', '--', '—', '_', '*', '**', '#', '@', '|'],
  ...['.', '...', '。', ',', ':', ';', '!', '?', "'", '"', '’', '`', '```', '~', '\\', '/', '//', '=', '+'],
  ...[' ', '\t', '\n', '\r', '\r\n', '\n\n', '\u00a0', '\u200b', '\u200d', '\ufeff', '\u202e', '\u2028'],
  ...['a', 'aB', 'A.', 'n’t', 'x@', '1', '1,', '1-', '猫', 'の', '👩‍', '🇩', '\ud800', 'e\u0301', '\u0301'],
  ...['http://a', 'www.a.com', '- ', '> ', '1. ', '[ ]', '|-', '[a]: ', '&amp;', '$x$', 'O', 'B-PER', 'I-'],
  ...['"a":', '{"a":', '[1,', '\\u0000', '# ', '# newdoc', '1\ta\t_', 'a\tO\n', 'a O\n\n'],
);
const unit = fc.array(mark, { minLength: 1, maxLength: 4 }).map((marks) => marks.join(''));
const edge = fc.oneof(
  fc.constant(''),
  unit,
  anyText.map((text) => text.slice(0, 6)),
);

const length = 1 << 16;

/** Reads a file as its name and its text say, and writes it with its own labels. */
function readAndWriteLabels(file: string, text: string): void {
  const read = readSource({ file, path: file, content: text, chosen: true }, false).file;
  if (!read) return;
  const { columns, form } = read.layout;
  for (const { name, values, ids } of read.columns) {
    if (name === columns[form]) continue;
    const labels = Array.from(ids, (id) => values[id]);
    assert.equal(formatOf(read.layout).writeLabels(text, read, name, labels), text);
  }
}

function rowsUpTo(row: (i: number) => string, units: number): string {
  const rows: string[] = [];
  for (let i = 0, at = 0; at < units; i++) {
    rows.push(row(i));
    at += rows[i].length;
  }
  return rows.join('');
}

describe('time is linear in a text’s length, whatever is repeated in it,', () => {
  it('for all that goes over it', () =>
    fuzz(
      'linear',
      1,
      fc.record({ name: fc.constantFrom(...Object.keys(works)), start: edge, repeated: unit, end: edge }),
      ({ name, start, repeated, end }) =>
        assertLinear(
          works[name],
          (units) => start + repeated.repeat(Math.ceil(units / repeated.length)) + end,
          length,
        ),
    ));

  it('and of rows and records that are all different: labels, columns, sentences', () => {
    const rows: Readonly<Record<string, readonly [string, (i: number) => string]>> = {
      'as many labels as words': ['f.conll', (i) => `w${i}\tB-L${i}\n`],
      'as many labels as words in CoNLL-U': [
        'f.conllu',
        (i) => `1\tw${i}\tl\tT${i}\tX${i}\t_\t0\tr\t_\t_\n\n`,
      ],
      'as many types as spans': ['f.iob2', (i) => `a\tB-L${i}\nb\tI-L${i}\n\n`],
      'as many columns as characters': ['f.conll', (i) => (i % 100_000 === 99_999 ? 'O\n' : `${i % 10}\t`)],
      'rows of every width': ['f.conll', (i) => `${'a '.repeat(i % 300)}O\n`],
      'numbers of sentences': ['f.csv', (i) => `${i >> 1},w${i},T${i % 7}\n`],
      'JSON with spans': ['f.jsonl', (i) => `{"text":"w${i} b","label":[[0,2,"L${i % 50}"]]}\n`],
      'JSON with lists': ['f.jsonl', (i) => `{"tokens":["w${i}","b"],"tags":["B-L${i % 50}","O"]}\n`],
      'words with tags': ['f.txt', (i) => `The/DT w${i}/NN ./.\n`],
    };
    for (const [name, [file, row]] of Object.entries(rows))
      try {
        assertLinear(
          (text) => readAndWriteLabels(file, text),
          (units) => rowsUpTo(row, units),
          8 * length,
        );
      } catch (error) {
        throw new Error(`${name}: ${String(error)}`);
      }
  });

  it('and for each of them with marks that come in pairs or at an end', () => {
    const repeats = ['[', '<', '`a', 'a.', 'a-', '/', ' ', '\n', 'a\n', '{"a":', '"', '. ', '猫', '\u0301'];
    for (const [name, work] of Object.entries(works))
      for (const repeated of repeats)
        for (const [start, end] of [
          ['', ''],
          ['a@', '@'],
        ])
          try {
            assertLinear(work, (units) => start + repeated.repeat(units / repeated.length) + end, length / 2);
          } catch (error) {
            throw new Error(`${name}, of ${JSON.stringify(repeated)}: ${String(error)}`);
          }
  });
});
