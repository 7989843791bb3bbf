/**
 * How the extension reaches a trainer in the loss panel's page. VS Code hands array buffers over as such, and
 * the rest as JSON. Each trainer has a number; what is said to or of an earlier one is not listened to any
 * more.
 */
import type { SerializedError } from '../common/serializedError';
import type { TrainerEvent, TrainerRequest } from '../engine/trainerProtocol';

export type ToTrainerPage =
  /**
   * Start a Web Worker from its script, a file as bytes. A worker that is there is ended first: a page has
   * one GPU trainer.
   */
  | { readonly type: 'trainer.start'; readonly trainer: number; readonly script: Uint8Array<ArrayBuffer> }
  | { readonly type: 'trainer.request'; readonly trainer: number; readonly request: TrainerRequest }
  | { readonly type: 'trainer.end'; readonly trainer: number }
  /** Is the page there? It answers at once, whatever its worker does. */
  | { readonly type: 'trainer.ping'; readonly trainer: number };

export type FromTrainerPage =
  /** The worker works. */
  | { readonly type: 'trainer.started'; readonly trainer: number }
  | { readonly type: 'trainer.event'; readonly trainer: number; readonly event: TrainerEvent }
  /** The worker could not be started (an `InputError` where there is no GPU), or died. */
  | { readonly type: 'trainer.ended'; readonly trainer: number; readonly error: SerializedError }
  | { readonly type: 'trainer.pong'; readonly trainer: number };

/** Whether a message of the page's is of a trainer; the rest is the panel's own. */
export function isFromTrainerPage(message: { readonly type: string }): message is FromTrainerPage {
  return message.type.startsWith('trainer.');
}

/** Whether a message is for the page's trainer. */
export function isToTrainerPage(message: { readonly type: string }): message is ToTrainerPage {
  return message.type.startsWith('trainer.');
}
