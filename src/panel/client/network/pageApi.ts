import { placeFrom } from '../../network/protocol';
import type { FromNetworkPage, NetworkTab, SentencePlace } from '../../network/protocol';

/** What the page remembers of its view, through being hidden, moved and reloaded. */
export interface NetworkViewState {
  readonly place?: SentencePlace;
  readonly tab: NetworkTab;
  /** The index of the layer and direction that is looked at, among all; below 0 where none was chosen. */
  readonly sweep: number;
  /** The weights are looked at. */
  readonly weights: boolean;
}

interface VsCodeApi {
  postMessage(message: FromNetworkPage): void;
  getState(): unknown;
  setState(state: NetworkViewState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();

export function send(message: FromNetworkPage): void {
  api.postMessage(message);
}

/** What was kept, by whatever version: what of it is sound. */
export function readViewState(): NetworkViewState {
  const state = api.getState();
  const kept = typeof state === 'object' && state !== null ? (state as Record<string, unknown>) : {};
  const place = placeFrom(kept.place);
  return {
    ...(place && { place }),
    tab: kept.tab === 'flow' ? 'flow' : 'network',
    sweep: Number.isSafeInteger(kept.sweep) ? (kept.sweep as number) : -1,
    weights: kept.weights === true,
  };
}

export function writeViewState(state: NetworkViewState): void {
  api.setState(state);
}
