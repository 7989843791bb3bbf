import { newRecord, recordWith } from '../../../src/record/runRecord';
import type { NewRun } from '../../../src/record/runRecord';
import type { ReportedRun } from '../../../src/report/reportedRun';
import { initialState } from '../../../src/run/runState';
import type { RunState } from '../../../src/run/runState';
import { defaultSettings } from '../../../src/training/defaults';
import { historyTo, stepsPerEpoch } from '../../panel/runs';

/** Text that would do something where it is not taken as text. */
export const hostile = '<img src=x onerror=alert(1)>|</script>"\'&';

/** A run that is done, of twelve epochs. */
export function doneRun(changes: Partial<RunState> = {}, names: Partial<NewRun> = {}): ReportedRun {
  const state: RunState = {
    ...initialState({ epochs: 20, spans: false }),
    phase: 'done',
    epoch: 12,
    step: 12 * stepsPerEpoch,
    stepsPerEpoch,
    seconds: 126.4,
    tokensPerSecond: 12_437.2,
    device: 'simd, 2 threads',
    notices: [{ type: 'heldOut' }],
    choice: {
      device: 'simd',
      trials: [
        { device: 'cpu', tokensPerSecond: 9012, description: 'plain JavaScript', givenUp: true },
        { device: 'simd', tokensPerSecond: 210_400, description: 'WebAssembly SIMD, 2 threads' },
        { device: 'webgpu', why: 'there is no adapter' },
      ],
    },
    history: historyTo(12 * stepsPerEpoch),
    ...changes,
  };
  const run: NewRun = {
    corpus: 'ewt',
    corpusName: 'UD_English-EWT',
    column: 'UPOS',
    settings: defaultSettings,
    spans: state.spans,
    ...names,
  };
  return { record: recordWith(newRecord('run-1', run, new Date('2026-11-30T08:00:00Z')), state), state };
}

/** One whose names and messages are hostile. */
export function hostileRun(): ReportedRun {
  const trial = { device: 'simd', tokensPerSecond: 1, description: hostile } as const;
  return doneRun(
    {
      device: hostile,
      message: hostile,
      notices: [{ type: 'text', text: hostile }],
      choice: { device: 'simd', trials: [trial] },
    },
    { corpusName: hostile, column: hostile, settings: { ...defaultSettings, columns: [hostile] } },
  );
}
