import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runsHere } from '../../../src/kernels/simd/module';

/**
 * SHA-256 of the parameters that training ends with, by corpus and settings: with a fused multiply-add, and
 * without. A change that is meant to leave the numbers alone must leave these alone.
 */
const digests = {
  'UD_English-EWT': {
    defaults: {
      fused: 'f7ba62ac4c03159be8ec0b825c421bda38a0e65458ce20f515931030ee8095e9',
      separate: '10af21b2a7caf07f9fdf361d3f6e5484ecd3c7b3ee26cac824a8a8bbf0213abf',
    },
    derivation: {
      fused: '8d4d684793153547ffedac60096d8db7f7cbf5159b264eab90a6afacbabdca97',
      separate: 'cee68b837cc89034cbd035970c3e7596cc0da55d35b4e873979d9d2f17ddd183',
    },
  },
  WNUT17: {
    defaults: {
      fused: 'bed0b0882330d475d95ce5fca12dbe15447484e7ec474af4bdc689991205043b',
      separate: '3e1436ef25db2112709a6a9c11d5ca091ab068c2315c173faa332ce007b97708',
    },
    derivation: {
      fused: '02cc5abbf7544e87a3794403817cfea51d727397c883114784e1e7c1c557b031',
      separate: 'd2f9b265ab1bd56d458a0a76e105a43af7e5652f8a38c319d7b4fbdc1c1e4987',
    },
  },
} as const;

const optionsOf = {
  defaults: [],
  derivation: ['--input', 'one-hot', '--batch', '1', '--optimizer', 'sgd'],
} as const;

/** The data of a safetensors file: all that follows its header. */
function tensorData(file: string): Buffer {
  const bytes = readFileSync(file);
  return bytes.subarray(8 + Number(bytes.readBigUInt64LE(0)));
}

describe('Training on the sample workspace', function () {
  this.timeout(1_200_000);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'rnn-tagger-bits-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const rounding = runsHere('relaxed') ? 'fused' : 'separate';

  for (const [corpus, expected] of Object.entries(digests)) {
    for (const [name, options] of Object.entries(optionsOf)) {
      it(`ends with the same parameters to the bit as ever: ${corpus}, ${name}`, () => {
        const model = path.join(folder, `${corpus}-${name}.safetensors`);
        const data = path.resolve('test/workspaces/sample', corpus);
        const args = ['train', data, '--device', 'simd', '--model', model, ...options];
        const { status, stderr } = spawnSync(process.execPath, [path.resolve('dist/cli.js'), ...args], {
          encoding: 'utf8',
        });
        assert.equal(status, 0, stderr);
        const digest = createHash('sha256').update(tensorData(model)).digest('hex');
        assert.equal(digest, expected[name as keyof typeof expected][rounding]);
      });
    }
  }
});
