import type { FromTrainerPage } from '../gpuProtocol';
import type { FromPanel } from '../protocol';

/**
 * What the page remembers of its view, through being hidden and reloaded. The run itself comes from the host.
 */
export interface ViewState {
  /** 0 to 100. */
  readonly smoothing: number;
}

interface VsCodeApi {
  postMessage(message: FromPanel | FromTrainerPage, transfer?: readonly ArrayBuffer[]): void;
  getState(): Partial<ViewState> | undefined;
  setState(state: ViewState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();

/** Buffers that are handed over are gone afterwards. */
export function send(message: FromPanel | FromTrainerPage, transfer?: readonly ArrayBuffer[]): void {
  api.postMessage(message, transfer);
}

const defaultSmoothing = 25;

export function readViewState(): ViewState {
  const smoothing = api.getState()?.smoothing;
  return {
    smoothing:
      typeof smoothing === 'number' && smoothing >= 0 && smoothing <= 100 ? smoothing : defaultSmoothing,
  };
}

export function writeViewState(state: ViewState): void {
  api.setState(state);
}
