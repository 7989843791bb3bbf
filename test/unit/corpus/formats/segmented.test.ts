import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inputLayout } from '../../../../src/cli/inputLayout';
import type { CorpusFile } from '../../../../src/corpus/corpus';
import { formatOf } from '../../../../src/corpus/formats';
import { detectLayout } from '../../../../src/corpus/formats/detect';
import { readCorpusFile } from '../../../../src/corpus/formats/read';
import { segmentedLayout } from '../../../../src/corpus/formats/segmented';
import { summarise } from '../../../../src/corpus/grouping';
import { offeredColumns } from '../../../../src/corpus/labels/columns';
import { isCharacterText } from '../../../../src/corpus/script';
import { labelsOf, rowsOf, wordsInPlace } from './wholeFile';

const chinese =
  '看似  簡單  ，  其實  不  難  。\n我  在  2020  年  去  了  New  York  。\n\n他  說  ：  “  好  ”  。\n';
const thai = 'ผม  กิน  ข้าว  ที่  บ้าน  ครับ  .\nเขา  ไป  โรงเรียน  ทุก  วัน  .\nแม่  ซื้อ  ผัก  และ  ปลา  ที่  ตลาด  .\n';

const read = (text: string): CorpusFile => readCorpusFile('f', 'f', text, segmentedLayout);
const write = (text: string, labels: readonly string[]): string => {
  const file = read(text);
  return formatOf(file.layout).writeLabels(text, file, 'LABEL', labels);
};

describe('Text whose words spaces part', () => {
  it('is read as characters, each at its place, a line a sentence', () => {
    const file = readCorpusFile('f', 'train.txt', `\ufeff${chinese}`);
    assert.equal(file.layout.kind, 'segmented');
    assert.equal(file.sentences, 3);
    assert.deepEqual(rowsOf(file, 'LABEL')[0], [
      '看 B',
      '似 E',
      '簡 B',
      '單 E',
      '， S',
      '其 B',
      '實 E',
      '不 S',
      '難 S',
      '。 S',
    ]);
    assert.deepEqual(rowsOf(file, 'LABEL')[1].slice(2, 7), ['2 B', '0 M', '2 M', '0 E', '年 S']);
    assert.deepEqual(wordsInPlace(chinese, read(chinese)), labelsOf(read(chinese), 'FORM'));
  });

  it('is learned as segmentation', () => {
    const file = read(chinese.repeat(3));
    const [column] = offeredColumns(file.layout, [summarise(file, 'd/f').columns]);
    assert.deepEqual([column.name, column.scheme, column.labels.length], ['LABEL', 'IOBES', 4]);
    for (const text of [chinese.replaceAll(/[\w]/g, ''), thai])
      assert.ok(
        isCharacterText(labelsOf(read(text), 'FORM').map((character) => [character, 1] as const)),
        text,
      );
  });

  it('is told from text of other scripts, and from text and lists of the same', () => {
    assert.deepEqual(detectLayout('a.txt', chinese)?.kind, 'segmented');
    assert.deepEqual(detectLayout('a.txt', thai)?.kind, 'segmented');
    assert.deepEqual(detectLayout('a.txt', chinese.replaceAll('  ', '\u3000'))?.kind, 'segmented');
    const others = [
      'The cat sat on the mat , and the dog slept .\nIt rained all day long .\n'.repeat(5),
      '나는 학교 에 갔다 .\n그는 집 에 왔다 .\n'.repeat(5),
      chinese.replaceAll(' ', ''),
      '床前明月光，疑是地上霜。 舉頭望明月，低頭思故鄉。\n'.repeat(20),
      '北京\n上海\n廣州\n'.repeat(20),
      '北京 上海 廣州 深圳 香港\n'.repeat(20),
      'ผมกินข้าวที่บ้านครับ เขาไปโรงเรียนทุกวัน แม่ซื้อผักและปลาที่ตลาด\n'.repeat(20),
    ];
    for (const text of others)
      for (const known of ['nothing', 'rows', 'chosen'] as const)
        if (known !== 'chosen' || !/\p{Script=Han}/u.test(text))
          assert.notEqual(detectLayout('a.txt', text, known)?.kind, 'segmented', text);
    assert.equal(detectLayout('a.txt', '我 去\n他 來 了\n', 'chosen')?.kind, 'segmented');
    assert.equal(detectLayout('a.bmes', '看\tB\n似\tE\n，\tS\n\n好\tS\n', 'chosen')?.kind, 'columns');
  });

  it('is written with spaces between other words, as its words are parted', () => {
    const labels = labelsOf(read(chinese), 'LABEL');
    assert.equal(write(chinese, labels), chinese);
    labels.splice(0, 4, 'S', 'S', 'B', 'E');
    assert.equal(write(chinese, labels), chinese.replace('看似', '看  似'));
    assert.equal(write('他去。\r\nNew York\r\n', [...'SBEBMEBMME']), '他 去。\r\nNew York\r\n');
    assert.throws(() => write('他', ['B-PER']), /“B-PER” does not say where a word begins/);
  });

  it('is what tag takes text for where the model is of such a corpus, and nothing that other models label', () => {
    const model = (layout: CorpusFile['layout'], labels: readonly string[]) => ({
      layout,
      column: 'LABEL',
      labels,
    });
    const words = model(segmentedLayout, ['B', 'M', 'E', 'S']);
    const names = model({ kind: 'columns', columns: ['FORM', 'LABEL'], form: 0 }, ['O', 'B-PER']);
    const kind = (text: string, of = words): string => {
      const layout = inputLayout('(stdin)', text, of);
      return layout === 'tokens' ? layout : layout.kind;
    };
    assert.equal(kind(chinese), 'segmented');
    assert.equal(kind(chinese.replaceAll(' ', '')), 'segmented');
    assert.equal(kind('看\n似\n簡\n\n單\n'), 'columns');
    assert.notEqual(kind(chinese, names), 'segmented');
  });

  it('keeps its characters, and with its own labels all its bytes', () => {
    const piece = fc.constantFrom(
      '看',
      '似',
      '。',
      'a',
      '9',
      '𠀀',
      '🙂',
      ' ',
      '  ',
      '\u3000',
      '\n',
      '\r\n',
      '\t',
      '\ufeff',
    );
    const source = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(source, fc.infiniteStream(fc.constantFrom('B', 'M', 'E', 'S')), (text, stream) => {
        const file = read(text);
        assert.equal(write(text, labelsOf(file, 'LABEL')), text);
        const drawn = Array.from({ length: file.tokens }, () => stream.next().value as string);
        const written = write(text, drawn);
        assert.equal(written.replace(/[^\S\r\n]/g, ''), text.replace(/[^\S\r\n]/g, ''));
        const again = read(written);
        assert.equal(write(written, labelsOf(again, 'LABEL')), written);
      }),
    );
  });
});
