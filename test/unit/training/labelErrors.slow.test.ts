import assert from 'node:assert/strict';
import { permutation } from '../../../src/common/random';
import { readCorpusFile } from '../../../src/corpus/formats/read';
import { sentencesOf } from '../../../src/corpus/sharedSentences';
import { resolveColumns } from '../../../src/corpus/trainingCorpus';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import { judgeFold } from '../../../src/training/judgeFold';
import type { FoldOptions } from '../../../src/training/judgeFold';
import { findLabelErrors } from '../../../src/training/labelErrors';
import type { FoldJudge, LabelErrorOptions } from '../../../src/training/labelErrors';
import type { SuspectLabel } from '../../../src/training/rankSuspects';
import { smallLanguage } from './corpora';

const settings = { hidden: 8, embedding: 8, batch: 4, epochs: 12 } as const;

function corpus(sentences: readonly (readonly (readonly [string, string, string?])[])[]) {
  const text = sentences
    .map((rows) => rows.map(([word, label]) => `${word}\t${label}\n`).join(''))
    .join('\n');
  const file = readCorpusFile('a.conll', 'c/a.conll', text, {
    kind: 'columns',
    columns: ['FORM', 'LABEL'],
    form: 0,
    separator: '\t',
  });
  return { file, sentences: sentencesOf(file), columns: resolveColumns([file], 'LABEL') };
}

async function search(
  { sentences, columns }: ReturnType<typeof corpus>,
  hooks: Partial<LabelErrorOptions['hooks']> = {},
  folds = 4,
  helpers: readonly FoldJudge[] = [],
): Promise<SuspectLabel[] | undefined> {
  const device = createReferenceDevice();
  let now = 0;
  return findLabelErrors(sentences, columns, {
    folds,
    settings,
    device,
    helpers,
    hooks: { yieldToHost: () => 'continue', now: () => (now += 1), ...hooks },
  });
}

/** Judges folds in this thread, as one of another thread would. */
function helperOf({ sentences, columns }: ReturnType<typeof corpus>) {
  const judged: number[] = [];
  let now = 0;
  const helper = {
    isDisposed: false,
    judge(fold: number, progress: (share: number) => void) {
      judged.push(fold);
      const hooks: FoldOptions['hooks'] = { yieldToHost: () => 'continue', now: () => (now += 1) };
      const device = createReferenceDevice();
      return judgeFold(sentences, columns, fold, { folds: 4, settings, device, hooks }, progress);
    },
    dispose() {
      helper.isDisposed = true;
    },
  };
  return { helper, judged };
}

describe('the search for label errors', function () {
  this.timeout(600_000);
  const sound = smallLanguage(160, 1).map((sentence) =>
    sentence.map(([word, label]) => [word, label] as const),
  );
  const labels = [...new Set(sound.flat().map(([, label]) => label))];
  const tokens = sound.flat().length;
  const wrong = new Set(permutation(tokens, 5).subarray(0, 12));
  let at = -1;
  const flawed = sound.map((sentence) =>
    sentence.map(([word, label]) => {
      at++;
      const other = labels[(labels.indexOf(label) + 1) % labels.length];
      return [word, wrong.has(at) ? other : label] as const;
    }),
  );

  it('puts wrong labels first, with the right ones as suggestions', async () => {
    const found = await search(corpus(flawed));
    assert.ok(found);
    const first = found.slice(0, wrong.size);
    assert.ok(first.filter(({ token }) => wrong.has(token)).length >= 0.9 * wrong.size);
    const right = sound.flat();
    for (const { token, suggested, label, margin } of first.filter(({ token: t }) => wrong.has(t))) {
      assert.equal(suggested, right[token][1]);
      assert.notEqual(label, suggested);
      assert.ok(margin > 0);
    }
    for (let i = 1; i < found.length; i++) assert.ok(found[i].margin <= found[i - 1].margin);
  });

  it('gives the same to the bit each time', async () => {
    const strip = (found: SuspectLabel[] | undefined) => found?.map(({ file: _, ...rest }) => rest);
    assert.deepEqual(strip(await search(corpus(flawed))), strip(await search(corpus(flawed))));
  });

  it('gives the same where another judges some of the folds', async () => {
    const strip = (found: SuspectLabel[] | undefined) => found?.map(({ file: _, ...rest }) => rest);
    const both = corpus(flawed);
    const { helper, judged } = helperOf(both);
    assert.deepEqual(strip(await search(both, {}, 4, [helper])), strip(await search(corpus(flawed))));
    assert.ok(judged.length > 0 && judged.length < 4);
  });

  it('ends all who judge, and says why, where one of them fails', async () => {
    const both = corpus(flawed);
    const failing = { judge: () => Promise.reject(new Error('no memory')), dispose: () => undefined };
    const { helper } = helperOf(both);
    const waits = () => new Promise<'continue'>((resolve) => setImmediate(() => resolve('continue')));
    await assert.rejects(search(both, { yieldToHost: waits }, 4, [failing, helper]), /no memory/);
    assert.ok(helper.isDisposed);
  });

  it('judges a label that occurs nowhere else', async () => {
    const once = flawed.map((sentence, s) =>
      s === 7 ? sentence.map(([word, label], t) => [word, t === 0 ? 'ODD' : label] as const) : sentence,
    );
    const found = await search(corpus(once));
    assert.ok(found?.some(({ label }) => label === 'ODD'));
  });

  it('tells how far it is, and can be stopped', async () => {
    const shares: number[] = [];
    await search(corpus(sound.slice(0, 40)), { progress: (share) => shares.push(share) });
    assert.ok(shares.length >= 4);
    for (let i = 1; i < shares.length; i++) assert.ok(shares[i] >= shares[i - 1]);
    assert.ok(shares.at(-1)! <= 1);
    let turns = 0;
    assert.equal(
      await search(corpus(flawed), { yieldToHost: () => (turns++ < 20 ? 'continue' : 'stop') }),
      undefined,
    );
  });

  it('refuses fewer sentences than folds', async () => {
    await assert.rejects(search(corpus(sound.slice(0, 3))), /too few sentences/);
  });
});
