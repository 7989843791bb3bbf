/**
 * What a test in the extension host uses to look at the VS Code window that it runs in, and to drive mouse
 * and keyboard. VS Code has no call that reads decorations back, so tests assert on the rendered window.
 * Served by endpoint.mjs.
 */
import { askWorkbench as ask } from '../../tools/vscode/endpointClient.mjs';

/** Where to look. A selector is playwright's: CSS, and `text=`, `:has-text("…")`, `>>`. */
export interface Target {
  selector: string;
  /**
   * Look inside the first frame (a webview's page) in which this selector matches, not in the window itself.
   */
  frame?: string;
  /** Which of the matches, from 0. */
  nth?: number;
  /** Default 120,000. */
  timeoutMs?: number;
}
export type Place = Target | { x: number; y: number };
export interface FrameOptions {
  frame?: string;
  timeoutMs?: number;
}
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
/** What passes between a test and the page: JSON. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export const workbench = {
  /** Calls a function in the page. It sees the page's globals and `args`, and nothing of the test's. */
  evaluate: <A extends Json[], R>(
    call: (...args: A) => R,
    args: A,
    options: FrameOptions = {},
  ): Promise<Awaited<R>> =>
    ask('evaluate', { source: call.toString(), args, ...options }) as Promise<Awaited<R>>,

  /**
   * Calls a function in the page till it gives something truthy. @returns that. @throws after `timeoutMs`
   * (default 120,000).
   */
  waitUntil: <A extends Json[], R>(
    call: (...args: A) => R,
    args: A,
    options: FrameOptions = {},
  ): Promise<Awaited<R>> =>
    ask('waitUntil', { source: call.toString(), args, ...options }) as Promise<Awaited<R>>,

  /** Waits till an element is visible, or in another state. */
  waitFor: async (
    target: Target & { state?: 'attached' | 'detached' | 'visible' | 'hidden' },
  ): Promise<void> => {
    await ask('waitFor', target);
  },
  /** The text of every element that matches, without waiting. */
  texts: (target: Target): Promise<string[]> => ask('texts', target) as Promise<string[]>,
  /** Where an element is, in pixels of the page. */
  box: (target: Target): Promise<Box> => ask('box', target) as Promise<Box>,

  click: async (
    place: Place & {
      button?: 'left' | 'right' | 'middle';
      clickCount?: number;
      modifiers?: ('Alt' | 'Control' | 'ControlOrMeta' | 'Shift')[];
    },
  ): Promise<void> => {
    await ask('click', place);
  },
  /**
   * Moves the mouse over an element, to its middle or to `position` from its top left, or to a point of the
   * window.
   */
  hover: async (place: Place & { position?: { x: number; y: number } }): Promise<void> => {
    await ask('hover', place);
  },
  /** Turns the mouse wheel where the mouse is, in pixels. */
  scroll: async (by: { deltaX?: number; deltaY?: number }): Promise<void> => {
    await ask('scroll', by);
  },
  /** Presses a key, such as `F1`, `Enter`, `ControlOrMeta+P`. */
  press: async (key: string): Promise<void> => {
    await ask('press', { key });
  },
  type: async (text: string): Promise<void> => {
    await ask('type', { text });
  },
  /** Takes a picture of the window, or of one element, as out/screenshots/NAME.png. @returns its path. */
  screenshot: (name: string, target?: Target): Promise<string> =>
    ask('screenshot', { ...target, name }) as Promise<string>,
  /**
   * Reloads the window. This ends the extension host and with it the test run: for what lies behind a reload
   * see extensionTests.mjs.
   */
  reload: async (): Promise<void> => {
    await ask('reload', {});
  },
};
