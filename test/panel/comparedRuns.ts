import type { TrainingSettings } from '../../src/model/settings/settings';
import type { ListedRun } from '../../src/panel/runsProtocol';
import { runCurves, runFigures } from '../../src/run/runCurves';
import type { RunCurves } from '../../src/run/runCurves';
import { completeSettings } from '../../src/training/defaults';
import { historyTo, runIn } from './runs';

export interface OtherRun {
  readonly listed: ListedRun;
  readonly curves: RunCurves;
}

/** A run whose losses and rates are some share above those of the run that is shown, and whose scores are below. */
export function otherRun(
  id: string,
  share: number,
  settings: Partial<TrainingSettings> = {},
  lastStep = 2980,
): OtherRun {
  const history = historyTo(lastStep);
  const state = {
    ...runIn('done', { step: lastStep, seconds: lastStep / 24 }).state,
    history: {
      ...history,
      losses: history.losses.map((loss) => loss * (1 + share)),
      epochs: history.epochs.map((record) => ({
        ...record,
        learningRate: (record.learningRate ?? 0) * (1 + share),
        tokensPerSecond: record.tokensPerSecond * (1 + share),
        flow: record.flow && {
          ...record.flow,
          gradientNorm: {
            mean: record.flow.gradientNorm.mean * (1 + share),
            largest: record.flow.gradientNorm.largest * (1 + share),
          },
        },
        development: record.development && {
          ...record.development,
          loss: record.development.loss * (1 + share),
          accuracy: (record.development.accuracy ?? 0) * (1 - share / 4),
        },
      })),
    },
  };
  return {
    listed: {
      id,
      title: `Run ${id}`,
      corpus: 'ewt',
      column: 'UPOS',
      settings: completeSettings({ seed: 1, ...settings }),
      state: 'done',
      seconds: state.seconds,
      device: 'simd, 2 threads',
      created: '2026-01-01T00:00:00.000Z',
      ...runFigures(state, 25),
    },
    curves: runCurves(id, state, 25),
  };
}
