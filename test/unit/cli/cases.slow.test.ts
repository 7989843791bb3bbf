import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cases, refused } from './caseCommands';
import type { Read } from './caseCommands';

const script = path.resolve('dist/cli.js');
const folder = mkdtempSync(path.join(os.tmpdir(), 'rnn-tagger-cases-'));
const small = ['--epochs', '8', '--hidden', '8', '--threads', '1', '--device', 'simd'];

interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(name: string, args: readonly string[], input = ''): Result {
  const cwd = path.join(folder, name);
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    cwd,
    input,
    encoding: 'utf8',
    timeout: 600_000,
  });
  return { code: status, stdout, stderr };
}

/** Reads a file of a case. */
const reader =
  (name: string): Read =>
  (file) =>
    readFileSync(path.join(folder, name, file), 'utf8');

const whole = (output: string): string => output;
const scored = (stderr: string): string | undefined =>
  /precision .*?, recall .*?, F1 [\d.]+ %/.exec(stderr)?.[0];

describe('files of users of annotation tools, on the command line', function () {
  this.timeout(1_200_000);
  before(() => cpSync('test/cases', folder, { recursive: true }));
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [name, runs] of Object.entries(cases)) {
    for (const { train, facts, told = [], tags = [], evaluates = [] } of runs) {
      it(`are learned from with every token: ${name}, ${train.join(' ')}`, () => {
        const { code, stderr } = run(name, ['train', ...train, ...small, '--model', 'm.st']);
        assert.equal(code, 0, stderr);
        assert.ok(stderr.includes(facts), stderr);
        for (const pattern of told) assert.match(stderr, pattern);
        for (const args of evaluates) {
          const report = run(name, ['evaluate', '--model', 'm.st', ...args]).stderr;
          assert.equal(scored(report), 'precision 100.0 %, recall 100.0 %, F1 100.0 %', report);
        }
        const read = reader(name);
        for (const { what, file, input, output, compared = whole } of tags) {
          const files = file === undefined ? [] : [file];
          const tagged = run(name, ['tag', '--model', 'm.st', ...files], input?.(read));
          assert.equal(tagged.code, 0, tagged.stderr);
          assert.equal(compared(tagged.stdout), output(read), `of ${what}`);
        }
      });
    }
  }

  for (const [name, file, told] of refused) {
    it(`are refused with what is wrong and what to do: ${name}, ${file}`, () => {
      const { code, stderr } = run(name, ['train', file, ...small]);
      assert.equal(code, 1, stderr);
      for (const pattern of told) assert.match(stderr, pattern);
    });
  }
});
