import type { Delays } from './eventLoop';

/** What the extension host is told: the file to open, how long to watch, where to write the result. */
export interface VsCodeRequest {
  readonly file: string;
  readonly seconds: number;
  readonly result: string;
}

export interface VsCodeDelays {
  readonly idle: Delays;
  readonly training: Delays;
  readonly steps: number;
  readonly device: string;
}

/** Why there is no VS Code to measure in; undefined where there is one. Nothing is installed for it. */
export function vsCodeMissing(): Promise<string | undefined>;

/**
 * Opens a copy of the corpus in a VS Code of its own, trains with default device and threads, H=128, and
 * watches the event loop of the extension host. The first file is shown with its labels.
 * @throws when VS Code does not start, or the run does not.
 */
export function measureInVsCode(files: readonly string[], seconds: number): Promise<VsCodeDelays>;
