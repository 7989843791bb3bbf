import { formatCount, formatPercent } from '../common/figures';
import { shownName } from '../common/shownText';
import type { Corpus } from '../corpus/corpus';
import type { RunRecord } from '../record/runRecord';
import { runTitle, trainedOn } from '../record/runTitle';
import type { RunState } from '../run/runState';
import { mainScore, tooFewToScore } from '../training/scores';
import type { Scores } from '../training/scores';
import type { ModelEntry } from '../workspace/modelCatalogue';
import { originText } from './modelPicks';
import { progressText, tooFewText } from './runText';
import { withoutIcons } from './translate';
import type { Translate } from './translate';

export interface StatusText {
  readonly text: string;
  readonly tooltip: string;
  /** What a screen reader says, where that is not the text. */
  readonly spoken?: string;
}

/** A run that goes on. */
export interface CurrentRun {
  readonly run: RunRecord;
  readonly state: RunState;
  /** In another window. */
  readonly elsewhere?: boolean;
}

/** Labels of spans from which a first training shows something on text that it has not seen. */
export const enoughLabels = 20;

/** Where a person stands who labels text of which there is no model yet. */
export type Beginning =
  | { readonly kind: 'nothing labelled' }
  /** How many spans have a label. */
  | { readonly kind: 'labelled'; readonly labels: number };

/** The same with what a click does. */
export interface StatusHint extends StatusText {
  readonly command: string;
}

/** What to do next, where labelling has just begun; nothing where there are corpora of other kinds, or a run. */
export function hintText(beginning: Beginning, key: string, t: Translate): StatusHint {
  if (beginning.kind === 'nothing labelled')
    return {
      text: `$(tag) RNN Tagger: ${t('select words and press {0} to label them', key)}`,
      tooltip: t(
        'Label words of this text: from {0} labels on, a model can be trained that labels the rest.',
        enoughLabels,
      ),
      command: 'rnnTagger.labelSelection',
    };
  const { labels } = beginning;
  const given = labels === 1 ? t('1 label') : t('{0} labels', formatCount(labels));
  if (labels < enoughLabels)
    return {
      text: `$(tag) RNN Tagger: ${t('{0}, {1} more to train a model', given, enoughLabels - labels)}`,
      tooltip: t(
        'Label more words: from {0} labels on, a model can be trained that labels the rest.',
        enoughLabels,
      ),
      command: 'rnnTagger.labelSelection',
    };
  return {
    text: `$(play) RNN Tagger: ${t('{0}: train a model now', given)}`,
    tooltip: t('Train on Workspace: a first model takes seconds, and labels the rest of the text.'),
    command: 'rnnTagger.train',
  };
}

/**
 * What the status bar says: how a run goes, else which model labels, else which corpora there are. Nothing: there is
 * nothing to tell.
 */
export function statusText(
  corpora: readonly Corpus[],
  current: CurrentRun | undefined,
  t: Translate,
  model?: ModelStatus,
): StatusText | undefined {
  if (current) {
    const icon = current.state.phase === 'paused' ? '$(debug-pause)' : '$(pulse)';
    const { sweep } = current.run;
    const ofRun = progressText(current.state, t);
    const here = sweep ? t('run {0} of {1}, {2}', sweep.run, sweep.of, ofRun) : ofRun;
    const progress = current.elsewhere ? t('{0}, in another window', here) : here;
    return {
      text: `${icon} RNN Tagger: ${progress}`,
      tooltip: `${withoutIcons(runTitle(current.run))}: ${progress}`,
    };
  }
  if (model) return modelText(model, corpora, t);
  return corpora.length === 0 ? undefined : corporaText(corpora, t);
}

/** What the status bar says where there is nothing to learn from. */
export function noCorpusText(t: Translate): StatusText {
  const text = t('No corpus found: start one, or say where it is');
  return {
    text: `$(tag) ${text}`,
    tooltip: t(
      'RNN Tagger looks for text with a label for each word. A click shows how to come to such text: label plain text, or say which files have labels.',
    ),
    spoken: `RNN Tagger: ${text}`,
  };
}

/** The model in use, as the status bar shows it. */
export interface ModelStatus {
  readonly entry: ModelEntry;
  /** As dates are written. */
  readonly locale: string;
}

/** "UPOS · 95.4 %", and in the tooltip of what that is a share. */
function modelText({ entry, locale }: ModelStatus, corpora: readonly Corpus[], t: Translate): StatusText {
  const { column, development, title } = entry;
  const name = withoutIcons(runTitle(entry));
  const trained = title === undefined ? '' : ` (${withoutIcons(trainedOn(entry))})`;
  const measured = measuredText(entry, t);
  const scored = development && tooFewToScore(development) === undefined ? development : undefined;
  const score = scored && formatPercent(mainScore(scored));
  const shown = score && (scored.spans ? t('F1 {0}', score) : score);
  const lines = [
    `${t('Labels come from the model {0}', name)}${trained}`,
    ...measured,
    originText(entry, t, locale),
    ...(corpora.length > 0 ? ['', corporaText(corpora, t).tooltip] : []),
    '',
    t('A click shows what can be done: review its labels, use another model, open the loss panel.'),
  ];
  return {
    text: `$(tag) ${[withoutIcons(shownName(column, 24)), shown].filter(Boolean).join(' · ')}`,
    tooltip: lines.join('\n'),
    spoken: [`RNN Tagger: ${t('Labels come from the model {0}', name)}`, ...measured].join('. '),
  };
}

/** How good it is, and on which text: one line for each. */
function measuredText({ source, development }: ModelEntry, t: Translate): string[] {
  if (!development) return [t('Nothing was kept from training to measure it by')];
  const run = source.kind === 'run' ? source.run : undefined;
  const isHeldOut = run?.notices?.some(({ type }) => type === 'heldOut') === true;
  const of = (scores: Scores, where: string): string => {
    const few = tooFewText(scores, t);
    if (few !== undefined) return t('On {0}: {1}', where, few);
    const score = formatPercent(mainScore(scores));
    const tokens = formatCount(scores.tokens);
    return scores.spans
      ? t('Span F1 {0} on {1} ({2} tokens)', score, where, tokens)
      : t('Accuracy {0} on {1} ({2} tokens)', score, where, tokens);
  };
  const where = isHeldOut ? t('the text held out of training') : t('the development data');
  return [of(development, where), ...(run?.test ? [of(run.test, t('the test data'))] : [])];
}

function corporaText(corpora: readonly Corpus[], t: Translate): StatusText {
  const tokens = corpora.reduce((sum, corpus) => sum + corpus.tokens, 0);
  const text =
    corpora.length === 1
      ? t('1 corpus, {0} tokens', formatCount(tokens))
      : t('{0} corpora, {1} tokens', formatCount(corpora.length), formatCount(tokens));
  const lines = corpora.map(({ name, tokens, files }) =>
    files.length === 1
      ? t('{0}: {1} tokens in 1 file', shownName(name), formatCount(tokens))
      : t('{0}: {1} tokens in {2} files', shownName(name), formatCount(tokens), formatCount(files.length)),
  );
  const shown =
    lines.length > 10 ? [...lines.slice(0, 9), t('and {0} more', formatCount(lines.length - 9))] : lines;
  return { text: `RNN Tagger: ${text}`, tooltip: shown.join('\n') };
}
