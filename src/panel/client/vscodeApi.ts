import type { FromTrainerPage } from '../gpuProtocol';
import type { FromPanel } from '../protocol';
import { choicesOf } from './chartView';
import type { ChartChoices, StepRange } from './chartView';
import { keptRunsOf } from './runs/chosenRuns';
import type { KeptRuns } from './runs/chosenRuns';

/**
 * What the page remembers of its view, through being hidden, moved and reloaded. The run itself comes from the
 * host.
 */
export interface ViewState extends ChartChoices {
  /** What is zoomed into, of one run. */
  readonly zoom?: StepRange & { readonly run: string };
  /** The epoch of a run whose gradient flow is looked at; none: the last. */
  readonly flow?: EpochOfRun;
  /** The epoch whose F1 by label is looked at; none: the last. */
  readonly labels?: EpochOfRun;
  readonly runs: KeptRuns;
  /** The sections that are open. */
  readonly open: readonly string[];
}

interface EpochOfRun {
  readonly run: string;
  readonly epoch: number;
}

interface VsCodeApi {
  postMessage(message: FromPanel | FromTrainerPage, transfer?: readonly ArrayBuffer[]): void;
  getState(): unknown;
  setState(state: ViewState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();

/** Buffers that are handed over are gone afterwards. */
export function send(message: FromPanel | FromTrainerPage, transfer?: readonly ArrayBuffer[]): void {
  api.postMessage(message, transfer);
}

/** What was kept, by whatever version: what of it is sound. */
export function readViewState(): ViewState {
  const kept = fieldsOf(api.getState());
  const { run, from, to } = fieldsOf(kept.zoom);
  const isZoom =
    typeof run === 'string' && typeof from === 'number' && typeof to === 'number' && from >= 0 && to > from;
  return {
    ...choicesOf(kept),
    ...(isZoom && { zoom: { run, from, to } }),
    flow: epochOfRun(kept.flow),
    labels: epochOfRun(kept.labels),
    runs: keptRunsOf(kept.runs),
    open: Array.isArray(kept.open) ? kept.open.filter((id) => typeof id === 'string') : [],
  };
}

export function writeViewState(state: ViewState): void {
  api.setState(state);
}

function epochOfRun(kept: unknown): EpochOfRun | undefined {
  const { run, epoch } = fieldsOf(kept);
  return typeof run === 'string' && typeof epoch === 'number' ? { run, epoch } : undefined;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
