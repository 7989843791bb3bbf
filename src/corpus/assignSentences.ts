/** Which sentences of a corpus's files are to train on, and which to measure by. */
import { InputError } from '../common/errors';
import { formatCount } from '../common/figures';
import * as l10n from '../common/l10n';
import type { Problem } from '../common/problem';
import type { CorpusFile, SplitName } from './corpus';
import { holdOut } from './heldOut';
import type { SentenceRef } from './heldOut';
import { ProblemList } from './problems';
import { SentenceKeys, sentencesOf, shortSentence } from './sharedSentences';
import { splitName } from './splitName';
import { joinsSplits, splitsOfPaths } from './splits';

/** A file of a corpus; `split` overrides what the path's names say. */
export interface CorpusSource {
  readonly file: CorpusFile;
  readonly path: string;
  readonly split?: SplitName;
}

/** Which sentences are for what, and what is wrong with that. */
interface Assignment {
  readonly sentences: Record<SplitName, SentenceRef[]>;
  readonly heldOut: boolean;
  readonly problems: readonly Problem[];
}

/**
 * Files that neither `split` nor their name assigns are for training; where none is for development, a tenth of
 * the training documents is held out, drawn by `seed`.
 * @throws {InputError} nothing is left to train on.
 */
export function assignSentences(given: readonly CorpusSource[], seed: number): Assignment {
  const keys = new SentenceKeys();
  const { kept: sources, problems } = withoutJoined(given, keys);
  const named = splitsOfPaths(sources.map(({ path }) => path));
  const splits = sources.map(({ split }, i) => split ?? named[i] ?? 'training');
  const all: Record<SplitName, SentenceRef[]> = { training: [], development: [], test: [] };
  sources.forEach(({ file }, i) => {
    const sentences = all[splits[i]];
    for (let sentence = 0; sentence < file.sentences; sentence++) sentences.push({ file, sentence });
  });
  if (all.training.length === 0) {
    const what = (['development', 'test'] as const).filter((split) => all[split].length > 0);
    throw new InputError(
      what.length === 2
        ? l10n.t('There is nothing to train on: by their names all files are development and test data.')
        : l10n.t('There is nothing to train on: by their names all files are {0} data.', splitName(what[0])),
      {
        file: sources[0].file.file,
        hint: l10n.t(
          'Add a file with “train” in its name, or rename a file so that its name says nothing of dev or test.',
        ),
      },
    );
  }
  const shared = sharedProblems(all, keys);
  if (all.development.length > 0)
    return { sentences: all, heldOut: false, problems: [...problems, ...shared] };
  const held = holdOut(all.training, seed);
  return { sentences: { ...all, ...held }, heldOut: true, problems: [...problems, ...shared] };
}

/** Leaves out files that join the parts which are there beside them. */
export function withoutJoined(
  sources: readonly CorpusSource[],
  keys = new SentenceKeys(),
): { kept: readonly CorpusSource[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const isJoined = ({ path, split }: CorpusSource): boolean => split === undefined && joinsSplits(path);
  const joined = sources.filter(isJoined);
  if (joined.length === 0 || joined.length === sources.length) return { kept: sources, problems };
  const others = keys.all(
    sources.filter((source) => !isJoined(source)).flatMap(({ file }) => sentencesOf(file)),
  );
  const kept = sources.filter((source) => {
    if (!isJoined(source)) return true;
    const { file } = source;
    if (keys.shared(sentencesOf(file), others) < 0.9 * file.sentences) return true;
    const list = new ProblemList(file.file);
    const what = l10n.t('Its sentences are in the other files of the corpus too, so this file is left out.');
    list.add('warning', 'joined-splits', what, { line: 0 });
    problems.push(...list.finish());
    return false;
  });
  return { kept, problems };
}

/** Says how many sentences of a split are in the training data too: where they are many, its score is none. */
function sharedProblems(
  sentences: Readonly<Record<SplitName, readonly SentenceRef[]>>,
  keys: SentenceKeys,
): Problem[] {
  const isLong = ({ file, sentence }: SentenceRef): boolean =>
    file.sentenceStart[sentence + 1] - file.sentenceStart[sentence] > shortSentence;
  const training = keys.all(sentences.training);
  return (['development', 'test'] as const).flatMap((split) => {
    const long = sentences[split].filter(isLong);
    const shared = keys.shared(long, training);
    if (shared === 0 || shared < 0.05 * long.length) return [];
    const { file, sentence } = long[0];
    const list = new ProblemList(file.file);
    const share = l10n.t(
      '{0} of {1} sentences of over {2} tokens in the {3} data are in the training data too',
      formatCount(shared),
      formatCount(long.length),
      shortSentence,
      splitName(split),
    );
    const outcome =
      shared > long.length / 2
        ? l10n.t('its score says nothing of other text.')
        : l10n.t('its score is better than it would be on other text.');
    list.add('warning', 'shared-sentences', l10n.t('{0}: {1}', share, outcome), {
      line: file.line[file.sentenceStart[sentence]],
    });
    return list.finish();
  });
}
