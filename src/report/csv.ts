import { runTitle } from '../record/runTitle';
import type { EpochRecord } from '../run/epochRecord';
import type { ReportedRun } from './reportedRun';

type Cell = string | number | undefined;

/** Figures of an epoch, in the row of the step at which it ended. */
const ofEpochs: readonly (readonly [name: string, figure: (record: EpochRecord) => Cell])[] = [
  ['epoch_training_loss', ({ loss }) => loss],
  ['development_loss', ({ development }) => development?.loss],
  ['accuracy', ({ development }) => development?.accuracy],
  ['span_precision', ({ development }) => development?.spans?.precision],
  ['span_recall', ({ development }) => development?.spans?.recall],
  ['span_f1', ({ development }) => development?.spans?.f1],
  ['learning_rate', ({ learningRate }) => learningRate],
  ['gradient_norm_mean', ({ flow }) => flow?.gradientNorm.mean],
  ['gradient_norm_largest', ({ flow }) => flow?.gradientNorm.largest],
  ['tokens_per_second', ({ tokensPerSecond }) => tokensPerSecond],
  ['seconds', ({ seconds }) => seconds],
];

/** Of a label after an epoch. */
const ofLabels = ['label', 'label_f1'] as const;

/**
 * A run's history as CSV (RFC 4180): a row for each step that the curves have a point at, and for the end of
 * each epoch; behind an epoch's, one for each label whose F1 is kept, and nothing else in it. The names of the columns are the same in every language.
 */
export function historyCsv({ record, state }: ReportedRun): string {
  const { history, stepsPerEpoch } = state;
  const { steps, losses, epochs } = history;
  const title = runTitle(record);
  const rows: Cell[][] = [
    ['run', 'step', 'epoch', 'training_loss', ...ofEpochs.map(([name]) => name), ...ofLabels],
  ];
  let i = 0;
  let j = 0;
  while (i < steps.length || j < epochs.length) {
    const step = Math.min(steps[i] ?? Infinity, epochs[j]?.step ?? Infinity);
    const loss = steps[i] === step ? losses[i++] : undefined;
    const ended = epochs[j]?.step === step ? epochs[j++] : undefined;
    const within = stepsPerEpoch > 0 ? Math.ceil(step / stepsPerEpoch) : undefined;
    const figures = ofEpochs.map(([, figure]) => ended && figure(ended));
    rows.push([title, step, ended?.epoch ?? within, loss, ...figures, undefined, undefined]);
    for (const [label, f1] of ended?.labels ?? [])
      rows.push([title, step, ended?.epoch, undefined, ...ofEpochs.map(() => undefined), label, f1]);
  }
  return rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

/**
 * A cell. Text that a spreadsheet would take for a formula begins with an apostrophe, as OWASP wants it
 * (CSV Injection); a number stays one, also a negative one, and one that is not finite is an empty cell.
 */
export function cellText(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const isNumber = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(cell);
  const safe = /^[=+\-@\t\r]/.test(cell) && !isNumber ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
