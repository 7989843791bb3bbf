/** What is known of a run in figures, as the loss panel says it; for HTML and Markdown. */
import {
  formatClock,
  formatCount,
  formatDuration,
  formatFactor,
  formatLoss,
  formatPercent,
  formatRate,
  nothing,
} from '../common/figures';
import * as l10n from '../common/l10n';
import { shownNames } from '../common/shownText';
import { settingsInOrder } from '../model/settings/presentation';
import { networkText, stepsText } from '../record/networkText';
import { trainedOn } from '../record/runTitle';
import { bestEpoch, scoreName, scoreOf, scoreTitle } from '../run/curves';
import type { EpochRecord } from '../run/epochRecord';
import { findingsOf, findingText } from '../run/findings';
import { noticeText } from '../run/noticeText';
import { phaseLabel, phaseMessage } from '../run/phaseText';
import type { RunState } from '../run/runState';
import { mainScore } from '../training/scores';
import { labelTable } from './labelTable';
import type { ReportedRun } from './reportedRun';
import type { Table } from './table';

/** The run in a line: "Done · epoch 12 of 20 · 2 min 06 s". */
export function runLine({ state }: ReportedRun): string {
  const { epoch, epochs, seconds } = state;
  const parts = [phaseLabel(state)];
  if (epochs > 0) parts.push(l10n.t('epoch {0} of {1}', formatCount(epoch), formatCount(epochs)));
  if (seconds > 0) parts.push(formatDuration(seconds));
  return parts.join(' · ');
}

/** Names and what they stand for: what the panel shows above its curves, and its details. */
export function figuresOf({ record, state }: ReportedRun): readonly (readonly [string, string])[] {
  const { epochs, stepsPerEpoch, step, history } = state;
  const all = epochs * stepsPerEpoch;
  const last = history.epochs.findLast((one) => scoreOf(one, state) !== undefined);
  const best = bestEpoch(state);
  const labels = state.facts?.labels.length ?? record.labels;
  const figures: (readonly [string, string | undefined])[] = [
    [l10n.t('Last {0}', scoreName(state)), last && formatPercent(scoreOf(last, state))],
    [
      l10n.t('Best {0}', scoreName(state)),
      best && l10n.t('{0} in epoch {1}', formatPercent(best.score), formatCount(best.epoch)),
    ],
    [
      state.spans ? l10n.t('Span F1 on test data') : l10n.t('Accuracy on test data'),
      state.test && formatPercent(mainScore(state.test)),
    ],
    [l10n.t('Step'), all > 0 ? l10n.t('{0} of {1}', formatCount(step), formatCount(all)) : formatCount(step)],
    [l10n.t('Tokens per second'), formatRate(state.tokensPerSecond)],
    [l10n.t('Training time'), formatDuration(state.seconds)],
    [l10n.t('Trained on'), trainedOn(record)],
    [l10n.t('Labels'), labels === undefined ? undefined : formatCount(labels)],
    [l10n.t('Network'), networkText(record.settings, state.spans, labels)],
    [l10n.t('Training'), stepsText(record.settings)],
    [l10n.t('Device'), state.device],
    [l10n.t('Begun'), `${record.created.slice(0, 16).replace('T', ' ')} UTC`],
  ];
  return figures.flatMap(([name, value]) =>
    value === undefined || value === nothing ? [] : [[name, value] as const],
  );
}

/** Why it ended as it did, and what a person should know of how it was trained and notice in its curves. */
export function notesOf({ state }: ReportedRun): readonly string[] {
  const message = phaseMessage(state);
  return [
    ...(message === undefined ? [] : [message]),
    ...state.notices.map(noticeText),
    ...findingsOf(state).map((finding) => findingText(finding, state)),
  ];
}

/** Epochs, F1 by label, devices and settings; those that there are. */
export function tablesOf(run: ReportedRun): readonly Table[] {
  return [epochTable(run.state), labelTable(run.state), deviceTable(run.state), settingTable(run)].filter(
    (table) => table !== undefined && table.rows.length > 0,
  ) as readonly Table[];
}

interface Column {
  readonly name: string;
  readonly figure: (record: EpochRecord) => string;
}

function epochTable(state: RunState): Table {
  const { epochs } = state.history;
  const columns: Column[] = [
    { name: l10n.t('Epoch'), figure: ({ epoch }) => formatCount(epoch) },
    { name: l10n.t('Training loss'), figure: ({ loss }) => formatLoss(loss) },
    { name: l10n.t('Development loss'), figure: ({ development }) => formatLoss(development?.loss) },
    { name: scoreTitle(state), figure: (record) => formatPercent(scoreOf(record, state)) },
    { name: l10n.t('Learning rate'), figure: ({ learningRate }) => formatFactor(learningRate) },
    { name: l10n.t('Gradient norm'), figure: ({ flow }) => formatFactor(flow?.gradientNorm.mean) },
    { name: l10n.t('Tokens/s'), figure: ({ tokensPerSecond }) => formatRate(tokensPerSecond) },
    { name: l10n.t('Time'), figure: ({ seconds }) => formatClock(seconds) },
  ];
  // What no epoch says has no column.
  const said = columns.filter(({ figure }) => epochs.some((record) => figure(record) !== nothing));
  const best = bestEpoch(state)?.epoch;
  return {
    title: l10n.t('Epochs'),
    head: said.map(({ name }) => name),
    rows: epochs.map((record) => said.map(({ figure }) => figure(record))),
    best: epochs.findIndex(({ epoch }) => epoch === best),
  };
}

function deviceTable({ choice }: RunState): Table | undefined {
  if (!choice) return undefined;
  const trials = [...choice.trials].sort((a, b) => (b.tokensPerSecond ?? -1) - (a.tokensPerSecond ?? -1));
  return {
    title: l10n.t('Devices measured'),
    head: [l10n.t('Device'), l10n.t('Tokens/s'), l10n.t('What it is')],
    rows: trials.map(({ device, tokensPerSecond, givenUp, description, why }) => [
      device,
      givenUp ? l10n.t('about {0}', formatRate(tokensPerSecond)) : formatRate(tokensPerSecond),
      [description, why, ...(givenUp ? [l10n.t('so much slower that only one step was measured')] : [])]
        .filter(Boolean)
        .join('; '),
    ]),
    text: [2],
    best: trials.findIndex(({ device }) => device === choice.device),
  };
}

function settingTable({ record: { settings } }: ReportedRun): Table {
  return {
    title: l10n.t('Settings'),
    head: [l10n.t('Setting'), l10n.t('Value')],
    rows: settingsInOrder.map((name) => [name, valueText(settings[name])]),
    text: [1],
  };
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.length > 0 ? shownNames(value.map(String)) : nothing;
  return value === undefined || value === '' ? nothing : String(value);
}
