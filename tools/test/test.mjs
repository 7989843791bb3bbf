// npm test: installs, builds, runs every stage, and ends with one line, `N passed, N failed`.
// npm test -- --quick runs the stages for every save: format, lint, types, unit.
// npm test -- --only unit,lint [--grep PATTERN] [--file TEXT] runs some stages, and of the tests in them those whose
// titles match and whose files have the text in their paths.
// npm test -- --jobs N runs N stages side by side (default: 2, or 1 where there is one core).
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildProject } from '../build/build.mjs';
import { run } from '../children.mjs';
import { ensureNodeModules } from '../install.mjs';
import { inProject, root } from '../paths.mjs';
import { ensureChromium, findChromium } from '../vscode/chromium.mjs';
import { temporaryFolder } from '../vscode/profile.mjs';
import { failureList, stageTable } from './report.mjs';
import { add, failedWith, nothingRun, oneFailed, readResult } from './results.mjs';
import { runTasks } from './scheduler.mjs';
import { ensureHost, stages } from './stages.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    grep: { type: 'string' },
    file: { type: 'string' },
    jobs: { type: 'string', default: String(Math.min(2, availableParallelism())) },
  },
});

/** @throws with what there is, where a name is unknown. */
function chosenStages() {
  if (values.only === undefined)
    return stages.filter(({ quick, onlyByName }) => (values.quick ? quick : !onlyByName));
  const wanted = values.only.split(',');
  const unknown = wanted.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0)
    throw new Error(
      `Unknown stage ${unknown.join(', ')}. There are: ${stages.map(({ name }) => name).join(', ')}.`,
    );
  return stages.filter(({ name }) => wanted.includes(name));
}

/** Runs a stage in a process of its own. @param alone its output goes straight to the terminal. */
async function runStage({ name, title }, alone) {
  const resultFile = path.join(temporaryFolder('stage'), 'result.json');
  const only = ['grep', 'file'].filter((key) => values[key] !== undefined);
  const args = [name, '--result', resultFile, ...only.flatMap((key) => [`--${key}`, values[key]])];
  const { code, output } = await run(process.execPath, [inProject('tools', 'test', 'stage.mjs'), ...args], {
    cwd: root,
    echo: alone,
    endSignal: 'SIGTERM',
  });
  if (!alone) console.log(`\n== ${title}\n${output.trimEnd()}`);
  // A failed stage ends with 1, and its counts say so.
  const counts = readResult(resultFile, code, title);
  if (only.length === 0 || counts.passed + counts.failed > 0) return counts;
  return failedWith(`No test of the stage ${name} matches ${only.map((key) => values[key]).join(' in ')}.`);
}

async function prepareChromium() {
  await ensureChromium();
  process.env.CHROMIUM ||= findChromium() ?? '';
}

async function prepareVsCode() {
  process.env.RNN_TAGGER_VSCODE = await ensureHost();
}

/** What stages need: installing and building are no tests, but count when they fail. */
function preparations(chosen) {
  const needed = new Set(chosen.flatMap(({ after }) => after ?? []));
  const all = [
    { name: 'build', title: 'Build', prepare: () => buildProject({ tests: true }) },
    { name: 'chromium', title: 'Chromium', prepare: prepareChromium },
    { name: 'vscode', title: 'VS Code', prepare: prepareVsCode, after: ['chromium'] },
  ];
  return all
    .filter(({ name }) => needed.has(name))
    .map(({ prepare, ...task }) => ({ ...task, run: async () => (await prepare(), nothingRun) }));
}

/** Keeps for each task how long it took and what came of it. */
class Progress {
  rows = [];
  #started = new Map();

  begin({ name }) {
    this.#started.set(name, Date.now());
  }

  end({ name, title }, counts) {
    const ms = Date.now() - (this.#started.get(name) ?? Date.now());
    this.rows.push({ title, ms, counts });
    if (counts === undefined) console.log(`\n== ${title}: not run, since what it needs failed`);
    else
      console.log(
        `== ${title}: ${counts.passed} passed, ${counts.failed} failed, ${(ms / 1000).toFixed(1)} s`,
      );
  }
}

const caught = (part) => part().catch((error) => failedWith(error.message));

async function main() {
  const chosen = chosenStages();
  const progress = new Progress();
  const install = { name: 'install', title: 'Install' };
  progress.begin(install);
  progress.end(install, await caught(async () => (await ensureNodeModules(), nothingRun)));
  if (progress.rows[0].counts.failed === 0) {
    const alone = chosen.length === 1;
    const tasks = [
      ...preparations(chosen),
      ...chosen.map((stage) => ({ ...stage, run: () => runStage(stage, alone) })),
    ].map((task) => ({ ...task, run: () => caught(task.run) }));
    await runTasks(tasks, Math.max(1, Number(values.jobs)), {
      started: (task) => progress.begin(task),
      ended: (task, counts) => progress.end(task, counts),
    });
  }
  console.log(`\n${stageTable(progress.rows)}`);
  const failed = failureList(progress.rows);
  if (failed !== '') console.log(`\n${failed}`);
  return progress.rows.reduce((sum, { counts }) => add(sum, counts ?? oneFailed), nothingRun);
}

try {
  const total = await main();
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed > 0 ? 1 : 0);
} catch (error) {
  console.error(error.message);
  process.exit(2);
}
