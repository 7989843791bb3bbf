import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { InputError, WorkerError } from '../../../src/common/errors';
import type { TrainingRun } from '../../../src/engine/engine';
import { createNodeEngine } from '../../../src/engine/node/nodeEngine';
import { startWorkerThread } from '../../../src/engine/node/workerThread';
import type { TrainingData } from '../../../src/engine/trainerProtocol';
import { readModel } from '../../../src/model/modelFile';
import { mapParameters } from '../../../src/model/parameters';
import type { NetworkParameters } from '../../../src/model/parameters';
import type { TrainingSettings } from '../../../src/model/settings/settings';
import type { RunEvent } from '../../../src/run/runEvent';
import { data, settings as toySettings } from './runObserver';
import { toyFile } from './toyCorpus';

const engine = createNodeEngine({ distFolder: path.resolve('dist'), threads: 1 });
const settings: TrainingSettings = { ...toySettings, device: 'reference' };

function toyData(sentences = 120): TrainingData {
  const [, development] = data.files;
  return { ...data, files: [toyFile('train.conll', sentences), development] };
}

/** All events of a run, to its end. */
function events(run: TrainingRun, each: (event: RunEvent) => void = () => undefined): Promise<RunEvent[]> {
  return new Promise((resolve) => {
    const all: RunEvent[] = [];
    run.onEvent((event) => {
      all.push(event);
      each(event);
      if (event.type === 'ended' || event.type === 'failed') resolve(all);
    });
  });
}

function lastCheckpoint(all: readonly RunEvent[]): RunEvent & { type: 'checkpoint' } {
  const found = all.filter((event) => event.type === 'checkpoint').at(-1);
  assert.ok(found, 'no checkpoint came');
  return found;
}

describe('The engine in worker threads', function () {
  this.timeout(600_000);

  it('trains: a run reports its start, epochs and checkpoints, and ends once', async () => {
    const all = await events(engine.train(toyData(), settings));
    const started = all.find((event) => event.type === 'started');
    assert.ok(started?.type === 'started');
    assert.equal(started.facts.device, 'reference');
    assert.deepEqual(new Set(started.facts.labels), new Set(['N', 'V', 'D']));
    assert.equal(started.facts.sentences.development, 20);
    assert.equal(all.filter((event) => event.type === 'epoch').length, settings.epochs);
    const end = all.at(-1);
    assert.ok(end?.type === 'ended' && end.reason === 'done');
    assert.ok(end.development && end.development.accuracy > 0.5, JSON.stringify(end));
    assert.ok(lastCheckpoint(all).bytes.byteLength > 1000);
  });

  it('stops when asked, with a checkpoint that training goes on from', async () => {
    const run = engine.train(toyData(3000), { ...settings, epochs: 1000 });
    const all = await events(run, (event) => event.type === 'progress' && run.stop());
    const end = all.at(-1);
    assert.ok(end?.type === 'ended' && end.reason === 'stopped');
    const checkpoint = lastCheckpoint(all);
    const again = engine.train(toyData(3000), { ...settings, epochs: 1000 }, checkpoint.bytes);
    const more = await events(again, (event) => event.type === 'progress' && again.stop());
    const started = more.find((event) => event.type === 'started');
    assert.ok(
      started?.type === 'started' && started.step === checkpoint.step,
      'goes on at the step of the checkpoint',
    );
  });

  it('computes nothing between a pause and a resume', async () => {
    const run = engine.train(toyData(2000), { ...settings, epochs: 1000 });
    let resumed = false;
    const all = await events(run, (event) => {
      if (event.type === 'progress') {
        if (resumed) run.stop();
        else run.pause();
      } else if (event.type === 'paused') setTimeout(() => run.resume(), 1000);
      else if (event.type === 'resumed') resumed = true;
    });
    const types = all.map(({ type }) => type);
    const between = types.slice(types.indexOf('paused'), types.indexOf('resumed'));
    // The step that was under way is told, and no other.
    assert.ok(between.filter((type) => type === 'progress').length <= 1, types.join(' '));
    assert.equal(types.at(-1), 'ended');
  });

  it('stops a run that is paused', async () => {
    const run = engine.train(toyData(2000), { ...settings, epochs: 1000 });
    const all = await events(run, (event) => {
      if (event.type === 'progress') run.pause();
      else if (event.type === 'paused') run.stop();
    });
    assert.ok(all.at(-1)?.type === 'ended');
  });

  it('fails a run with the reason and a hint where there is nothing to learn', async () => {
    const content = 'a\tX\nb\tX\n\nc\tX\na\tX\n\n';
    const data = { ...toyData(), files: [{ file: 'train.conll', path: 'toy/train.conll', content }] };
    const all = await events(engine.train(data, settings));
    const end = all.at(-1);
    assert.ok(
      end?.type === 'failed' && end.error.name === 'InputError' && end.error.hint,
      JSON.stringify(end),
    );
  });

  it('labels rows and plain text with a model, at the document’s positions', async () => {
    const all = await events(engine.train(toyData(300), { ...settings, epochs: 16 }));
    const tagger = engine.createTagger();
    try {
      const info = await tagger.request({ type: 'load', key: 'm', bytes: lastCheckpoint(all).bytes });
      assert.equal(info.column, 'LABEL');
      const rows = await tagger.request({
        type: 'tag',
        key: 'm',
        input: { kind: 'rows', text: 'the\tD\ncat\tV\n\ndog\tN\n', firstLine: 10, layout: info.layout },
      });
      assert.deepEqual(
        rows.map(({ line, startColumn, endColumn, sentence, gold }) => ({
          line,
          startColumn,
          endColumn,
          sentence,
          gold,
        })),
        [
          { line: 10, startColumn: 0, endColumn: 3, sentence: 0, gold: 'D' },
          { line: 11, startColumn: 0, endColumn: 3, sentence: 0, gold: 'V' },
          { line: 13, startColumn: 0, endColumn: 3, sentence: 1, gold: 'N' },
        ],
      );
      assert.deepEqual(
        rows.map(({ label }) => label),
        ['D', 'N', 'N'],
      );
      for (const { best, probability } of rows) {
        assert.equal(best[0].probability, probability);
        assert.ok(Math.abs(best.reduce((sum, entry) => sum + entry.probability, 0) - 1) < 1e-5);
      }
      const text = await tagger.request({
        type: 'tag',
        key: 'm',
        input: { kind: 'text', text: 'the cat sleeps', firstLine: 2, firstColumn: 4, markdown: false },
      });
      assert.deepEqual(
        text.map(({ line, startColumn, label }) => [line, startColumn, label]),
        [
          [2, 4, 'D'],
          [2, 8, 'N'],
          [2, 12, 'V'],
        ],
      );
      const labelled = await tagger.request({
        type: 'label',
        key: 'm',
        file: 'f',
        input: { kind: 'rows', text: 'the\t?\r\ncat\t?\r\n', firstLine: 0, layout: info.layout },
      });
      assert.equal(labelled.text, 'the\tD\r\ncat\tN\r\n');
      const treebank = {
        kind: 'conllu',
        columns: 'ID FORM LEMMA UPOS XPOS FEATS HEAD DEPREL DEPS MISC'.split(' '),
        form: 1,
        separator: '\t',
      } as const;
      const row = '1\tcat\t_\tNOUN\t_\t_\t0\troot\t_\tSpaceAfter=No';
      const other = await tagger.request({
        type: 'label',
        key: 'm',
        file: 'f',
        input: { kind: 'rows', text: `${row}\n\n`, firstLine: 0, layout: treebank },
      });
      assert.equal(other.text, `${row}\tN\n\n`, 'a file without a column of that name keeps all it has');
      await assert.rejects(
        tagger.request({ type: 'load', key: 'bad', bytes: new Uint8Array(40) }),
        InputError,
      );
      await assert.rejects(
        tagger.request({
          type: 'tag',
          key: 'none',
          input: { kind: 'text', text: 'a', firstLine: 0, firstColumn: 0, markdown: false },
        }),
        InputError,
      );
    } finally {
      tagger.dispose();
    }
  });

  it('finds corpora in files, and forgets files that were deleted', async () => {
    const reader = engine.createReader();
    try {
      const both = await reader.scan({
        changed: [toyFile('train.conll', 10), toyFile('dev.conll', 5)],
        removed: [],
        replaceInvalidBytes: false,
      });
      assert.equal(both.corpora.length, 1);
      assert.equal(both.corpora[0].sentences, 15);
      assert.deepEqual(both.corpora[0].columns[0].labels.map(({ label }) => label).sort(), ['D', 'N', 'V']);
      const one = await reader.scan({ changed: [], removed: ['dev.conll'], replaceInvalidBytes: false });
      assert.equal(one.corpora[0].sentences, 10);
      const none = await reader.scan({
        changed: [{ file: 'train.conll', path: 'toy/train.conll', content: '' }],
        removed: [],
        replaceInvalidBytes: false,
      });
      assert.equal(none.corpora.length, 0);
      assert.equal(none.problems[0].problems[0].code, 'empty-file');
    } finally {
      reader.dispose();
    }
  });
});

describe('A trainer that is killed', function () {
  this.timeout(600_000);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'rnn-tagger-killed-'));
  after(() => rmSync(folder, { recursive: true }));

  it('in the middle of an epoch is replaced: the run goes on from its last checkpoint to the same parameters', async () => {
    const dieOnce = `
      const { existsSync, writeFileSync } = require('node:fs');
      const { parentPort } = require('node:worker_threads');
      const mark = ${JSON.stringify(path.join(folder, 'died'))};
      const post = parentPort.postMessage.bind(parentPort);
      let checkpoints = 0;
      parentPort.postMessage = (message, transfer) => {
        post(message, transfer);
        if (message.type === 'checkpoint') checkpoints++;
        if (message.type === 'progress' && checkpoints === 2 && message.step % 50 !== 0 && !existsSync(mark)) {
          writeFileSync(mark, '');
          setImmediate(() => process.exit(9));
        }
      };
    `;
    writeFileSync(
      path.join(folder, 'trainer.js'),
      dieOnce + readFileSync(path.resolve('dist/trainer.js'), 'utf8'),
    );
    const fragile = createNodeEngine({ distFolder: folder, threads: 1 });
    const long = { ...settings, epochs: 3 };
    const data = toyData(2000);
    const before = structuredClone(data);
    const all = await events(fragile.train(data, long));
    assert.deepEqual(data, before, 'the files are still there');
    const kinds = all
      .map(({ type }) => type)
      .filter((type) => ['started', 'moving', 'moved', 'ended', 'failed'].includes(type));
    assert.deepEqual(kinds, ['started', 'moving', 'started', 'moved', 'ended']);
    const moved = all.find((event) => event.type === 'moved');
    assert.match(moved?.why ?? '', /exit code 9/);
    const again = all.filter((event) => event.type === 'started').at(-1);
    assert.ok(again && again.step > 0, 'goes on from a checkpoint');
    const undisturbed = await events(engine.train(toyData(2000), long));
    assert.deepEqual(parametersOf(all), parametersOf(undisturbed));
  });
});

/** All numbers of the run's last model. */
function parametersOf(all: readonly RunEvent[]): NetworkParameters<number[]> {
  const { parameters } = readModel(lastCheckpoint(all).bytes);
  return mapParameters(parameters, (values) => [...values]);
}

describe('A worker thread that dies', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'rnn-tagger-'));
  after(() => rmSync(folder, { recursive: true }));
  const script = (name: string, source: string): string => {
    const file = path.join(folder, name);
    writeFileSync(file, source);
    return file;
  };
  const death = (file: string): Promise<WorkerError> =>
    new Promise((resolve) => startWorkerThread(file, 'trainer').onDeath(resolve));

  it('is reported with the error that its script threw', async () => {
    const error = await death(script('throws.js', 'throw new Error("no luck")'));
    assert.ok(error instanceof WorkerError);
    assert.match(error.message, /trainer.*no luck/);
  });

  it('is reported with its exit code', async () => {
    assert.match((await death(script('exits.js', 'process.exit(3)'))).message, /exit code 3/);
  });

  it('is reported where its script is missing', async () => {
    assert.match((await death(path.join(folder, 'missing.js'))).message, /trainer/);
  });
});
