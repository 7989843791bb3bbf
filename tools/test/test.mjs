// npm test: installs, builds, runs every stage, and ends with one line, `N passed, N failed`.
// npm test -- --only unit,lint [--grep PATTERN] runs some stages, and of the tests in them those that match.
import { parseArgs } from 'node:util';
import { buildProject } from '../build/build.mjs';
import { ensureChromium, findChromium } from '../vscode/chromium.mjs';
import { ensureNodeModules } from '../install.mjs';
import { add, oneFailed } from './results.mjs';
import { stages } from './stages.mjs';

const { values } = parseArgs({ options: { only: { type: 'string' }, grep: { type: 'string' } } });
const wanted = values.only?.split(',') ?? stages.map(({ name }) => name);
const unknown = wanted.filter((name) => !stages.some((stage) => stage.name === name));
if (unknown.length > 0) {
  console.error(
    `Unknown stage ${unknown.join(', ')}. There are: ${stages.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}

/** Runs one part and says how it went. */
async function timed(title, part) {
  console.log(`\n== ${title}`);
  const start = Date.now();
  const result = await part().catch((error) => (console.error(error.message), oneFailed));
  console.log(
    `== ${title}: ${result.passed} passed, ${result.failed} failed, ${((Date.now() - start) / 1000).toFixed(1)} s`,
  );
  return result;
}

/** Installing and building are no tests, but count when they fail. */
const preparation = (part) => async () => (await part(), { passed: 0, failed: 0 });

let total = await timed('Install', preparation(ensureNodeModules));
if (total.failed === 0) {
  const chosen = stages.filter(({ name }) => wanted.includes(name));
  if (chosen.some(({ needsChromium }) => needsChromium)) {
    total = add(total, await timed('Chromium', preparation(ensureChromium)));
    process.env.CHROMIUM ||= findChromium() ?? '';
  }
  if (chosen.some(({ needsBuild }) => needsBuild))
    total = add(
      total,
      await timed(
        'Build',
        preparation(() => buildProject({ tests: true })),
      ),
    );
  for (const { title, run } of chosen)
    total = add(total, await timed(title, () => run({ grep: values.grep })));
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 ? 1 : 0);
