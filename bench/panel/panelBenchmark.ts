import { existsSync, readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { createNodeEngine } from '../../src/engine/node/nodeEngine';
import { createNonce, panelHtml } from '../../src/panel/html';
import type { ShownRun, ToPanel } from '../../src/panel/protocol';
import type { ShownRunEvent } from '../../src/run/runEvent';
import { initialState, reduce } from '../../src/run/runState';
import type { RunState } from '../../src/run/runState';
import { completeSettings } from '../../src/training/defaults';
import { inProject } from '../../tools/paths.mjs';
import { benchCorpus } from '../corpora';
import type { BenchmarkContext, BenchmarkResult } from '../result';
import { median, quantile } from '../statistics';
import { figure, reasonOf } from '../table';
import { follow, replay, standIn } from './pageFrames.mjs';

const origin = 'https://panel.bench';
const epochs = 1_000;
const stepsPerEpoch = 240;
/** As often as a trainer tells of its progress at most. */
const everyMs = 100;

/** A run of 1,000 epochs as the panel's page draws it, and how often a trainer speaks. */
export async function panelBenchmark({ quick, show, tell }: BenchmarkContext): Promise<BenchmarkResult> {
  tell('panel: messages of a run');
  const perSecond = await messagesPerSecond(quick ? 1 : 4);
  tell('panel: a run of 1,000 epochs');
  let drawn: { replays: number[]; frames: number[] } | undefined;
  let missing: string | undefined;
  try {
    drawn = await inChromium((page) => drawRun(page, quick ? 3 : 15, quick ? 10 : 100));
  } catch (error) {
    missing = reasonOf(error);
  }
  const { replays = [], frames = [] } = drawn ?? {};
  const rowOf = (what: string, values: readonly number[]): string[] => [
    what,
    ...(values.length > 0
      ? [median(values), quantile(values, 0.9), Math.max(...values)].map(figure)
      : ['', '', '']),
    String(values.length),
  ];
  show({
    title: `The loss panel with a run of ${epochs.toLocaleString('en')} epochs, ms`,
    columns: ['', 'median', '90th percentile', 'most', 'times'],
    rows: [
      rowOf('the whole run, from the message to its picture', replays),
      rowOf('a frame while the run goes on', frames),
    ],
    notes: [
      `A trainer sends ${figure(perSecond)} messages of its progress a second.`,
      'In Chromium, with the bundle that ships. Frames: what the page computes in each.',
      ...(missing === undefined ? [] : [`Not measured: ${missing}`]),
    ],
  });
  const reachedOf = (values: readonly number[]) =>
    values.length > 0 ? median(values) : { missing: missing ?? '' };
  return {
    figures: { replays, frames, messagesPerSecond: perSecond },
    reached: { panelReplay: reachedOf(replays), panelFrame: reachedOf(frames), panelMessages: perSecond },
  };
}

/** Of a run on the corpus, over so many seconds after its first message. */
async function messagesPerSecond(seconds: number): Promise<number> {
  const { train, dev } = benchCorpus(true);
  const files = [train, dev].map((path) => ({ file: path, path, content: readFileSync(path) }));
  const engine = createNodeEngine({ distFolder: inProject('dist'), threads: 1 });
  const run = engine.train(
    { corpus: 'bench', corpusName: 'bench', column: 'UPOS', replaceInvalidBytes: false, files },
    completeSettings({ epochs: 10_000, device: 'simd' }),
  );
  const times: number[] = [];
  await new Promise<void>((resolve, reject) => {
    run.onEvent((event) => {
      if (event.type === 'failed') reject(new Error(event.error.message));
      if (event.type !== 'progress') return;
      times.push(performance.now());
      if (times[times.length - 1] - times[0] > 1000 * seconds) resolve();
    });
  });
  run.dispose();
  return ((times.length - 1) * 1000) / (times[times.length - 1] - times[0]);
}

async function drawRun(
  page: Page,
  times: number,
  messages: number,
): Promise<{ replays: number[]; frames: number[] }> {
  const state = longRun();
  const replays: number[] = [];
  for (let i = 0; i < times; i++)
    replays.push(await page.evaluate(replay, plain({ type: 'hydrate', run: shown(`run-${i}`, state) })));
  const { step } = state;
  const following = Array.from({ length: messages }, (_, i): ToPanel => {
    const steps = Array.from({ length: 10 }, (__, s) => step + 10 * i + s + 1);
    return { type: 'event', event: progressTo(steps) };
  });
  const frames = (await page.evaluate(
    `(${follow.toString()})(${JSON.stringify(following)}, ${everyMs})`,
  )) as number[];
  return { replays, frames };
}

/** The state of a run that ends its thousandth epoch, as its events make it. */
function longRun(): RunState {
  let state = reduce(initialState({ epochs: epochs + 100, spans: false }), {
    type: 'preparing',
    preparation: { doing: 'reading' },
  });
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const first = (epoch - 1) * stepsPerEpoch;
    state = reduce(state, progressTo(Array.from({ length: stepsPerEpoch }, (_, s) => first + s + 1)));
    const loss = lossAt(first);
    const development = { tokens: 25_000, sentences: 2_000, loss: loss + 0.1, accuracy: 1 - loss / 4 };
    state = reduce(state, {
      type: 'epoch',
      epoch,
      step: epoch * stepsPerEpoch,
      loss,
      development,
      tokensPerSecond: 100_000,
      learningRate: 0.002 * (1 - epoch / (epochs + 100)),
      seconds: 2 * epoch,
      flow: { gradientNorm: { mean: 1, largest: 4 }, sweeps: [] },
    });
  }
  return { ...state, phase: 'running', stepsPerEpoch };
}

function progressTo(steps: readonly number[]): ShownRunEvent & { readonly type: 'progress' } {
  const step = steps[steps.length - 1];
  return {
    type: 'progress',
    epoch: Math.ceil(step / stepsPerEpoch),
    step,
    steps,
    losses: steps.map(lossAt),
    tokensPerSecond: 100_000,
    secondsLeft: 10,
    seconds: step / 120,
  };
}

/** Falls, and is as uneven as losses of minibatches are. */
function lossAt(step: number): number {
  return 0.2 + 2 / (1 + step / 500) + 0.1 * Math.sin(step * 12.9898);
}

function shown(id: string, state: RunState): ShownRun {
  return {
    id,
    title: 'bench · UPOS',
    network: '',
    steps: '',
    settings: { activation: 'relu', clip: 5 },
    state,
  };
}

/** As it arrives in a page. */
function plain(message: ToPanel): unknown {
  return JSON.parse(JSON.stringify(message)) as unknown;
}

async function inChromium<T>(measure: (page: Page) => Promise<T>): Promise<T> {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) throw new Error(`There is no Chromium at ${executablePath}.`);
  const browser: Browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 760, height: 1040 } });
    await page.addInitScript(standIn);
    await page.route(`${origin}/**`, (route) => {
      const name = new URL(route.request().url()).pathname.slice(1);
      if (name === '') return route.fulfill({ contentType: 'text/html', body: html() });
      return route.fulfill({
        contentType: name.endsWith('.js') ? 'text/javascript' : 'text/css',
        body: readFileSync(inProject('dist', name)),
      });
    });
    await page.goto(`${origin}/`);
    await page.waitForFunction('isReady');
    return await measure(page);
  } finally {
    await browser.close();
  }
}

function html(): string {
  return panelHtml({
    cspSource: origin,
    script: `${origin}/panel.js`,
    style: `${origin}/panel.css`,
    nonce: createNonce(),
    language: 'en',
    messages: undefined,
  });
}
