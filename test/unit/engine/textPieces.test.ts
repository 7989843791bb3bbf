import assert from 'node:assert/strict';
import { WorkerError } from '../../../src/common/errors';
import { handOver } from '../../../src/engine/node/handOver';
import type { SourceFile } from '../../../src/engine/sourceFile';
import { TextsInPieces } from '../../../src/engine/textPieces';

const file = (content: string): SourceFile => ({ file: 'a.conllu', path: 'w/a.conllu', content });

describe('A text for a worker', () => {
  it('is handed over in pieces where it is long, each once the worker has the one before', async () => {
    const texts = new TextsInPieces();
    let isBusy = false;
    const lengths: number[] = [];
    const handed = await handOver(
      file('a long text'),
      async (piece) => {
        lengths.push(piece.piece.length);
        assert.equal(isBusy, false);
        isBusy = true;
        await new Promise(setImmediate);
        texts.add(piece);
        isBusy = false;
      },
      4,
    );
    assert.deepEqual(lengths, [4, 4, 3]);
    assert.deepEqual(texts.whole(handed), file('a long text'));
    assert.throws(() => texts.whole(handed), WorkerError, 'it is kept');
  });

  it('is handed over as it is where it is short', async () => {
    const handed = await handOver(file('short'), () => assert.fail(), 5);
    assert.deepEqual(handed, file('short'));
    assert.deepEqual(new TextsInPieces().whole(handed), file('short'));
  });

  it('is not read where a worker that died has had a part of it', async () => {
    const [dead, next] = [new TextsInPieces(), new TextsInPieces()];
    await assert.rejects(
      handOver(file('a long text'), async (piece) => (piece.before === 0 ? dead : next).add(piece), 4),
      WorkerError,
    );
    assert.throws(() => next.whole({ ...file(''), content: { text: 1_000_000, pieces: 3 } }), WorkerError);
  });

  it('is told from another that is handed over at the same time', async () => {
    const texts = new TextsInPieces();
    const send = async (piece: Parameters<TextsInPieces['add']>[0]): Promise<void> => texts.add(piece);
    const [a, b] = await Promise.all([
      handOver(file('one text'), send, 3),
      handOver(file('another one'), send, 3),
    ]);
    assert.deepEqual(texts.whole(b), file('another one'));
    assert.deepEqual(texts.whole(a), file('one text'));
  });
});
