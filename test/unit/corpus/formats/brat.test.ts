import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CorpusFile } from '../../../../src/corpus/corpus';
import { formatOf } from '../../../../src/corpus/formats';
import { readCorpusFile } from '../../../../src/corpus/formats/read';
import { readSource } from '../../../../src/engine/source';
import { labelsOf, rowsOf, wordsInPlace } from './wholeFile';

const text = '🙂 Anna sees Oslo.\r\nTor slept\r\n\r\nin New York.\r\n';
const annotations = [
  'T1\tPER 2 6\tAnna',
  'A1\tSure T1',
  'T2\tLOC 12 16\tOslo',
  'R1\tin Arg1:T1 Arg2:T2\t',
  'T7\tPER 19 22\tTor',
  'T8\tX 19 22;23 28\tTor slept',
  'T9\tLOC 35 43\tNew York',
  '#1\tAnnotatorNotes T2\ta note',
  '',
].join('\n');

const read = (source: string, ann: string): CorpusFile =>
  readCorpusFile('a.txt', 'd/a.txt', source, undefined, { file: 'a.ann', text: ann });
const write = (source: string, ann: string, labels: readonly string[]): string => {
  const file = read(source, ann);
  return formatOf(file.layout).writeLabels(source, file, 'LABEL', labels, { file: 'a.ann', text: ann });
};

describe('brat', () => {
  it('is read by code points, with line ends of two characters; each token at its place', () => {
    const file = read(text, annotations);
    assert.equal(file.layout.kind, 'brat');
    assert.deepEqual(
      rowsOf(file, 'LABEL')
        .flat()
        .filter((row) => !row.endsWith(' O')),
      ['Anna B-PER', 'Oslo B-LOC', 'Tor B-PER', 'New B-LOC', 'York I-LOC'],
    );
    assert.deepEqual(wordsInPlace(text, file), labelsOf(file, 'FORM'));
  });

  it('tells of spans of several pieces, and of damaged lines, in the file of annotations', () => {
    const file = read(text, `${annotations}T12\tPER x 3\tA\nT13\tPER 90 95\tfar\nT14\tPER 7 11\tsaw\n`);
    assert.deepEqual(
      file.problems.map(({ file: where, line, code }) => `${where}:${line + 1} ${code}`),
      [
        'a.ann:6 discontinuous-span',
        'a.ann:9 bad-span',
        'a.ann:10 bad-span',
        'a.ann:10 text-differs',
        'a.ann:11 text-differs',
      ],
    );
  });

  it('keeps all other lines; a new type keeps the id, a new span gets a new one', () => {
    const file = read(text, annotations);
    const labels = labelsOf(file, 'LABEL');
    assert.equal(write(text, annotations, labels), annotations);
    const words = labelsOf(file, 'FORM');
    const changed = labels.map((label, t) =>
      words[t] === 'Anna' ? 'B-ORG' : words[t] === 'Tor' ? 'O' : words[t] === 'slept' ? 'B-V' : label,
    );
    assert.equal(
      write(text, annotations, changed),
      `${annotations.replace('T1\tPER', 'T1\tORG').replace('T7\tPER 19 22\tTor\n', '')}T10\tV 23 28\tslept\n`,
    );
  });

  it('without annotations is a text that has none', () => {
    const file = read('Anna slept.\n', '');
    assert.deepEqual(labelsOf(file, 'LABEL'), ['O', 'O', 'O']);
    assert.equal(write('Anna slept.\n', '', ['B-PER', 'O', 'O']), 'T1\tPER 0 4\tAnna\n');
    assert.throws(() => write('Anna slept.\n', '', ['B-a b', 'O', 'O']), /“a b” holds white space/);
  });

  it('comes to the engine as two files', () => {
    const source = {
      file: 'a.txt',
      path: 'd/a.txt',
      content: text,
      companion: { file: 'a.ann', content: annotations },
    };
    assert.equal(readSource(source, false).file?.layout.kind, 'brat');
    const damaged = { ...source, companion: { file: 'a.ann', content: Uint8Array.from([84, 255, 10]) } };
    assert.deepEqual(
      readSource(damaged, false).problems.map(({ file, code }) => [file, code]),
      [['a.ann', 'invalid-utf8']],
    );
  });

  it('is read whatever is in it, and written with its own labels to the byte', () => {
    const piece = fc.constantFrom('a', 'B.', ' ', '\n', '\r\n', '🙂', '猫', '. ', '\ufeff');
    const source = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''));
    const place = fc.nat(24);
    const line = fc.oneof(
      fc
        .tuple(place, place, fc.constantFrom('PER', 'LOC'))
        .map(([from, to, type]) => `T1\t${type} ${from} ${to}\tx`),
      fc.constantFrom('', 'T1', 'T\t', 'A1\tX T1', 'T2\tX 1 2;3 4\tx', '#'),
    );
    fc.assert(
      fc.property(
        source,
        fc.array(line, { maxLength: 6 }),
        fc.constantFrom('\n', '\r\n'),
        (plain, lines, end) => {
          const ann = lines.join(end);
          const file = read(plain, ann);
          assert.equal(write(plain, ann, labelsOf(file, 'LABEL')), ann);
        },
      ),
    );
  });
});
