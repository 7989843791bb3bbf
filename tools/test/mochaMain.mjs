// node mochaMain.mjs --result FILE --timeout MS [--grep PATTERN] [--parallel] FILE…: runs test files in a
// process of their own, or in several.
import { parseArgs } from 'node:util';
import { runMocha } from './mochaRun.mjs';

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
  files: positionals,
  timeoutMs: Number(values.timeout),
  grep: values.grep,
  parallel: values.parallel,
  resultFile: values.result,
});
process.exit(failed > 0 ? 1 : 0);
