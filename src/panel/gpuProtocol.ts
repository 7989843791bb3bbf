/**
 * What the extension and the loss panel's page say to each other about the page's trainer. VS Code sends
 * array buffers as such, and the rest as JSON. Each trainer has a number; messages of an earlier trainer are
 * ignored.
 */
import type { SerializedError } from '../common/serializedError';
import type { TrainerEvent, TrainerRequest } from '../engine/trainerProtocol';

export type ToTrainerPage =
  /**
   * Start a Web Worker from its script, a file as bytes. The worker of an earlier trainer is ended first: a
   * page has one GPU trainer.
   */
  | { readonly type: 'trainer.start'; readonly trainer: number; readonly script: Uint8Array<ArrayBuffer> }
  | { readonly type: 'trainer.request'; readonly trainer: number; readonly request: TrainerRequest }
  | { readonly type: 'trainer.end'; readonly trainer: number }
  /** Is the page there? It answers at once, whatever its worker is doing. */
  | { readonly type: 'trainer.ping'; readonly trainer: number };

export type FromTrainerPage =
  /** The worker works. */
  | { readonly type: 'trainer.started'; readonly trainer: number }
  | { readonly type: 'trainer.event'; readonly trainer: number; readonly event: TrainerEvent }
  /** The worker could not be started (an `InputError` where there is no GPU), or died. */
  | { readonly type: 'trainer.ended'; readonly trainer: number; readonly error: SerializedError }
  | { readonly type: 'trainer.pong'; readonly trainer: number };

/** Whether a message from the page is its trainer's, and not the panel's own. */
export function isFromTrainerPage(message: { readonly type: string }): message is FromTrainerPage {
  return message.type.startsWith('trainer.');
}

/** Whether a message to the page is for its trainer, and not for the panel. */
export function isToTrainerPage(message: { readonly type: string }): message is ToTrainerPage {
  return message.type.startsWith('trainer.');
}
