/**
 * Finds labels that may be wrong. Each is judged by a model that was trained on other documents (k-fold cross
 * validation), so that none can have learned the mistake from the very place that it is judged at.
 */
import { asError, InputError } from '../common/errors';
import type { Disposable } from '../common/events';
import * as l10n from '../common/l10n';
import type { SentenceRef } from '../corpus/heldOut';
import type { ReadColumns } from '../corpus/trainingCorpus';
import { filesOf, judgeFold } from './judgeFold';
import type { FoldOptions, JudgedFold } from './judgeFold';
import { rankSuspects } from './rankSuspects';
import type { SuspectLabel } from './rankSuspects';

export interface LabelErrorOptions extends FoldOptions {
  /** Judge folds at the same time as this thread; what comes out does not depend on them. */
  readonly helpers?: readonly FoldJudge[];
  readonly hooks: FoldOptions['hooks'] & {
    /** Told of the share that is done, from 0 to 1. */
    progress?(share: number): void;
  };
}

/** Judges folds of the same sentences elsewhere. Once disposed of, it rejects what it has not judged yet. */
export interface FoldJudge extends Disposable {
  /** Undefined where it was stopped. */
  judge(fold: number, progress: (share: number) => void): Promise<JudgedFold | undefined>;
}

/**
 * The labels that models which have not seen them take for less probable than another, the surest mistake
 * first; undefined where the host stopped it.
 * @throws {InputError} there are fewer sentences than folds, one label only, or training diverges.
 */
export async function findLabelErrors(
  sentences: readonly SentenceRef[],
  columns: ReadColumns,
  options: LabelErrorOptions,
): Promise<SuspectLabel[] | undefined> {
  if (sentences.length < options.folds) {
    throw new InputError(
      l10n.t(
        'There are too few sentences to look for label errors: {0}, and {1} are needed at least.',
        sentences.length,
        options.folds,
      ),
      { file: sentences[0]?.file.file },
    );
  }
  const judged = await judgeAll(sentences, columns, options);
  if (!judged) return undefined;
  const files = filesOf(sentences);
  const found = judged.flatMap(({ suspects }) => suspects);
  // Of those that are as sure, the order of the corpus.
  found.sort((a, b) => a.file - b.file || a.token - b.token);
  const suspects = found.map((suspect) => ({ ...suspect, file: files[suspect.file] }));
  return rankSuspects(suspects, sentences, columns, judged[judged.length - 1].scheme);
}

/** All folds, each judged by whoever is free; undefined where the host stopped it. */
async function judgeAll(
  sentences: readonly SentenceRef[],
  columns: ReadColumns,
  { helpers = [], ...options }: LabelErrorOptions,
): Promise<JudgedFold[] | undefined> {
  const { folds, hooks } = options;
  let isOver = false;
  let failure: Error | undefined;
  const end = (): void => {
    isOver = true;
    for (const helper of helpers) helper.dispose();
  };
  const own: FoldOptions = {
    ...options,
    hooks: { now: () => hooks.now(), yieldToHost: () => (isOver ? 'stop' : hooks.yieldToHost()) },
  };
  const here: Pick<FoldJudge, 'judge'> = {
    judge: (fold, progress) => judgeFold(sentences, columns, fold, own, progress),
  };
  const shares = new Array<number>(folds).fill(0);
  const judged: JudgedFold[] = [];
  let [next, done] = [0, 0];
  const work = async (judge: typeof here): Promise<void> => {
    while (!isOver && next < folds) {
      const fold = next++;
      const found = await judge.judge(fold, (share) => {
        shares[fold] = share;
        hooks.progress?.(shares.reduce((sum, of) => sum + of, 0) / folds);
      });
      if (!found) return end();
      judged[fold] = found;
      done++;
    }
  };
  const workers = [here, ...helpers].map((judge) =>
    work(judge).catch((error: unknown) => {
      // Whoever is ended fails, too.
      if (!isOver) failure = asError(error);
      end();
    }),
  );
  await Promise.all(workers);
  if (failure) throw failure;
  return done === folds ? judged : undefined;
}
