// node stage.mjs NAME --result FILE [--grep PATTERN] [--file TEXT]: runs one stage in a process of its own, so that what
// it prints can be kept together while others run.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { failedWith } from './results.mjs';
import { stages } from './stages.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { result: { type: 'string' }, grep: { type: 'string' }, file: { type: 'string' } },
});
const stage = stages.find(({ name }) => name === positionals[0]);
const counts = await stage
  .run({ grep: values.grep, file: values.file })
  .catch((error) => failedWith(error.message));
writeFileSync(values.result, JSON.stringify(counts));
process.exit(counts.failed > 0 ? 1 : 0);
