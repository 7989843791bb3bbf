import type { Page } from 'playwright-core';
import type { Theme } from './profile.mjs';

export interface WorkbenchOptions {
  /** The folder to open; without one, an empty window. */
  folder?: string;
  /** A packaged extension to install first. */
  vsix?: string;
  /**
   * Where the user's profile is kept, for opening the same one again; default: a new one, removed at the end
   * of the process.
   */
  userDataDir?: string;
  /** Default `dark`. */
  theme?: Theme;
  /** Content of settings.json beyond the quiet defaults (no welcome page, no telemetry…). */
  settings?: Record<string, unknown>;
  /**
   * `true`: the folder opens in Restricted Mode, without a dialog; default `false`: everything is trusted.
   */
  workspaceTrust?: boolean;
  /** The language of the extensions, such as `zh-cn`, in `server`; VS Code itself stays English. */
  language?: string;
  /** In pixels; default 1440 × 900. */
  size?: { width: number; height: number };
  /** Where screenshots go; default out/screenshots. */
  screenshots?: string;
  /** Default: the environment's RNN_TAGGER_VSCODE, else `server`. */
  host?: 'desktop' | 'server';
}

export interface Workbench {
  /** Playwright's page of the window: locators, mouse, keyboard. */
  page: Page;
  url: string;
  /** Fails when VS Code ends by itself; never fulfilled. */
  ended: Promise<never>;
  /** Takes a picture of the window. @returns the file's path. */
  screenshot(name: string): Promise<string>;
  /** Reloads the window, and waits for it. */
  reload(): Promise<void>;
  /** Closes the window; VS Code's server goes on, where there is one, and `url` can be opened again. */
  closeWindow(): Promise<void>;
  /** Ends VS Code and the browser. */
  close(): Promise<void>;
}

/** Opens a real VS Code on a folder, and waits for its window. */
export function openWorkbench(options: WorkbenchOptions): Promise<Workbench>;
