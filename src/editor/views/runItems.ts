/** Runs and models as the view lists them. */
import { formatCount, formatPercent } from '../../common/figures';
import { shownLine, shownName } from '../../common/shownText';
import { networkText } from '../../record/networkText';
import { modelVersion } from '../../record/runRecord';
import type { RunRecord, StoredRunState } from '../../record/runRecord';
import { runTitle, trainedOn } from '../../record/runTitle';
import { mainScore } from '../../training/scores';
import type { Scores } from '../../training/scores';
import { catalogueEntry, newestFirst } from '../../workspace/modelCatalogue';
import type { ModelEntry, RunElsewhere } from '../../workspace/modelCatalogue';
import { trainedWith } from '../modelPicks';
import { scoreText } from '../runText';
import type { Translate } from '../translate';
import { joined } from './itemText';
import type { ItemText } from './itemText';

/** A run, whether it has a model or not, or an imported model. */
export interface RunItem extends ItemText {
  readonly entry: ModelEntry;
  readonly icon: string;
  /** What menus ask for: `run` or `imported`; `model`, `inUse`, `ended`, each where it holds. */
  readonly context: string;
}

/** All runs and imported models, newest first. */
export function listedEntries(
  runs: readonly RunRecord[],
  models: readonly ModelEntry[],
  elsewhere: (id: string) => RunElsewhere | undefined,
): ModelEntry[] {
  const ofRuns = runs.map((run) => catalogueEntry(run, elsewhere(run.id)));
  const imported = models.filter(({ source }) => source.kind === 'imported');
  return [...ofRuns, ...imported].sort(newestFirst);
}

/** @param inUse whether it labels text. */
export function runItem(entry: ModelEntry, inUse: boolean, t: Translate, locale: string): RunItem {
  const { source, created, development, title } = entry;
  const run = source.kind === 'run' ? source.run : undefined;
  const hasModel = run === undefined || modelVersion(run) !== undefined;
  const date = dateText(created, locale, { dateStyle: 'medium', timeStyle: 'short' });
  const state = stateText(entry, t);
  const ofSweep = run?.sweep && t('run {0} of {1}', run.sweep.run, run.sweep.of);
  const seed = run?.sweep && t('seed {0}', run.settings.seed);
  const used = inUse ? t('in use') : undefined;
  const score = scoreText(entry, t);
  const named = title === undefined ? undefined : trainedOn(entry);
  const { settings, spans, labels } = trainedWith(entry);
  const label = runTitle(entry);
  return {
    entry,
    label,
    description: joined([
      used,
      seed,
      score,
      state,
      ofSweep,
      named,
      dateText(created, locale, { dateStyle: 'medium' }),
    ]),
    tooltip: joined(
      [
        label,
        named,
        used && t('Its labels are shown'),
        state,
        run?.message && shownLine(run.message),
        development && t('Development: {0}', scoresText(development, t)),
        run?.test && t('Test: {0}', scoresText(run.test, t)),
        networkText(settings, spans, labels),
        source.kind === 'imported'
          ? t('Imported {0} from {1}', date, shownName(source.model.name))
          : t('Begun {0}', date),
      ],
      '\n',
    ),
    spoken: joined([label, used, score, state, named, date], ', '),
    icon: iconOf(source, inUse, hasModel),
    context: joined(
      [
        source.kind,
        hasModel ? 'model' : undefined,
        inUse ? 'inUse' : undefined,
        run?.state === 'running' ? undefined : 'ended',
      ],
      ' ',
    ),
  };
}

/** Nothing of a run that is done: that is what is expected. */
function stateText({ source }: ModelEntry, t: Translate): string | undefined {
  if (source.kind === 'imported') return t('imported');
  const { run, elsewhere } = source;
  const [epoch, epochs] = [formatCount(run.epoch), formatCount(run.settings.epochs)];
  if (run.state === 'running')
    return elsewhere ? t('in training in another window') : t('in training, epoch {0}', epoch);
  if (run.state === 'done') return undefined;
  return t('{0} in epoch {1} of {2}', endText(run.state, t), epoch, epochs);
}

function endText(state: Exclude<StoredRunState, 'running' | 'done'>, t: Translate): string {
  switch (state) {
    case 'stopped':
      return t('stopped');
    case 'diverged':
      return t('diverged');
    case 'failed':
      return t('failed');
    case 'interrupted':
      return t('cut off');
  }
}

/** "span F1 73.2 %, accuracy 95.1 %, 25,147 tokens". */
function scoresText(scores: Scores, t: Translate): string {
  const accuracy = t('accuracy {0}', formatPercent(scores.accuracy));
  return joined(
    [
      scores.spans && t('span F1 {0}', formatPercent(mainScore(scores))),
      accuracy,
      t('{0} tokens', formatCount(scores.tokens)),
    ],
    ', ',
  );
}

function dateText(date: string, locale: string, style: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, style).format(new Date(date));
}

function iconOf(source: ModelEntry['source'], inUse: boolean, hasModel: boolean): string {
  if (inUse) return 'check';
  if (source.kind === 'imported') return 'package';
  switch (source.run.state) {
    case 'running':
      return 'sync';
    case 'failed':
    case 'diverged':
      return 'warning';
    case 'stopped':
    case 'interrupted':
      return 'debug-stop';
    case 'done':
      return hasModel ? 'graph-line' : 'circle-outline';
  }
}
