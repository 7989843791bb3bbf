import assert from 'node:assert/strict';
import fc from 'fast-check';
import { InputError } from '../../src/common/errors';
import { formsBySentence } from '../../src/corpus/corpusFile';
import { decodeUtf8 } from '../../src/corpus/decode';
import { formatOf } from '../../src/corpus/formats';
import { readCorpusFile } from '../../src/corpus/formats/read';
import { readTokenRows } from '../../src/corpus/formats/rows/tokenRows';
import { BlockCutter } from '../../src/corpus/text/blockCutter';
import { anyText, fuzz, realBytes } from './cases';

const name = fc.constantFrom(
  'f',
  'f.conll',
  'f.conllu',
  'f.conllup',
  'f.bmes',
  'eng.train',
  '.conll',
  'a/.b',
);

/** Reads a text, and writes it with its own labels. */
function readAndWrite(file: string, text: string): void {
  let read;
  try {
    read = readCorpusFile(file, file, text);
  } catch (error) {
    assert.ok(error instanceof InputError, String(error));
    return;
  }
  const format = formatOf(read.layout);
  for (const { name: column, values, ids } of read.columns) {
    const labels = Array.from(ids, (id) => values[id]);
    assert.equal(format.writeLabels(text, read, column, labels), text);
    assert.equal(format.labelEnds(text, read, column).length, read.tokens);
  }
  const lines = text.split(/\r\n|\r|\n/).length;
  for (const { line, startColumn, endColumn } of read.problems)
    assert.ok(line >= 0 && line < lines && startColumn <= endColumn);
  const labels = Array.from({ length: read.tokens }, () => 'NEW');
  const written = format.writeLabels(text, read, undefined, labels);
  const added = labels.length * ('NEW'.length + 1);
  assert.equal(written.length, text.length + added);
  assert.equal(formsBySentence(read).flat().length, read.tokens);
}

/** The median of the processor time of three calls, in ms: other processes do not count. */
function processorTime(call: () => void): number {
  const times = [0, 1, 2].map(() => {
    const before = process.cpuUsage();
    call();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return times.sort((a, b) => a - b)[1];
}

describe('readers of any text', () => {
  it('take time linear in its length, whatever is repeated in it', () => {
    const work = (text: string): void => {
      readAndWrite('f.conll', text);
      const { sentences, write } = readTokenRows(text);
      write(sentences.flat().map(() => 'X'));
    };
    const parts = fc.array(
      anyText.map((text) => text.slice(0, 6)),
      { minLength: 3, maxLength: 3 },
    );
    fuzz('readers', 0.01, parts, ([start, repeated, end]) => {
      const time = (times: number): number => {
        const text = start + repeated.repeat(times) + end;
        return processorTime(() => work(text));
      };
      // 16 times the text takes 256 times as long where time is quadratic. What takes no time says nothing.
      const isQuadratic = (): boolean => {
        const long = time(1 << 16);
        return long > 1000 && long > 100 * time(1 << 12);
      };
      assert.ok(!(isQuadratic() && isQuadratic() && isQuadratic()));
    });
  });

  it('read it or say why not, and write it back to the byte', () =>
    fuzz('readers', 0.49, fc.tuple(name, anyText), ([file, text]) => readAndWrite(file, text)));

  it('take rows of tokens apart and put them together again', () =>
    fuzz('readers', 0.15, anyText, (text) => {
      const { sentences, write } = readTokenRows(text);
      const labels = sentences.flat().map(() => 'X');
      const written = write(labels);
      assert.equal(written.length, text.length + 2 * labels.length);
      assert.equal(written.split(/\r\n|\r|\n/).length, text.split(/\r\n|\r|\n/).length);
      assert.equal(readTokenRows(written).sentences.length, sentences.length);
    }));

  it('cut it into blocks, which together are the text', () =>
    fuzz('readers', 0.15, fc.tuple(anyText, fc.integer({ min: 1, max: 7 })), ([text, length]) => {
      const cutter = new BlockCutter(2);
      let together = '';
      for (let at = 0; at < text.length; at += length)
        for (const block of cutter.push(text.slice(at, at + length))) together += block.text;
      assert.equal(together + (cutter.finish()?.text ?? ''), text);
    }));

  it('decode any bytes, and tell of each line that is not UTF-8', () => {
    const bytes = fc
      .tuple(fc.constantFrom(...realBytes), fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 5 }))
      .map(([real, changes]) => {
        const changed = real.slice(0, 400);
        for (const [at, value] of changes) changed[at] = value;
        return changed;
      });
    fuzz('readers', 0.2, fc.oneof(bytes, fc.uint8Array({ maxLength: 200 })), (drawn) => {
      const { text, problems } = decodeUtf8('f', Uint8Array.from(drawn));
      if (problems.length === 0)
        assert.equal(text, new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(drawn)));
      else assert.ok(text.includes('\uFFFD'));
      readAndWrite('f.conll', text);
    });
  });
});
