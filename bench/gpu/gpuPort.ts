/** A device in a Chromium of its own, as the benchmark sees it. */
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser, Page, Worker } from 'playwright-core';
import { messageOf } from '../../src/common/errors';
import { inProject } from '../../tools/paths.mjs';
import { findChromium } from '../../tools/vscode/chromium.mjs';
import type { GpuAnswer, GpuAnswerTo, GpuDeviceName, GpuRequest } from './gpuAnswers';
import { bestAttempt, launchesFor } from './launches';
import type { Attempt, Launch } from './launches';
import { withinSeconds } from './withinSeconds';

/** A secure context, which WebGPU asks for; nothing leaves the machine. */
const origin = 'https://gpu.bench';
/** Isolated from other pages, so that its clock counts microseconds. */
const headers = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};
/** To start, and to name the GPU. */
const startSeconds = 60;

export class GpuPort {
  private constructor(
    private readonly browser: Browser,
    private readonly worker: Worker,
  ) {}

  /** @throws {Error} where there is no Chromium, or it does not start. */
  static async open(launch: Launch): Promise<GpuPort> {
    const executablePath = findChromium();
    if (executablePath === undefined)
      throw new Error('there is no Chromium (apt-get install chromium, or set CHROMIUM to its executable)');
    const browser = await chromium
      .launch({ executablePath, args: [...launch.args], timeout: 1000 * startSeconds })
      .catch((error: unknown) => {
        // What follows is all of its output.
        throw new Error(`Chromium does not start: ${messageOf(error).split('\n')[0]}`, { cause: error });
      });
    try {
      return new GpuPort(browser, await withinSeconds(startSeconds, openWorker(await browser.newPage())));
    } catch (error) {
      await browser.close();
      throw error;
    }
  }

  get version(): string {
    return this.browser.version();
  }

  /** @throws {Error} where the device failed, or its worker or Chromium ended. */
  async ask<Type extends GpuRequest['type']>(
    request: GpuRequest & { type: Type },
  ): Promise<GpuAnswerTo<Type>> {
    const answer = await this.worker.evaluate<GpuAnswer>(`answer(${JSON.stringify(request)})`);
    if (answer.type === 'failed') throw new Error(answer.message);
    return answer as GpuAnswerTo<Type>;
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}

async function openWorker(page: Page): Promise<Worker> {
  await page.route(`${origin}/**`, (route) =>
    new URL(route.request().url()).pathname === '/'
      ? route.fulfill({ contentType: 'text/html', headers, body: '<!doctype html><title>GPU</title>' })
      : route.fulfill({
          contentType: 'text/javascript',
          headers,
          body: readFileSync(inProject('out', 'bench', 'gpu', 'inWorker.js')),
        }),
  );
  await page.goto(`${origin}/`);
  const started = page.waitForEvent('worker', { timeout: 0 });
  await page.evaluate('void (globalThis.worker = new Worker("/worker.js"))');
  return started;
}

/** Looks for a device in each way to start Chromium, until one is on a GPU. */
export async function findGpu(
  device: GpuDeviceName,
): Promise<{ readonly attempt: Attempt; readonly chromium?: string }> {
  const attempts: Attempt[] = [];
  let version: string | undefined;
  for (const launch of launchesFor(device, process.platform)) {
    try {
      const port = await GpuPort.open(launch);
      ({ version } = port);
      try {
        const found = await withinSeconds(startSeconds, port.ask({ type: 'find', device }));
        const { description, software, told } = found;
        attempts.push({ description, software, told, launch });
        if (!software) break;
      } finally {
        await port.close();
      }
    } catch (error) {
      attempts.push({ missing: messageOf(error) });
    }
  }
  return { attempt: bestAttempt(attempts), chromium: version };
}
