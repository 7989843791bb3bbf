import { formatCount } from '../common/figures';
import { shownName } from '../common/shownText';
import type { Corpus } from '../corpus/corpus';
import type { RunState } from '../run/runState';
import type { RunRecord } from '../workspace/runRecord';
import { progressText, runTitle } from './runText';
import { withoutIcons } from './translate';
import type { Translate } from './translate';

export interface StatusText {
  readonly text: string;
  readonly tooltip: string;
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
 * What the status bar says: how a run goes, or which corpora there are. Nothing: there is nothing to tell.
 */
export function statusText(
  corpora: readonly Corpus[],
  current: CurrentRun | undefined,
  t: Translate,
): StatusText | undefined {
  if (current) {
    const icon = current.state.phase === 'paused' ? '$(debug-pause)' : '$(pulse)';
    const here = progressText(current.state, t);
    const progress = current.elsewhere ? t('{0}, in another window', here) : here;
    return {
      text: `${icon} RNN Tagger: ${progress}`,
      tooltip: `${withoutIcons(runTitle(current.run))}: ${progress}`,
    };
  }
  if (corpora.length === 0) return undefined;
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
