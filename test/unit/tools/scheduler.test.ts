import assert from 'node:assert/strict';
import { failureList, stageTable } from '../../../tools/test/report.mjs';
import { runTasks } from '../../../tools/test/scheduler.mjs';

/** Tasks that end when they are told to. */
class Tasks {
  readonly begun: string[] = [];
  private readonly enders = new Map<string, (failed: number) => void>();

  task(name: string, after?: readonly string[]) {
    return {
      name,
      after,
      run: () =>
        new Promise<{ passed: number; failed: number }>((resolve) => {
          this.begun.push(name);
          this.enders.set(name, (failed) => resolve({ passed: 1, failed }));
        }),
    };
  }

  async end(name: string, failed = 0): Promise<void> {
    this.enders.get(name)!(failed);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('the stages of the tests', () => {
  it('run side by side, no more than are allowed, in their order', async () => {
    const tasks = new Tasks();
    const done = runTasks([tasks.task('a'), tasks.task('b'), tasks.task('c')], 2);
    assert.deepEqual(tasks.begun, ['a', 'b']);
    await tasks.end('b');
    assert.deepEqual(tasks.begun, ['a', 'b', 'c']);
    await tasks.end('a');
    await tasks.end('c');
    assert.deepEqual([...(await done).keys()], ['b', 'a', 'c']);
  });

  it('wait for what they need, while others go first', async () => {
    const tasks = new Tasks();
    const done = runTasks(
      [tasks.task('unit', ['build']), tasks.task('build'), tasks.task('lint', ['not chosen'])],
      2,
    );
    assert.deepEqual(tasks.begun, ['build', 'lint']);
    await tasks.end('build');
    await tasks.end('lint');
    assert.deepEqual(tasks.begun, ['build', 'lint', 'unit']);
    await tasks.end('unit');
    assert.equal((await done).size, 3);
  });

  it('do not run where what they need has failed, nor what needs those', async () => {
    const tasks = new Tasks();
    const ended: string[] = [];
    const done = runTasks(
      [tasks.task('build'), tasks.task('unit', ['build']), tasks.task('more', ['unit']), tasks.task('lint')],
      1,
      { ended: ({ name }, result) => ended.push(`${name}: ${result?.failed ?? 'not run'}`) },
    );
    await tasks.end('build', 1);
    await tasks.end('lint');
    await done;
    assert.deepEqual(tasks.begun, ['build', 'lint']);
    assert.deepEqual(ended.sort(), ['build: 1', 'lint: 0', 'more: not run', 'unit: not run']);
  });

  it('are refused where they wait for each other', async () => {
    const tasks = new Tasks();
    await assert.rejects(
      runTasks([tasks.task('a', ['b']), tasks.task('b', ['a'])], 2),
      /wait for each other: a, b/,
    );
  });

  it('end with a table of their seconds and counts', () => {
    assert.equal(
      stageTable([
        { title: 'Lint', ms: 8120, counts: { passed: 3, failed: 0 } },
        { title: 'Unit tests', ms: 65_000, counts: { passed: 1200, failed: 12 } },
        { title: 'Kernels', ms: 0, counts: undefined },
      ]),
      [
        '            seconds   passed  failed',
        'Lint            8.1        3       0',
        'Unit tests     65.0     1200      12',
        'Kernels              not run',
      ].join('\n'),
    );
  });

  it('name what failed at the very end', () => {
    const passed = { title: 'Lint', counts: { passed: 3, failed: 0 } };
    assert.equal(failureList([passed]), '');
    const failed = { passed: 1, failed: 1, failures: ['adds: 3 is not 4\n+ 3\n- 4'] };
    assert.equal(
      failureList([passed, { title: 'Unit tests', counts: failed }, { title: 'Kernels', counts: undefined }]),
      'Failed: Unit tests\n  - adds: 3 is not 4\n    + 3\n    - 4\nFailed: Kernels',
    );
  });
});
