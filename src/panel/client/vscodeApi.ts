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
  readonly flow?: { readonly run: string; readonly epoch: number };
  readonly runs: KeptRuns;
  /** The sections that are open. */
  readonly open: readonly string[];
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
  const flow = fieldsOf(kept.flow);
  const isFlow = typeof flow.run === 'string' && typeof flow.epoch === 'number';
  return {
    ...choicesOf(kept),
    ...(isZoom && { zoom: { run, from, to } }),
    ...(isFlow && { flow: { run: flow.run as string, epoch: flow.epoch as number } }),
    runs: keptRunsOf(kept.runs),
    open: Array.isArray(kept.open) ? kept.open.filter((id) => typeof id === 'string') : [],
  };
}

export function writeViewState(state: ViewState): void {
  api.setState(state);
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
