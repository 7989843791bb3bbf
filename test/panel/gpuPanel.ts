import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { GpuBackend } from '../../src/panel/gpuBackend';
import type { GpuBackendOptions } from '../../src/panel/gpuBackend';
import { isFromTrainerPage } from '../../src/panel/gpuProtocol';
import type { FromTrainerPage } from '../../src/panel/gpuProtocol';
import type { FromPanel } from '../../src/panel/protocol';
import { faultChannel } from './faults';
import type { Fault } from './faults';
import { PanelPage } from './harness';
import { themes } from './themes';

/** In the page: the workers that it has started, so that one can be killed behind its back. */
declare global {
  interface Window {
    workers: Worker[];
    toHost: (message: string) => Promise<void>;
  }
}

/** Runs in the page: arrays of bytes go to the test as base64, the rest as JSON, as with VS Code. */
function passOn(): void {
  window.workers = [];
  window.Worker = class extends Worker {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      window.workers.push(this);
    }
  };
  const encode = (_name: string, value: unknown): unknown => {
    if (!(value instanceof Uint8Array)) return value;
    let text = '';
    for (const byte of value) text += String.fromCharCode(byte);
    return { base64: btoa(text) };
  };
  window.onPosted = (message) => void window.toHost(JSON.stringify(message, encode));
}

/**
 * The loss panel's page in Chromium as a backend for trainers, with what VS Code does between it and the
 * extension.
 */
export class GpuPanel {
  readonly backend: GpuBackend;
  private panel!: PanelPage;

  private constructor(options: GpuBackendOptions) {
    this.backend = new GpuBackend(options);
  }

  static async open(
    browser: Browser,
    folder: string,
    options: Partial<GpuBackendOptions> = {},
    prepare?: (page: Page) => Promise<void>,
  ): Promise<GpuPanel> {
    const script = async (): Promise<Uint8Array> => readFileSync(path.join(folder, 'gpuTrainer.js'));
    const gpu = new GpuPanel({ script, ...options });
    gpu.backend.panelOpened((message) => void gpu.post(message));
    gpu.panel = await PanelPage.open(browser, folder, themes.darkModern, {}, async (page) => {
      await page.exposeFunction('toHost', (message: string) => gpu.receive(message));
      await page.addInitScript(passOn);
      await prepare?.(page);
    });
    return gpu;
  }

  get page(): Page {
    return this.panel.page;
  }

  violations(): Promise<string[]> {
    return this.panel.violations();
  }

  async fault(fault: Fault): Promise<void> {
    await this.page.evaluate(([channel, what]) => new BroadcastChannel(channel).postMessage(what), [
      faultChannel,
      fault,
    ] as const);
  }

  /** Closes the panel, as a person does. */
  async close(): Promise<void> {
    await this.panel.close();
    this.backend.panelClosed();
  }

  private async post(message: unknown): Promise<void> {
    const text = JSON.stringify(message, (_name, value: unknown) =>
      value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value,
    );
    const dispatched = this.page.evaluate((json) => {
      const decode = (_name: string, value: { base64?: string } | null): unknown =>
        typeof value?.base64 === 'string'
          ? Uint8Array.from(atob(value.base64), (character) => character.charCodeAt(0))
          : value;
      window.dispatchEvent(new MessageEvent('message', { data: JSON.parse(json, decode) }));
    }, text);
    // A page that is gone hears nothing, as in VS Code.
    await dispatched.catch(() => undefined);
  }

  private receive(text: string): void {
    const decode = (_name: string, value: { base64?: string } | null): unknown =>
      typeof value?.base64 === 'string' ? new Uint8Array(Buffer.from(value.base64, 'base64')) : value;
    const message = JSON.parse(text, decode) as FromPanel | FromTrainerPage;
    if (isFromTrainerPage(message)) this.backend.receive(message);
    else if (message.type === 'ready') this.backend.pageReady();
  }
}

/** The faulty trainer's script. */
export async function faultyScript(): Promise<Uint8Array> {
  const options = {
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    write: false,
  } as const;
  const { outputFiles } = await build({
    entryPoints: [path.resolve('test/panel/faultyTrainer.ts')],
    ...options,
  });
  return outputFiles[0].contents;
}
