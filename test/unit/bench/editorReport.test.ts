import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { judge } from '../../../bench/bars';
import { benchCorpus } from '../../../bench/corpora';
import type { EditorFigures, TypingFigures } from '../../../bench/editor/editorFigures';
import { writeEditorFiles } from '../../../bench/editor/editorFiles';
import { editorReaches, editorTables, typingRatio } from '../../../bench/editor/editorReport';
import { renderTable } from '../../../bench/table';

const typing = (labels: number[][], without: number[][]): TypingFigures => ({ labels, without });
const figures: EditorFigures = {
  rows: {
    opening: [80, 90, 200],
    openingBare: [60],
    editing: [150, 210, 220],
    editingBare: [50],
    typing: typing([[20, 22, 60]], [[20, 20, 40]]),
    typingTraining: typing([[40, 44, 60]], [[20, 40, 40]]),
  },
  text: {
    opening: [10],
    openingBare: [5],
    editing: [20],
    editingBare: [5],
    typing: typing([[30]], [[10]]),
    typingTraining: typing([[30]], [[10]]),
  },
};

describe('bench: report of the editor', () => {
  it('holds medians of the corpus file against the bars, the ratio of typing one by one', () => {
    assert.deepEqual(
      judge(editorReaches(figures)).map(({ name, figure, met }) => [name, figure, met]),
      [
        ['editorOpening', 90, true],
        ['editorEdit', 210, false],
        ['editorTyping', 1.1, false],
        ['editorTypingTraining', 1.1, false],
      ],
    );
  });

  it('takes the ratio of all keys, and beside it the spread over the pairs', () => {
    const { ratio, low, high } = typingRatio(
      typing(
        [
          [10, 20, 30],
          [40, 40, 40],
        ],
        [
          [20, 20, 20],
          [20, 20, 20],
        ],
      ),
    );
    assert.deepEqual([ratio, low, high], [1.75, 1.25, 1.75]);
  });

  it('shows both kinds of files, with a ratio for each', () => {
    const [times, ratios] = editorTables(figures, ['a note']).map(renderTable);
    assert.match(times, /corpus file, 100,000 lines +text on screen to first label +85 +90 +145 +178 +3\n/);
    assert.match(ratios, /plain text, 2 MB +typing while training +3\.00× +3\.00× +3\.00× +3\.00×\n/);
    assert.ok(ratios.endsWith('a note'));
  });
});

describe('bench: files of the editor', () => {
  it('have their lines and bytes, and no sentence twice', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'rnn-tagger-files-'));
    try {
      const { rows, texts } = writeEditorFiles(folder, benchCorpus(true), 2);
      const read = (file: string): string => readFileSync(path.join(folder, file), 'utf8');
      assert.deepEqual([rows.length, texts.length], [2, 2]);
      const sentences = rows.flatMap((file) => read(file).trimEnd().split('\n\n'));
      for (const file of rows) assert.equal(read(file).split('\n').length, 100_000);
      assert.equal(new Set(sentences).size, sentences.length);
      const lines = texts.flatMap((file) => read(file).trimEnd().split('\n'));
      for (const file of texts) assert.ok(Math.abs(read(file).length - 2_000_000) < 2_000);
      assert.equal(new Set(lines).size, lines.length);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
