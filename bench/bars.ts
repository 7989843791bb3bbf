/** What must be reached, and whether it is. */
import { figure } from './table';
import type { Table } from './table';

type Unit = '×' | '%' | 's' | 'ms' | 'MB' | 'tokens/s' | '';

interface Bar {
  readonly what: string;
  readonly limit: number;
  readonly unit: Unit;
  /** Whether the figure must be at least the limit, or below it. */
  readonly side: 'least' | 'below';
  /** Of scores, which are told apart by their second decimal; without, three digits are shown. */
  readonly decimals?: number;
}

export const bars = {
  sentence: { what: 'step, B=1, against PyTorch at its better setting', limit: 6, unit: '×', side: 'least' },
  minibatch: {
    what: 'step, B=32, one thread, against PyTorch with one',
    limit: 1,
    unit: '×',
    side: 'least',
  },
  allCores: {
    what: 'step, B=32, both cores, against PyTorch at its better setting',
    limit: 1.6,
    unit: '×',
    side: 'least',
  },
  tfjsSentence: { what: 'step, B=1, against TensorFlow.js wasm', limit: 100, unit: '×', side: 'least' },
  tfjsMinibatch: { what: 'step, B=32, against TensorFlow.js wasm', limit: 25, unit: '×', side: 'least' },
  products: { what: 'products, of the multiply-add limit', limit: 90, unit: '%', side: 'least' },
  matrixVector: { what: 'matrix-vector, of the multiply-add limit', limit: 70, unit: '%', side: 'least' },
  threads: { what: 'step, B=32, two threads against one', limit: 1.7, unit: '×', side: 'least' },
  gpuStep: {
    what: 'step, H=512, B=64: WebGPU against simd on two threads',
    limit: 5,
    unit: '×',
    side: 'least',
  },
  hostDelay: {
    what: 'event-loop delay of the host while training, 99th percentile',
    limit: 20,
    unit: 'ms',
    side: 'below',
  },
  memory: {
    what: 'peak memory of the command line, training on EWT, defaults',
    limit: 350,
    unit: 'MB',
    side: 'below',
  },
  scaleTime: {
    what: '5 million tokens in 2,000 files: found, read and encoded',
    limit: 60,
    unit: 's',
    side: 'below',
  },
  scaleMemory: {
    what: 'the same: peak memory of the extension host',
    limit: 1024,
    unit: 'MB',
    side: 'below',
  },
  scaleGap: {
    what: 'the same: longest gap of the extension host’s event loop',
    limit: 50,
    unit: 'ms',
    side: 'below',
  },
  taggingDefaults: {
    what: 'tagging, text to labels, defaults',
    limit: 700_000,
    unit: 'tokens/s',
    side: 'least',
  },
  tagging: {
    what: 'tagging, text to labels, one-hot words, one direction, H=128',
    limit: 400_000,
    unit: 'tokens/s',
    side: 'least',
  },
  ewt: {
    what: 'accuracy, UD English-EWT, UPOS, mean over seeds',
    limit: 95.6,
    unit: '%',
    side: 'least',
    decimals: 2,
  },
  ewtTime: {
    what: 'accuracy, EWT: time that CRFsuite trains against ours to 94.75 %',
    limit: 1,
    unit: '×',
    side: 'least',
  },
  wnut17: { what: 'span F1, WNUT17, mean over seeds', limit: 32, unit: '%', side: 'least', decimals: 2 },
  unerChinese: {
    what: 'span F1, UNER Chinese-GSD, mean over seeds',
    limit: 67,
    unit: '%',
    side: 'least',
    decimals: 2,
  },
  cws: { what: 'word F1, CWS GSD, mean over seeds', limit: 94.3, unit: '%', side: 'least', decimals: 2 },
  calibration: {
    what: 'expected calibration error on EWT, mean over seeds',
    limit: 0.02,
    unit: '',
    side: 'below',
  },
  errorsEwt: {
    what: 'label errors, EWT: precision over as many reports as flips',
    limit: 0.75,
    unit: '',
    side: 'least',
  },
  errorsWnut17: { what: 'label errors, WNUT17: the same', limit: 0.5, unit: '', side: 'least' },
  errorsNerKor: { what: 'label errors, NerKor news: the same', limit: 0.6, unit: '', side: 'least' },
  queueUnerChinese: {
    what: 'queue, UNER Chinese-GSD: training words looked at for 99 % of the full score',
    limit: 45,
    unit: '%',
    side: 'below',
  },
  queueNerKor: { what: 'queue, NerKor news: the same', limit: 45, unit: '%', side: 'below' },
  errorsTime: { what: 'label errors, EWT: the whole search', limit: 60, unit: 's', side: 'below' },
  startLabel: {
    what: 'first run on the sample: from the command to the first label on screen',
    limit: 4,
    unit: 's',
    side: 'below',
  },
  editorOpening: {
    what: 'corpus file of 100,000 lines: from its text on screen to the first label',
    limit: 100,
    unit: 'ms',
    side: 'below',
  },
  editorEdit: {
    what: 'the same: from the key of an edit to the new label on screen',
    limit: 200,
    unit: 'ms',
    side: 'below',
  },
  editorTyping: {
    what: 'the same: from key to character, with labels against without',
    limit: 1.1,
    unit: '×',
    side: 'below',
    decimals: 2,
  },
  editorTypingTraining: {
    what: 'the same, while a run trains',
    limit: 1.1,
    unit: '×',
    side: 'below',
    decimals: 2,
  },
  panelReplay: {
    what: 'loss panel: a run of 1,000 epochs, from the message to its picture',
    limit: 200,
    unit: 'ms',
    side: 'below',
  },
  panelFrame: {
    what: 'the same: what a frame computes while the run goes on',
    limit: 4,
    unit: 'ms',
    side: 'below',
  },
  panelMessages: {
    what: 'the same: messages of a run’s progress a second',
    limit: 10.5,
    unit: '',
    side: 'below',
  },
} as const satisfies Record<string, Bar>;

export type BarName = keyof typeof bars;

/** A figure reached, or why there is none. */
export type Reached = number | { readonly missing: string };
export type Reaches = Partial<Record<BarName, Reached>>;

export interface Judged extends Bar {
  readonly name: BarName;
  readonly figure?: number;
  readonly missing?: string;
  /** Not set where nothing was measured. */
  readonly met?: boolean;
}

/** Holds the figures against the bars, in the order of the bars. */
export function judge(reached: Reaches): Judged[] {
  return (Object.keys(bars) as BarName[]).flatMap((name): Judged[] => {
    const value = reached[name];
    if (value === undefined) return [];
    const bar: Bar = bars[name];
    if (typeof value !== 'number') return [{ name, ...bar, missing: value.missing }];
    return [
      { name, ...bar, figure: value, met: bar.side === 'least' ? value >= bar.limit : value < bar.limit },
    ];
  });
}

export function barTable(judged: readonly Judged[]): Table {
  return {
    title: 'What must be reached',
    columns: ['what', 'bar', 'reached', 'met'],
    rows: judged.map(({ what, limit, unit, side, decimals, figure: value, missing, met }) => [
      what,
      `${side === 'least' ? '≥' : '<'} ${withUnit(limit, unit)}`,
      value === undefined ? `not measured: ${missing}` : withUnit(value, unit, decimals),
      met === undefined ? '' : met ? 'yes' : 'NO',
    ]),
  };
}

function withUnit(value: number, unit: Unit, decimals?: number): string {
  const text = decimals === undefined ? figure(value) : value.toFixed(decimals);
  return unit === '×' ? `${text}×` : `${text} ${unit}`.trimEnd();
}
