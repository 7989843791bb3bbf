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

export interface InVsCode {
  /** The folder that is opened. */
  readonly folder: string;
  /** The bundled program that runs inside the extension host. */
  readonly program: string;
  /** The user's settings, beyond those for quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The variable of the environment in which the program finds its request. */
  readonly variable: string;
  /** @param result the file that the program writes its figures to. */
  readonly request: (result: string) => unknown;
}

/**
 * Runs a program inside the extension host of a VS Code of its own, and gives the figures that it wrote. The
 * program may look at the window and press its keys (`tools/vscode/endpointClient.mjs`).
 */
export function runInVsCode<Figures>(options: InVsCode): Promise<Figures>;
