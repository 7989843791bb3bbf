import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readHistory } from '../../../src/record/historyRecord';
import { toyColumns } from '../engine/toyCorpus';

const script = path.resolve('dist/cli.js');

describe('rnn-tagger report', function () {
  this.timeout(1_200_000);
  let folder: string;
  const rnnTagger = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
    return { code: status, stdout, stderr };
  };
  const at = (...names: string[]): string => path.join(folder, ...names);
  const read = (...names: string[]): string => readFileSync(at(...names), 'utf8');
  const short = ['--epochs', '3', '--hidden', '8', '--device', 'simd', '--threads', '1'];

  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'rnn-tagger-report-'));
    writeFileSync(at('train.conll'), toyColumns(40));
    const { code, stderr } = rnnTagger('train', 'train.conll', '--run', 'run', ...short);
    assert.equal(code, 0, stderr);
  });
  after(() => rmSync(folder, { recursive: true }));

  it('reports a run that train has kept, in each format', async () => {
    assert.deepEqual(readdirSync(at('run')).sort(), ['history.json', 'run.json']);
    const record = JSON.parse(read('run', 'run.json'));
    assert.equal(record.state, 'done');
    assert.equal(record.epoch, 3);
    const { history } = await readHistory(readFileSync(at('run', 'history.json')));
    assert.deepEqual(
      history.epochs.map(({ epoch }) => epoch),
      [1, 2, 3],
    );
    for (const [file, start] of [
      ['out/report.html', /^<!DOCTYPE html>/],
      ['out/report.csv', /^run,step,epoch,training_loss,/],
      ['out/report.json', /^\{"version":1,/],
      ['out/report.md', /^# /],
      ['out/report.svg', /^<\?xml /],
    ] as const) {
      const { code, stderr } = rnnTagger('report', 'run', '--output', file);
      assert.equal(code, 0, stderr);
      assert.match(read(file), start);
    }
    assert.deepEqual(
      readdirSync(at('out')).sort(),
      ['html', 'csv', 'json', 'md', 'svg'].map((ending) => `report.${ending}`).sort(),
    );
    assert.equal(rnnTagger('report', 'run').stdout, read('out', 'report.html'));
    assert.equal(rnnTagger('report', 'run/run.json').stdout, read('out', 'report.html'));
    assert.equal(rnnTagger('report', 'out/report.json').stdout, read('out', 'report.html'));
    assert.equal(rnnTagger('report', 'run', '--output', 'loss.svg', '--chart', 'loss').code, 0);
    assert.equal(read('loss.svg').match(/>Step</g)?.length, 1);
  });

  it('keeps no run where there is something already', () => {
    mkdirSync(at('full'));
    writeFileSync(at('full', 'notes.txt'), 'mine');
    for (const name of ['run', 'full', 'train.conll']) {
      const { code, stderr } = rnnTagger('train', 'train.conll', '--run', name, ...short);
      assert.equal(code, 1);
      assert.match(stderr, /not empty|is a file/);
    }
    assert.deepEqual(readdirSync(at('full')), ['notes.txt']);
  });

  it('says what will not do, and leaves what was there', () => {
    writeFileSync(at('report.pdf'), 'mine');
    writeFileSync(at('broken.json'), '{"version":1,');
    for (const [args, message] of [
      [['run', '--output', 'report.pdf'], /the ending says which/],
      [['run', '--output', 'report.png'], /loss panel of VS Code saves charts as PNG/],
      [['run', '--output', 'run/run.json'], /read by the same command/],
      [['nowhere'], /nowhere/],
      [['broken.json', '--output', 'broken.html'], /cannot be read/],
    ] as const) {
      const { code, stderr } = rnnTagger('report', ...args);
      assert.equal(code, 1, args.join(' '));
      assert.match(stderr, message);
    }
    assert.equal(read('report.pdf'), 'mine');
    assert.equal(JSON.parse(read('run', 'run.json')).version, 1);
    assert.ok(!readdirSync(folder).includes('broken.html'));
  });

  it('reports what can be read of a damaged run', () => {
    mkdirSync(at('damaged'));
    writeFileSync(
      at('damaged', 'run.json'),
      read('run', 'run.json').replace(/"seconds":[^,]+/, '"seconds":"soon"'),
    );
    writeFileSync(at('damaged', 'history.json'), read('run', 'history.json').slice(0, -40));
    const { code, stdout, stderr } = rnnTagger('report', 'damaged');
    assert.equal(code, 0);
    assert.match(stderr, /used without: seconds/);
    assert.match(stderr, /what can be read of the curves/);
    assert.match(stdout, /<svg /);
  });
});
