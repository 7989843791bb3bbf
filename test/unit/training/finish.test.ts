import assert from 'node:assert/strict';
import type { TrainingCorpus } from '../../../src/corpus/dataset';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import { readModel } from '../../../src/model/modelFile';
import { createPredictor } from '../../../src/model/predictor';
import type { TaggerModel } from '../../../src/model/taggerModel';
import { factsOf } from '../../../src/training/corpusFacts';
import { train } from '../../../src/training/trainer';
import type { TrainerHooks, TrainingResult } from '../../../src/training/trainer';
import { corpusOf, smallLanguage } from './corpora';
import { hooksOf } from './hooks';
import { resolved } from './resolved';

const names = { corpus: 'ws/small#columns', corpusName: 'small', column: 'LABEL' };

/** Trains two epochs. `stopAfter`: stopped at the first look after that epoch was told. */
async function run(
  corpus: TrainingCorpus,
  stopAfter = Infinity,
): Promise<{ result: TrainingResult; last: TaggerModel }> {
  let epoch = 0;
  let last: Uint8Array | undefined;
  const hooks: TrainerHooks = {
    ...hooksOf({ epoch: (record) => (epoch = record.epoch), checkpoint: ({ bytes }) => (last = bytes) }, 20),
    yieldToHost: () => (epoch >= stopAfter ? 'stop' : 'continue'),
  };
  const result = await train({
    corpus,
    facts: factsOf(corpus),
    names,
    settings: resolved({ hidden: 4, epochs: 2 }),
    device: createReferenceDevice(),
    hooks,
  });
  return { result, last: readModel(last!) };
}

const small = () =>
  corpusOf({ training: smallLanguage(12, 1), development: smallLanguage(20, 2), test: smallLanguage(20, 3) });

describe('the end of a run', () => {
  it('has scores label by label, which the model file keeps', async () => {
    const corpus = small();
    const { result, last } = await run(corpus);
    assert.equal(result.reason, 'done');
    assert.ok(result.development && result.development.accuracy < 1, 'there is something to confuse');
    const sentences = smallLanguage(20, 2);
    const predicted = await createPredictor(createReferenceDevice(), result.model).labels(
      sentences.map((sentence) => sentence.map(([word]) => word)),
    );
    const pairs = sentences.flatMap((sentence, s) =>
      sentence.map(([, gold], t) => [gold, corpus.labels[predicted[s][t]]]),
    );
    const { labels, confusions } = result.details!.development!;
    assert.ok(confusions.some(([gold, guess]) => gold !== guess));
    for (const [gold, guess, count] of confusions)
      assert.equal(count, pairs.filter((pair) => pair[0] === gold && pair[1] === guess).length);
    for (const { label, correct } of labels)
      assert.equal(correct, pairs.filter((pair) => pair[0] === label && pair[1] === label).length);
    assert.equal(
      labels.reduce((sum, { correct }) => sum + correct, 0) / result.development.tokens,
      result.development.accuracy,
    );
    assert.deepEqual(last.developmentLabels, labels);
    assert.deepEqual(result.model.developmentLabels, labels);
    assert.equal(
      result.details!.test!.labels.reduce((sum, { correct }) => sum + correct, 0) / result.test!.tokens,
      result.test!.accuracy,
    );
  });

  it('has no scores of a set that the corpus lacks', async () => {
    const { result, last } = await run(corpusOf({ training: smallLanguage(12, 1) }));
    assert.deepEqual(result.details, {});
    assert.equal(last.developmentLabels, undefined);
  });

  it('gives the model even where it is stopped while it is scored', async () => {
    const { result, last } = await run(small(), 2);
    assert.equal(result.reason, 'done');
    assert.ok(result.development);
    assert.deepEqual(result.details, {});
    assert.equal(last.state, undefined);
    assert.deepEqual(last.parameters, result.model.parameters);
  });

  it('has no label-by-label scores where the run was stopped early', async () => {
    const { result, last } = await run(small(), 1);
    assert.equal(result.reason, 'stopped');
    assert.equal(result.details, undefined);
    assert.equal(last.developmentLabels, undefined);
  });

  it('tells of words that training lacks, where labels cut text into words', async () => {
    const word = (text: string): [string, string][] =>
      [...text].map((character, i) => [character, text.length === 1 ? 'S' : i === 0 ? 'B' : 'E']);
    const parts = {
      training: [[...word('天气'), ...word('好')], [...word('好')]],
      test: [[...word('天气'), ...word('天'), ...word('好'), ...word('好天')]],
      scheme: 'IOBES' as const,
    };
    const { result } = await run({ ...corpusOf(parts), characters: true });
    const { inVocabulary, outOfVocabulary } = result.details!.test!.words!;
    assert.deepEqual([inVocabulary.gold, outOfVocabulary.gold], [2, 2]);
    assert.equal(inVocabulary.correct + outOfVocabulary.correct, result.test!.spans!.correct);
    assert.equal(
      (await run(corpusOf(parts))).result.details!.test!.words,
      undefined,
      'tokens that are no characters',
    );
  });
});
