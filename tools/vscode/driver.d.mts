import type { Frame, Page } from 'playwright-core';
import type { RenderedLine } from './renderedLabels.mjs';

/** What is looked for in the window. */
export const selectors: {
  quickInput: string;
  quickInputText: string;
  quickPickRow: string;
  quickPickName: string;
  tab: string;
  notification: string;
  hover: string;
  statusBarItem: string;
  panel: string;
  panelState: (state: string) => string;
  panelFigures: string;
};
/** F1, the command's title with its category ("RNN Tagger: Train on Workspace"), Enter. */
export function runCommand(page: Page, title: string): Promise<void>;
/** Clicks the row of the open quick pick whose text contains `text`. */
export function pick(page: Page, text: string): Promise<void>;
/** Opens a file of the workspace by its name. */
export function openFile(page: Page, name: string): Promise<void>;
/** The frame of a webview's page, at any depth, in which the selector matches. */
export function webviewFrame(page: Page, selector: string, timeoutMs?: number): Promise<Frame>;
/** The page of the loss panel. */
export function lossPanel(page: Page, timeoutMs?: number): Promise<Frame>;
/** Every visible line with the labels drawn in it. */
export function readLabels(page: Page): Promise<RenderedLine[]>;
/**
 * Waits till labels are drawn, in the file of that name where one is given. @returns the lines that have
 * some.
 */
export function waitForLabels(
  page: Page,
  options?: { file?: string; timeoutMs?: number },
): Promise<RenderedLine[]>;
