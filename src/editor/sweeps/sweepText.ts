/** What a person is told of a sweep. */
import { messageOf } from '../../common/errors';
import { formatCount, formatPercent } from '../../common/figures';
import { withoutLinks } from '../../common/shownText';
import { differingSettings, meanAndDeviation, seedGroups, settingsText } from '../../model/settings/sweep';
import type { RunRecord } from '../../record/runRecord';
import { runTitle } from '../../record/runTitle';
import { mainScore } from '../../training/scores';
import { tooFewText } from '../runText';
import type { Translate } from '../translate';
import { MissingCorpusError } from './sweepRunner';
import type { PausedSweep } from './sweepRunner';

/** The run with the best score on development data; undefined where none has one. */
export function bestRun(runs: readonly RunRecord[]): RunRecord | undefined {
  const scored = runs.filter(({ development, state }) => development && state === 'done');
  return scored.reduce<RunRecord | undefined>(
    (best, run) => (best && scoreOf(best) >= scoreOf(run) ? best : run),
    undefined,
  );
}

/** "EWT · UPOS: 5 runs are trained. Best accuracy 95.5 %: seed 3. Mean of its 5 seeds: 95.3 % ± 0.1 %." */
export function sweptText(runs: readonly RunRecord[], t: Translate): string {
  const done = runs.filter(({ state }) => state === 'done');
  const count =
    done.length === 1 ? t('1 run is trained') : t('{0} runs are trained', formatCount(done.length));
  const failed = runs.length - done.length;
  const rest =
    failed === 0
      ? ''
      : ` ${failed === 1 ? t('1 run did not come to its end.') : t('{0} runs did not come to their end.', formatCount(failed))}`;
  const title = done.length > 0 ? `${runTitle({ ...done[0], title: undefined })}: ` : '';
  const best = bestRun(done);
  const few = best?.development && tooFewText(best.development, t);
  const trained = few === undefined ? count : `${count}, ${few}`;
  const scores = few === undefined ? scoresText(done, t) : '';
  return withoutLinks(`RNN Tagger: ${title}${trained}.${rest}${scores}`);
}

function scoresText(runs: readonly RunRecord[], t: Translate): string {
  const best = bestRun(runs);
  if (!best) return '';
  const names = differingSettings(runs.map(({ settings }) => settings));
  const score = formatPercent(scoreOf(best));
  const named = settingsText(best.settings, names);
  const bestText = best.spans
    ? t('Best span F1 {0}: {1}.', score, named)
    : t('Best accuracy {0}: {1}.', score, named);
  const scored = runs.filter(({ development }) => development);
  const ofBest = seedGroups(scored, ({ settings }) => settings).find((group) => group.includes(best)) ?? [];
  const { mean, deviation } = meanAndDeviation(ofBest.map(scoreOf));
  const over =
    deviation === undefined
      ? ''
      : ` ${t('Mean of its {0} seeds: {1} ± {2}.', ofBest.length, formatPercent(mean), formatPercent(deviation))}`;
  return names.length === 0 ? '' : ` ${bestText}${over}`;
}

/** Why a sweep does not go on, and with how many runs it could. */
export function pausedText({ left, error }: PausedSweep, t: Translate): string {
  const runs = left === 1 ? t('1 run is left.') : t('{0} runs are left.', formatCount(left));
  if (error === undefined) return t('RNN Tagger: the sweep was stopped. {0}', runs);
  const why =
    error instanceof MissingCorpusError
      ? t('Its corpus is not in this workspace any more.')
      : withoutLinks(messageOf(error));
  return t('RNN Tagger: the sweep does not go on: {0} {1}', why, runs);
}

const scoreOf = ({ development }: RunRecord): number => (development ? mainScore(development) : -1);
