import assert from 'node:assert/strict';
import type { UnlabelledSentence } from '../../../../src/corpus/queue/unlabelledSentences';
import { ColdStart } from '../../../../src/editor/views/coldStart';
import type { FileSentences } from '../../../../src/editor/views/coldStart';
import { sentenceNodes } from '../../../../src/editor/views/sentenceNodes';

const nothing = { kept: new Set<string>(), skipped: [] };

class Corpus {
  files = ['a', 'b', 'c'].map((file) => ({ file, reading: '1' }));
  readonly read: string[] = [];
  readonly failures: string[] = [];
  readonly cold: ColdStart;
  sentences: (file: string) => UnlabelledSentence[] | Promise<UnlabelledSentence[]> = (file) => [
    { line: 0, text: `${file} naps` },
  ];

  constructor() {
    const files = () => this.files;
    this.cold = new ColdStart({
      get files() {
        return files();
      },
      sentencesIn: async (file) => {
        this.read.push(file);
        return this.sentences(file);
      },
      failed: (file) => this.failures.push(file),
    });
  }

  /** @returns the files that were read. */
  async look(isStopped = () => false): Promise<string> {
    this.read.length = 0;
    await this.cold.look(isStopped, () => undefined);
    return this.read.join('');
  }
}

describe('sentences without labels, before there is a model', () => {
  it('are read of each file once, and again of one that changed or is read in another way', async () => {
    const corpus = new Corpus();
    assert.equal(await corpus.look(), 'abc');
    assert.equal(await corpus.look(), '');
    corpus.cold.change('b');
    assert.equal(await corpus.look(), 'b');
    corpus.files = corpus.files.map(({ file }) => ({ file, reading: file === 'c' ? '2' : '1' }));
    assert.equal(await corpus.look(), 'c');
    assert.equal(corpus.cold.all.length, 3);
  });

  it('are read no further once nobody sees them, and by one at a time', async () => {
    const corpus = new Corpus();
    assert.equal(await corpus.look(() => corpus.read.length >= 2), 'ab');
    assert.ok(!corpus.cold.isDone);
    await Promise.all([
      corpus.look(),
      corpus.cold.look(
        () => false,
        () => undefined,
      ),
    ]);
    assert.deepEqual([corpus.read, corpus.cold.isDone], [['c'], true]);
  });

  it('are read once more where the file changes while it is read, and of others where one fails', async () => {
    const corpus = new Corpus();
    corpus.sentences = (file) => {
      if (file === 'a') throw new Error('gone');
      if (file === 'b' && corpus.read.filter((own) => own === 'b').length === 1) corpus.cold.change('b');
      return [{ line: 0, text: file }];
    };
    assert.equal(await corpus.look(), 'abbc');
    assert.deepEqual(corpus.failures, ['a']);
    assert.deepEqual(
      corpus.cold.all.map(({ sentences }) => sentences.length),
      [0, 1, 1],
    );
  });

  const found: FileSentences[] = ['a', 'b'].map((file) => ({
    file,
    sentences: ['Zora naps', 'Rita sings', 'Zora naps'].map((text, line) => ({ line, text })),
  }));

  it('stay away once they are kept, come last once they are skipped, and are filtered by file and words', () => {
    const all = sentenceNodes(found, nothing, {});
    assert.equal(new Set(all.map(({ key }) => key)).size, 6);
    const [first, second] = all;
    const left = sentenceNodes(found, { kept: new Set([second.key]), skipped: [first.key] }, {});
    assert.deepEqual(
      left.map(({ key }) => key),
      [...all.slice(2), first].map(({ key }) => key),
    );
    assert.deepEqual(left.map(({ isSkipped }) => isSkipped).lastIndexOf(true), 4);
    assert.deepEqual(
      sentenceNodes(found, nothing, { file: 'b', text: 'ZORA' }).map(({ file, text }) => [file, text]),
      [
        ['b', 'Zora naps'],
        ['b', 'Zora naps'],
      ],
    );
    assert.deepEqual(sentenceNodes(found, nothing, { label: 'PER' }), []);
  });

  it('are the same ones, in the same order, where lines are put in before them', () => {
    const moved = found.map(({ file, sentences }) => ({
      file,
      sentences: sentences.map(({ line, text }) => ({ line: line + 7, text })),
    }));
    assert.deepEqual(
      sentenceNodes(moved, nothing, {}).map(({ key }) => key),
      sentenceNodes(found, nothing, {}).map(({ key }) => key),
    );
  });
});
