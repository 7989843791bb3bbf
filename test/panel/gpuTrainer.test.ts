import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import type { TrainingCorpus } from '../../src/corpus/dataset';
import { createReferenceDevice } from '../../src/kernels/reference/device';
import { launchChromium } from '../../tools/vscode/chromium.mjs';
import { epochLosses } from '../kernels/epochLosses';
import { corpusOf, smallLanguage } from '../unit/training/corpora';
import { resolved } from '../unit/training/resolved';
import { until } from '../until';
import { faultyScript, GpuPanel } from './gpuPanel';
import { bundleFolder } from './harness';
import { TrainerListener } from './trainerListener';

const corpus: TrainingCorpus = corpusOf({
  training: smallLanguage(60, 1),
  development: smallLanguage(10, 2),
});
const settings = resolved({ hidden: 12, batch: 4, epochs: 2, seed: 3 });
const names = { corpus: 'small', corpusName: 'small', column: 'LABEL' };

describe('The trainer in the loss panel’s page', function () {
  this.timeout(600_000);
  let browser: Browser;
  let folder: string;
  let panel: GpuPanel | undefined;

  before(async () => {
    folder = await bundleFolder();
    browser = await launchChromium();
  });
  after(() => browser?.close());
  afterEach(async () => {
    await panel?.close();
    panel = undefined;
  });

  async function open(
    ...options: Parameters<typeof GpuPanel.open> extends [unknown, unknown, ...infer Rest] ? Rest : never
  ): Promise<GpuPanel> {
    panel = await GpuPanel.open(browser, folder, ...options);
    return panel;
  }

  for (const device of ['webgpu', 'webgl2'] as const) {
    it(`trains on ${device} under VS Code’s policy: epochs agree with the reference, checkpoints come, nothing is violated`, async () => {
      const shown = await open();
      const trainer = new TrainerListener(await shown.backend.open());
      await trainer.give(corpus, 64);
      trainer.port.post({ type: 'train', device, threads: 1, names, settings });
      const { facts } = await trainer.event('started');
      assert.match(
        facts.deviceDescription,
        device === 'webgpu'
          ? /^WebGPU on SwiftShader \(software\) \(gpu\.js /
          : /^WebGL 2 on SwiftShader \(software\) \(gpu\.js /,
      );
      const ended = await trainer.event('ended');
      assert.equal(ended.reason, 'done');
      const losses = trainer.events.flatMap((event) => (event.type === 'epoch' ? [event.loss] : []));
      const expected = await epochLosses(createReferenceDevice(), corpus, settings);
      losses.forEach((loss, i) =>
        assert.ok(Math.abs(loss / expected[i] - 1) < 0.01, `epoch ${i + 1}: ${loss} against ${expected[i]}`),
      );
      assert.equal(losses.length, 2);
      const checkpoint = trainer.events.find((event) => event.type === 'checkpoint');
      assert.ok(checkpoint && checkpoint.bytes instanceof Uint8Array && checkpoint.bytes.length > 1000);
      assert.deepEqual(await shown.violations(), []);
    });

    it(`says that ${device} was lost in the middle of an epoch`, async () => {
      const shown = await open({ script: faultyScript });
      const trainer = await training(shown, device);
      await shown.fault(`lose ${device}`);
      const failed = await trainer.until('the fault', () =>
        trainer.events.find((event) => event.type === 'failed'),
      );
      assert.equal(failed.error.name, 'DeviceLostError', failed.error.message);
      // The worker is as good as new: the same device can be opened in it again.
      trainer.events.length = 0;
      trainer.port.post({ type: 'measure', device, threads: 1, settings, best: 0 });
      assert.ok((await trainer.event('measured')).tokensPerSecond > 0);
    });
  }

  /** A trainer in the middle of a long run. */
  async function training(shown: GpuPanel, device: 'webgpu' | 'webgl2' = 'webgl2'): Promise<TrainerListener> {
    const trainer = new TrainerListener(await shown.backend.open());
    await trainer.give(corpus);
    trainer.port.post({ type: 'train', device, threads: 1, names, settings: { ...settings, epochs: 1_000 } });
    await trainer.event('progress');
    return trainer;
  }

  async function dies(trainer: TrainerListener, why: RegExp): Promise<void> {
    const death = await trainer.until('the death', () => trainer.death);
    assert.equal(death.name, 'WorkerError');
    assert.match(death.message, why);
    const { length } = trainer.events;
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal(trainer.events.length, length, 'nothing comes from the dead');
  }

  it('ends with its worker, whether that throws, closes itself or is terminated', async () => {
    const shown = await open({ script: faultyScript });
    for (const fault of ['throw', 'close'] as const) {
      const trainer = await training(shown);
      await shown.fault(fault);
      await dies(trainer, fault === 'throw' ? /out of luck/ : /ended unexpectedly/);
    }
    const trainer = await training(shown);
    await shown.page.evaluate(() => window.workers.at(-1)?.terminate());
    await dies(trainer, /ended unexpectedly/);
    // And the page takes another.
    await training(shown);
  });

  it('ends when the panel is closed, and none can be opened till the panel is open again', async () => {
    const shown = await open();
    const trainer = await training(shown);
    await shown.close();
    panel = undefined;
    await dies(trainer, /panel was closed/);
    await assert.rejects(shown.backend.open(), { name: 'WorkerError', message: /panel is not open/ });
  });

  it('ends when its page is reloaded, and the new page can open another', async () => {
    const shown = await open();
    const trainer = await training(shown);
    await shown.page.reload();
    await dies(trainer, /made anew/);
    await training(shown);
  });

  it('ends when another is opened: a page has one GPU trainer', async () => {
    const shown = await open();
    const first = await training(shown);
    const second = new TrainerListener(await shown.backend.open());
    await dies(first, /Another trainer/);
    await second.give(corpus);
    assert.equal(await shown.page.evaluate(() => window.workers.length), 2);
    await until('the first worker to end', () => shown.page.workers().length === 1);
  });

  it('pauses, goes on and stops in the middle of an epoch', async () => {
    const shown = await open();
    const trainer = await training(shown, 'webgpu');
    trainer.port.post({ type: 'pause' });
    await trainer.event('paused');
    // In this time, training would report its progress several times.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    trainer.port.post({ type: 'resume' });
    await trainer.event('resumed');
    const types = trainer.events.map(({ type }) => type);
    const between = types.slice(types.indexOf('paused'), types.indexOf('resumed'));
    // The step that was under way is told, and no other.
    assert.ok(between.filter((type) => type === 'progress').length <= 1, types.join(' '));
    await trainer.until('further steps', () =>
      trainer.events.slice(types.length).find((event) => event.type === 'progress'),
    );
    trainer.port.post({ type: 'stop' });
    assert.equal((await trainer.event('ended')).reason, 'stopped');
  });

  /** The script that ships, in a page that lacks one or both of its GPUs. */
  function without(...missing: readonly ('webgpu' | 'webgl2')[]): () => Promise<Uint8Array> {
    const prelude = {
      webgpu: 'navigator.gpu.requestAdapter = async () => null;',
      webgl2: 'OffscreenCanvas.prototype.getContext = () => null;',
    };
    return async () =>
      Buffer.concat([
        Buffer.from(missing.map((name) => prelude[name]).join('')),
        readFileSync(path.join(folder, 'gpuTrainer.js')),
      ]);
  }

  it('is refused, before any data is sent, where the page has neither adapter nor context', async () => {
    const shown = await open({ script: without('webgpu', 'webgl2') });
    await assert.rejects(shown.backend.open(), {
      name: 'InputError',
      message: /No GPU.*WebGPU: There is no adapter.*WebGL 2: There is no WebGL 2 context/,
    });
  });

  for (const [missing, other] of [
    ['webgpu', 'webgl2'],
    ['webgl2', 'webgpu'],
  ] as const) {
    it(`says why ${missing} is not available, and still offers ${other}`, async () => {
      const shown = await open({ script: without(missing) });
      const trainer = new TrainerListener(await shown.backend.open());
      await trainer.give(corpus);
      trainer.port.post({ type: 'measure', device: missing, threads: 1, settings, best: 0 });
      const { error } = await trainer.until('the refusal', () =>
        trainer.events.find((event) => event.type === 'unavailable'),
      );
      assert.match(error.message, new RegExp(`^The device ${missing} is not available here: There is no`));
      trainer.events.length = 0;
      trainer.port.post({ type: 'measure', device: other, threads: 1, settings, best: 0 });
      assert.ok((await trainer.event('measured')).tokensPerSecond > 0);
    });
  }

  it('says which of its GPUs are software renderers before it is given any data', async () => {
    const shown = await open();
    const trainer = new TrainerListener(await shown.backend.open());
    for (const [device, description] of [
      ['webgpu', /^WebGPU on .*\(software\)/],
      ['webgl2', /^WebGL 2 on .*\(software\)/],
    ] as const) {
      trainer.events.length = 0;
      trainer.port.post({ type: 'find', device });
      const found = await trainer.event('found');
      assert.match(found.description ?? '', description);
      assert.equal(found.software, true);
    }
    trainer.port.post({ type: 'find', device: 'simd' });
    const { error } = await trainer.until('the refusal', () =>
      trainer.events.find((event) => event.type === 'unavailable'),
    );
    assert.match(error.message, /not one of a page's/);
  });

  it('says why a script that cannot be run was not started', async () => {
    const shown = await open({ script: async () => new TextEncoder().encode('this is no script') });
    await assert.rejects(shown.backend.open(), {
      name: 'WorkerError',
      message: /ended unexpectedly: .*SyntaxError/,
    });
    const silent = await GpuPanel.open(browser, folder, {
      script: async () => new TextEncoder().encode('// says nothing'),
      startWithinMs: 300,
    });
    await assert.rejects(silent.backend.open(), {
      name: 'WorkerError',
      message: /did not start within 0\.3 s/,
    });
    await silent.close();
  });
});
