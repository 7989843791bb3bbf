import assert from 'node:assert/strict';
import { groupCorpora, summarise } from '../../../src/corpus/grouping';
import { buildTrainingCorpus } from '../../../src/corpus/trainingCorpus';
import { readWorkspaceFile } from './sources';

const paths = [
  'sample/UD_English-EWT/en_ewt-excerpt-train.conllu',
  'sample/UD_English-EWT/en_ewt-excerpt-dev.conllu',
  'sample/WNUT17/wnut17train.conll',
  'sample/WNUT17/emerging.dev.conll',
];

describe('the sample workspace', () => {
  const files = paths.map((path) => ({ file: readWorkspaceFile(path), path }));

  it('has the sentences and tokens that its READMEs state, and no problems', () => {
    assert.deepEqual(
      files.map(({ file }) => [file.sentences, file.tokens]),
      [
        [1046, 17557],
        [250, 3504],
        [3394, 62730],
        [1009, 15733],
      ],
    );
    assert.deepEqual(
      files.flatMap(({ file }) => file.problems),
      [],
    );
  });

  it('is two corpora', () => {
    const corpora = groupCorpora(files.map(({ file, path }) => summarise(file, path)));
    assert.deepEqual(
      corpora.map(({ name }) => name),
      ['UD_English-EWT', 'WNUT17'],
    );
    assert.deepEqual(
      corpora.map(({ columns }) =>
        columns.map(({ name, labels, scheme }) => `${name} ${labels.length} ${scheme}`),
      ),
      [['UPOS 17 none', 'XPOS 49 none', 'FEATS 135 none', 'DEPREL 47 none'], ['LABEL 13 IOB2']],
    );
  });

  it('makes training corpora whose parts are told by name', () => {
    const treebank = buildTrainingCorpus(files.slice(0, 2), 'UPOS', 1);
    assert.deepEqual(
      [
        treebank.heldOut,
        treebank.labels.length,
        treebank.splits.training.tokens,
        treebank.splits.development.tokens,
      ],
      [false, 17, 17557, 3504],
    );
    const entities = buildTrainingCorpus(files.slice(2), '2', 1);
    assert.deepEqual(
      [entities.scheme, entities.splits.training.tokens, entities.problems.length],
      ['IOB2', 62730, 0],
    );
  });
});
