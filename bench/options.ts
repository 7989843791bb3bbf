import { parseArgs } from 'node:util';
import { messageOf } from '../src/common/errors';

export const benchmarks = [
  'step',
  'gpu',
  'limit',
  'epoch',
  'tag',
  'host',
  'memory',
  'scale',
  'accuracy',
  'errors',
  'queue',
  'start',
  'editor',
  'panel',
] as const;
export type BenchmarkName = (typeof benchmarks)[number];

export interface Options {
  readonly only: readonly BenchmarkName[];
  readonly quick: boolean;
  readonly json: boolean;
  readonly installPeers: boolean;
  readonly help: boolean;
}

export const usage = `Usage: npm run bench -- [options]

  --only NAME[,NAME]   ${benchmarks.join(', ')} (default: all)
  --quick              few rounds, small data: whether it works, not how fast
  --json               the last line of stdout is one JSON object
  --install-peers      installs TensorFlow.js and CRFsuite into .peers/, and says how to install PyTorch
`;

/** Wrong arguments: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** @throws {UsageError} */
export function parseOptions(args: readonly string[]): Options {
  const values = parse(args);
  const only = values.only?.split(',') ?? [...benchmarks];
  const unknown = only.filter((name) => !benchmarks.some((benchmark) => benchmark === name));
  if (unknown.length > 0)
    throw new UsageError(
      `There is no benchmark ${unknown.map((name) => JSON.stringify(name)).join(', ')}: ${benchmarks.join(', ')}.`,
    );
  return {
    only: benchmarks.filter((name) => only.includes(name)),
    quick: values.quick ?? false,
    json: values.json ?? false,
    installPeers: values['install-peers'] ?? false,
    help: values.help ?? false,
  };
}

function parse(args: readonly string[]) {
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: { only: { type: 'string' }, quick: flag, json: flag, 'install-peers': flag, help: flag },
      strict: true,
    }).values;
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}
