// node mochaMain.mjs [--result FILE] [--timeout MS] [--grep PATTERN] [--parallel] FILE|FOLDER…: runs test
// files in this process, or in several.
import { parseArgs } from 'node:util';
import { runMocha } from './mochaRun.mjs';
import { testFiles } from './results.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    result: { type: 'string' },
    timeout: { type: 'string', default: '10000' },
    grep: { type: 'string' },
    parallel: { type: 'boolean', default: false },
  },
});
const { failed } = await runMocha({
  files: positionals.flatMap((name) => (name.endsWith('.js') ? [name] : testFiles(name))),
  timeoutMs: Number(values.timeout),
  grep: values.grep,
  parallel: values.parallel,
  resultFile: values.result,
});
process.exit(failed > 0 ? 1 : 0);
