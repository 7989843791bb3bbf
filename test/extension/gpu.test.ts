import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { WorkerPort } from '../../src/engine/port';
import type { TrainerEvent, TrainerRequest } from '../../src/engine/trainerProtocol';
import { createReferenceDevice } from '../../src/kernels/reference/device';
import { LossPanel } from '../../src/panel/lossPanel';
import type { DeviceTrial } from '../../src/run/deviceTrial';
import { initialState } from '../../src/run/runState';
import { epochLosses } from '../kernels/epochLosses';
import { TrainerListener } from '../panel/trainerListener';
import { corpusOf, smallLanguage } from '../unit/training/corpora';
import { resolved } from '../unit/training/resolved';
import { until } from '../until';
import { activated, clearMessages, corpora, files, show, train } from './sample';
import { workbench } from './workbenchClient';

const corpus = corpusOf({ training: smallLanguage(60, 1), development: smallLanguage(10, 2) });
const settings = resolved({ hidden: 12, batch: 4, epochs: 2, seed: 3 });
const names = { corpus: 'small', corpusName: 'small', column: 'LABEL' };

/** Closes all loss panels, as a click on their tabs does. */
async function closePanel(): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  await vscode.window.tabGroups.close(
    tabs.filter(
      ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(LossPanel.viewType),
    ),
  );
}

/** The panel of the extension, in a VS Code that has software GPUs. */
describe('a trainer in the loss panel, in VS Code', () => {
  let panel: LossPanel;
  let log: vscode.LogOutputChannel;

  before(async () => {
    await activated();
    log = vscode.window.createOutputChannel('GPU test', { log: true });
    const { extensionUri } = vscode.extensions.getExtension('rnn-tagger.rnn-tagger')!;
    panel = new LossPanel(extensionUri, log);
  });
  beforeEach(async () => {
    await show(files.upos);
    panel.show(vscode.ViewColumn.Two);
  });
  afterEach(closePanel);
  after(() => {
    panel.dispose();
    log.dispose();
  });

  async function training(device: 'webgpu' | 'webgl2'): Promise<TrainerListener> {
    const trainer = new TrainerListener(await panel.gpu.open());
    await trainer.give(corpus);
    trainer.port.post({ type: 'train', device, threads: 1, names, settings: { ...settings, epochs: 1_000 } });
    await trainer.event('progress');
    return trainer;
  }

  for (const device of ['webgpu', 'webgl2'] as const) {
    it(`trains on ${device}: epochs agree with the reference`, async () => {
      const trainer = new TrainerListener(await panel.gpu.open());
      await trainer.give(corpus, 64);
      trainer.port.post({ type: 'train', device, threads: 1, names, settings });
      const ended = await trainer.event('ended');
      assert.equal(ended.reason, 'done');
      const losses = trainer.events.flatMap((event) => (event.type === 'epoch' ? [event.loss] : []));
      const expected = await epochLosses(createReferenceDevice(), corpus, settings);
      losses.forEach((loss, i) =>
        assert.ok(Math.abs(loss / expected[i] - 1) < 0.01, `epoch ${i + 1}: ${loss} against ${expected[i]}`),
      );
      assert.equal(losses.length, 2);
      assert.ok(trainer.events.some((event) => event.type === 'checkpoint' && event.bytes.length > 1000));
      trainer.port.dispose();
    });
  }

  it('goes on while the panel is hidden, and shows what came meanwhile', async () => {
    const state = { ...initialState({ epochs: 1000, spans: false }), stepsPerEpoch: 15 };
    panel.showRun({
      id: '1',
      title: 'small · LABEL',
      network: '',
      steps: '',
      settings: { activation: 'relu', clip: 5 },
      state: { ...state, phase: 'running' },
    });
    const trainer = await training('webgpu');
    const step = (): number =>
      trainer.events.reduce((last, event) => (event.type === 'progress' ? event.step : last), 0);
    // By then all lengths have their plans.
    await until('two epochs', () => step() > 30);
    const letter = await vscode.workspace.openTextDocument({ content: 'in front of the panel' });
    await vscode.window.showTextDocument(letter, { viewColumn: vscode.ViewColumn.Two, preview: false });
    await new Promise((resolve) => setTimeout(resolve, 500));
    const hiddenAt = step();
    await until('two more epochs', () => step() > hiddenAt + 30);
    assert.equal(trainer.death, undefined);
    trainer.port.dispose();
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('goes on when the panel is moved to another column', async () => {
    const trainer = await training('webgl2');
    panel.show(vscode.ViewColumn.Three);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const { length } = trainer.events;
    await trainer.until('further steps', () =>
      trainer.events.slice(length).find(({ type }) => type === 'progress'),
    );
    assert.equal(trainer.death, undefined);
    trainer.port.dispose();
  });

  it('ends when the panel is closed', async () => {
    const trainer = await training('webgl2');
    await closePanel();
    const { message } = await trainer.until('the end of the trainer', () => trainer.death);
    assert.match(message, /closed/);
    await assert.rejects(panel.gpu.open(), /not open/);
  });

  it('ends when its page is reloaded; the new page has a GPU again', async () => {
    const trainer = await training('webgl2');
    await vscode.commands.executeCommand('workbench.action.webview.reloadWebviewAction');
    const { message } = await trainer.until('the end of the trainer', () => trainer.death);
    assert.match(message, /made anew/);
    (await training('webgl2')).port.dispose();
  });

  it('ends when the panel is moved to another window', async () => {
    const trainer = await training('webgl2');
    panel.show();
    await vscode.commands.executeCommand('workbench.action.moveEditorToNewWindow');
    const { message } = await trainer.until('the end of the trainer', () => trainer.death);
    assert.match(message, /made anew/);
    const again = await training('webgl2');
    again.port.dispose();
  });

  it('takes a corpus of 16 MB, four parts under way at a time', async () => {
    const port: WorkerPort<TrainerRequest, TrainerEvent> = await panel.gpu.open();
    const tokens = 4_000_000;
    const sizes = { sentences: 0, tokens: 0 };
    const { layout } = corpus;
    const head = {
      kind: 'head',
      scheme: 'none',
      layout,
      characters: false,
      heldOut: false,
      hasPlaces: false,
      words: 1,
      columns: [],
      splits: { training: { sentences: 1, tokens }, development: sizes, test: sizes },
    } as const;
    const megabytes = 16;
    const began = Date.now();
    let sent = 0;
    await new Promise<void>((resolve, reject) => {
      // The head, and then four chunks on their way at a time.
      port.onMessage((event) => {
        if (event.type === 'failed') reject(new Error(event.error.message));
        if (event.type !== 'received') return;
        for (let n = sent === 0 ? 4 : 1; n > 0; n--) {
          if (sent++ < megabytes)
            port.post({
              type: 'chunk',
              chunk: { kind: 'numbers', name: 'training.words', bytes: new Uint8Array(1e6) },
              last: false,
            });
        }
        if (sent === megabytes + 4) resolve();
      });
      port.post({ type: 'chunk', chunk: head, last: false });
    });
    console.log(`      ${((megabytes * 1000) / (Date.now() - began)).toFixed(0)} MB/s`);
    port.dispose();
  });
});

describe('a run on a GPU, in VS Code', () => {
  after(closePanel);
  // A run that a failed test left would make the next ones fail.
  afterEach(async () => {
    const api = await activated();
    if (api.runs[0]?.state === 'running') await vscode.commands.executeCommand('rnnTagger.stop');
    await until('the run to end', () => api.runs[0]?.state !== 'running');
  });

  for (const [device, loss] of [
    ['webgpu', closePanel],
    ['webgl2', () => vscode.commands.executeCommand('workbench.action.webview.reloadWebviewAction')],
  ] as const) {
    // A software GPU can keep a slow machine's page so busy that it is given up before it is made anew.
    const why = device === 'webgpu' ? /panel was closed/ : /made anew|does not answer/;
    it(`that loses ${device} with the panel’s page goes on elsewhere from its last checkpoint, and says so`, async () => {
      const api = await activated();
      await show(files.upos);
      await vscode.commands.executeCommand('rnnTagger.train', {
        corpus: corpora.upos,
        column: 'UPOS',
        epochs: 2,
        hidden: 16,
        device,
      });
      const run = (): (typeof api.runs)[number] => api.runs[0];
      await until('a checkpoint', () => (run().checkpoint?.step ?? 0) > 5);
      assert.match(
        run().device ?? '',
        /^Web(GPU|GL 2) on SwiftShader \(software\) \(gpu\.js /,
        `${run().device}: ${JSON.stringify(run().notices)}`,
      );
      await loss();
      const noticed = Date.now();
      await until('the notice', () => (run().notices ?? []).length > 0);
      console.log(
        `      on ${device} to step ${run().checkpoint?.step}, went on after ${Date.now() - noticed} ms: ${JSON.stringify(run().notices)}`,
      );
      await until('the end', () => run().state !== 'running');
      assert.equal(run().state, 'done', run().message);
      assert.match(JSON.stringify(run().notices), why);
      assert.ok((run().development?.accuracy ?? 0) > 0.3, JSON.stringify(run().development));
      await vscode.commands.executeCommand('rnnTagger.showLossPanel');
      await workbench.waitFor({
        frame: 'main canvas',
        selector: `.notices :text-matches("${why.source}")`,
      });
      await workbench.screenshot(`run-moved-from-${device}`);
    });
  }

  it('that takes the fastest device does not measure a software renderer, and lists it by its name', async () => {
    const api = await activated();
    await vscode.commands.executeCommand('rnnTagger.train', {
      corpus: corpora.upos,
      column: 'XPOS',
      epochs: 1,
      hidden: 16,
      device: 'auto',
    });
    const run = await until('the end', () => api.runs[0].state !== 'running' && api.runs[0]);
    assert.equal(run.state, 'done', run.message);
    const trials = Object.fromEntries(run.choice?.trials.map((trial) => [trial.device, trial]) ?? []);
    console.log(`      ${JSON.stringify(run.choice?.trials)}`);
    for (const device of ['webgpu', 'webgl2']) {
      assert.match(trials[device]?.description ?? '', /SwiftShader/);
      assert.equal(trials[device]?.why, 'software renderer, not measured');
      assert.equal(trials[device]?.tokensPerSecond, undefined);
    }
    // No other device can be faster: the run begins without measuring.
    assert.deepEqual(Object.keys(trials).sort(), ['simd', 'webgl2', 'webgpu']);
    assert.deepEqual([run.choice?.device, trials.simd?.tokensPerSecond], ['simd', undefined]);
    await vscode.commands.executeCommand('rnnTagger.showLossPanel');
    await workbench.waitFor({
      frame: 'main canvas',
      selector:
        'section.devices td:has-text("WebGPU on SwiftShader (software); software renderer, not measured")',
    });
    await workbench.screenshot('devices-measured');
  });

  it('looks for devices again once a person has asked for it', async () => {
    const api = await activated();
    const trials = async () => {
      const run = await train(api, { corpus: corpora.upos, column: 'XPOS', epochs: 1, device: 'auto' });
      return run.choice?.trials;
    };
    const first = await trials();
    assert.equal(first?.length, 3);
    // What is remembered is made to tell itself from what would be found anew.
    const key = 'rnnTagger.deviceChoices';
    type Choices = (readonly [string, { readonly device: string; readonly trials: DeviceTrial[] }])[];
    const planted = api.remembered.get<Choices>(key, []).map(([run, choice]) => {
      const renamed = choice.trials.map((trial) => ({ ...trial, description: 'as it was remembered' }));
      return [run, { ...choice, trials: renamed }];
    });
    assert.ok(planted.length > 0, 'the choice of a run is remembered');
    await api.remembered.update(key, planted);
    assert.deepEqual(
      (await trials())?.map(({ description }) => description),
      first.map(() => 'as it was remembered'),
      'before somebody asks, no device is looked for',
    );
    await vscode.commands.executeCommand('rnnTagger.measureDevicesAgain');
    await workbench.waitFor({
      selector: '.notification-toast:has-text("has forgotten how fast the devices are")',
    });
    await clearMessages();
    assert.deepEqual(await trials(), first);
  });
});
