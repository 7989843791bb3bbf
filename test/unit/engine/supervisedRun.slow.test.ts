import assert from 'node:assert/strict';
import { InputError, WorkerError } from '../../../src/common/errors';
import type { DeviceName } from '../../../src/kernels/registry';
import type { DeviceChoice } from '../../../src/run/deviceTrial';
import { preparationText } from '../../../src/run/preparation';
import type { RunEvent } from '../../../src/run/runEvent';
import { fragileDevice, LocalBackend } from './localBackend';
import { alike, auto, data, finished, Observer, settings, until } from './runObserver';
import { toyFile } from './toyCorpus';

describe('A supervised run', function () {
  this.timeout(600_000);
  let undisturbed: Observer;
  before(async () => {
    undisturbed = await finished({ backends: { node: alike() } });
  });

  it('reports its start and its end once, on the device that was asked for', () => {
    assert.deepEqual(undisturbed.types, ['started', 'ended']);
    const [started] = undisturbed.of('started');
    assert.deepEqual(
      [started.facts.device, started.facts.sentences.training, started.facts.heldOut],
      ['cpu', 120, false],
    );
    assert.ok(undisturbed.end.type === 'ended' && undisturbed.end.reason === 'done');
  });

  describe('on auto', () => {
    it('measures each device, reports the figures, and takes the fastest', async () => {
      const slow = { ...fragileDevice('cpu') };
      const node = new LocalBackend(['webasm', 'cpu', 'reference'], (name) => {
        if (name === 'webasm') throw new InputError('It is forbidden here.');
        return slow;
      });
      const observer = await finished({ backends: { node }, settings: auto });
      const [chosen] = observer.of('chosen');
      assert.deepEqual([chosen.device, chosen.remembered], ['cpu', false]);
      assert.deepEqual(
        chosen.trials.map(({ device, why }) => [device, why]),
        [
          ['webasm', 'It is forbidden here.'],
          ['cpu', undefined],
        ],
      );
      assert.ok(
        (chosen.trials[1].tokensPerSecond ?? 0) > 0 && chosen.trials[1].description === 'cpu for tests',
      );
      assert.equal(observer.of('started')[0].facts.device, 'cpu');
    });

    it('tells what it does until it trains', async () => {
      const observer = await finished({ backends: { node: alike(['webasm', 'cpu']) }, settings: auto });
      const texts = observer.of('preparing').map(({ preparation }) => {
        return preparationText({ phase: 'starting', preparation });
      });
      assert.deepEqual(texts.slice(0, 4), [
        'reading',
        'measuring devices: webasm',
        'measuring devices: cpu',
        'measuring devices: webasm, cpu',
      ]);
      assert.match(texts.at(-1) ?? '', /^preparing (webasm|cpu)$/);
      assert.ok(
        observer.all.findLastIndex(({ type }) => type === 'preparing') <
          observer.all.findIndex(({ type }) => type === 'started'),
      );
    });

    it('begins at once where no other device can be faster', async () => {
      const observer = await finished({ backends: { node: alike(['simd', 'cpu']) }, settings: auto });
      const texts = observer.of('preparing').map(({ preparation }) => preparation.doing);
      assert.deepEqual(texts, ['reading', 'preparing']);
      assert.equal(observer.of('started')[0].facts.device, 'simd');
    });

    it('trains the same model to the bit as without measuring', async () => {
      const observer = await finished({ backends: { node: alike(['webasm', 'cpu']) }, settings: auto });
      assert.deepEqual(observer.model, undisturbed.model);
    });

    it('sends the corpus to the page with the GPU, and ends the worker thread where the GPU is the fastest', async () => {
      const node = alike(['cpu']);
      const gpu = new LocalBackend(['webgpu', 'webgl2'], (name) => {
        if (name === 'webgpu') throw new InputError('There is no adapter.');
        return fragileDevice(name);
      });
      // What is remembered decides, so that no clock does.
      const choices = new Map<string, DeviceChoice>();
      const remember = {
        get: () => choices.get('k'),
        set: (_: string, choice: DeviceChoice) => void choices.set('k', choice),
        delete: () => void choices.delete('k'),
        all: () => [],
      };
      const first = await finished({ backends: { node, gpu }, settings: auto, choices: remember });
      const [{ trials }] = first.of('chosen');
      assert.deepEqual(
        trials.map(({ device }) => device),
        ['webgpu', 'webgl2', 'cpu'],
      );
      assert.equal(trials[0].why, 'There is no adapter.');
      assert.ok(
        (trials[1].tokensPerSecond ?? 0) > 0 &&
          (trials[1].sendingSeconds ?? 0) > 0 &&
          trials[2].sendingSeconds === undefined,
      );
      choices.set('k', { device: 'webgl2', trials });
      const second = await finished(
        { backends: { node, gpu }, settings: auto, choices: remember },
        (event) => {
          if (event.type === 'started')
            assert.deepEqual(
              [node.newest.ended, gpu.newest.ended],
              [true, false],
              'the thread that read the files was ended',
            );
        },
      );
      assert.deepEqual(
        second.of('chosen').map(({ device, remembered }) => [device, remembered]),
        [['webgl2', true]],
      );
      assert.ok(!gpu.newest.asked.includes('measure'));
      assert.equal(second.of('started')[0].facts.device, 'webgl2');
      assert.deepEqual(second.model, undisturbed.model, 'the same corpus, in chunks or from files');
      assert.ok(gpu.newest.ended && node.newest.ended, 'nothing is left running');
    });

    it('remembers its choice, but not while a device is missing for the moment', async () => {
      const kept = new Map<string, DeviceChoice>();
      const choices = {
        get: (key: string) => kept.get(key),
        set: (key: string, choice: DeviceChoice) => void kept.set(key, choice),
        delete: (key: string) => void kept.delete(key),
        all: () => [],
      };
      const gpu = new LocalBackend(['webgl2']);
      gpu.closed = new WorkerError('The loss panel is closed.');
      await finished({ backends: { node: alike(['cpu']), gpu }, settings: auto, choices });
      assert.equal(kept.size, 0);
      gpu.closed = new InputError('There is no GPU.');
      await finished({ backends: { node: alike(['cpu']), gpu }, settings: auto, choices });
      assert.deepEqual(
        [...kept.values()].map(({ device }) => device),
        ['cpu'],
      );
      const again = await finished({ backends: { node: alike(['cpu']), gpu }, settings: auto, choices });
      assert.equal(again.of('chosen')[0].remembered, true);
    });

    it('measures again where the remembered device cannot be opened any more', async () => {
      const kept: { choice?: DeviceChoice } = {
        choice: { device: 'webasm', trials: [{ device: 'webasm', tokensPerSecond: 1e9 }] },
      };
      const node = new LocalBackend(['webasm', 'cpu'], (name) => {
        if (name === 'webasm') throw new InputError('It is forbidden here.');
        return fragileDevice(name);
      });
      const choices = {
        get: () => kept.choice,
        set: (_: string, choice: DeviceChoice) => void (kept.choice = choice),
        delete: () => delete kept.choice,
        all: () => [],
      };
      const observer = await finished({ backends: { node }, settings: auto, choices });
      assert.deepEqual(
        observer.of('chosen').map(({ device, remembered }) => [device, remembered]),
        [
          ['webasm', true],
          ['cpu', false],
        ],
      );
      assert.equal(kept.choice?.device, 'cpu');
      assert.ok(observer.end.type === 'ended' && observer.end.reason === 'done');
    });

    it('forgets what it remembers of a device where the run is far from as fast', async () => {
      const kept = new Map<string, DeviceChoice>();
      const trials = [{ device: 'cpu', tokensPerSecond: 1e12 }] as const;
      const choices = {
        get: () => kept.get('k'),
        set: (_: string, choice: DeviceChoice) => void kept.set('k', choice),
        delete: () => void kept.delete('k'),
        all: () => [...kept],
      };
      kept.set('k', { device: 'cpu', trials });
      const observer = await finished(
        { backends: { node: alike(['cpu']) }, settings: { ...auto, epochs: 1_000_000 }, choices },
        (event, run) => {
          if (event.type === 'epoch' && kept.size === 0) run.stop();
        },
      );
      assert.deepEqual(
        observer.of('chosen').map(({ device, remembered }) => [device, remembered]),
        [['cpu', true]],
      );
      assert.equal(kept.size, 0);
    });

    it('fails with the reason of each device where none can be opened', async () => {
      const forbidden = (devices: readonly DeviceName[]) =>
        new LocalBackend(devices, () => {
          throw new InputError('It is forbidden here.');
        });
      const measured = await finished({
        backends: { node: forbidden(['webasm', 'cpu']) },
        settings: auto,
      });
      assert.ok(measured.end.type === 'failed' && measured.end.error.name === 'InputError');
      assert.equal(measured.end.error.hint, 'webasm: It is forbidden here. cpu: It is forbidden here.');
      const alone = await finished({ backends: { node: forbidden(['simd']) }, settings: auto });
      assert.ok(alone.end.type === 'failed' && alone.end.error.name === 'InputError');
      assert.equal(alone.end.error.message, 'It is forbidden here.');
    });
  });

  it('fails where the device that was asked for cannot be opened, with the reason and the other devices', async () => {
    const node = new LocalBackend(['simd', 'cpu'], (name) => {
      if (name === 'simd') throw new InputError('The device simd is not available here: no SIMD.');
      return fragileDevice(name);
    });
    for (const device of ['simd', 'webgpu'] as const) {
      const { end } = await finished({ backends: { node }, settings: { ...settings, device } });
      assert.ok(end.type === 'failed' && end.error.name === 'InputError', JSON.stringify(end));
      assert.match(end.error.message, new RegExp(`^The device ${device} is not available here`));
      assert.match(end.error.hint ?? '', device === 'simd' ? /auto, cpu/ : /auto, simd, cpu/);
    }
  });

  it('fails before it allocates anything where the network is too large, with the size', async () => {
    const node = alike();
    const { end, types } = await finished({
      backends: { node },
      settings: { ...settings, hidden: 4096 },
      memoryBytes: 5e8,
    });
    assert.deepEqual(types, ['failed']);
    assert.ok(
      end.type === 'failed' &&
        /4,096 hidden units over \d+ features needs [\d.]+ GB.*this machine has 500 MB/.test(
          end.error.message,
        ),
      JSON.stringify(end),
    );
    assert.match(end.error.hint ?? '', /fewer hidden units/);
    assert.deepEqual(node.newest.asked, ['files', 'read']);
  });

  describe('that loses its device', () => {
    /** Losing `webgpu` after so many runs of a plan, in a run that was told to begin there. */
    const losing = (runs: number): LocalBackend =>
      new LocalBackend(['webgpu', 'webgl2'], (name) =>
        fragileDevice(name, name === 'webgpu' ? runs : Infinity),
      );

    it('goes on with the next device from its last checkpoint, to the same parameters', async () => {
      const observer = await finished({
        backends: { node: alike(['cpu']), gpu: losing(75) },
        settings: { ...settings, device: 'webgpu' },
      });
      assert.deepEqual(observer.types, ['started', 'moving', 'started', 'moved', 'ended']);
      const [moving] = observer.of('moving');
      const before = observer.all.findIndex(({ type }) => type === 'moving');
      const checkpoint = observer.all
        .slice(0, before)
        .filter((event) => event.type === 'checkpoint')
        .filter(({ latest }) => latest)
        .at(-1);
      assert.ok(checkpoint);
      assert.deepEqual([moving.step, moving.epoch], [checkpoint.step, checkpoint.epoch]);
      assert.ok(checkpoint.step > 0 && checkpoint.step < 75);
      assert.equal(observer.of('started')[1].step, checkpoint.step);
      assert.deepEqual(observer.of('moved')[0], {
        ...observer.of('moved')[0],
        from: 'webgpu',
        to: 'webgl2',
        why: 'webgpu is gone: its context was lost.',
      });
      assert.ok(observer.end.type === 'ended' && observer.end.reason === 'done');
      assert.deepEqual(observer.model, undisturbed.model);
    });

    it('begins again on the next device where there was no checkpoint yet', async () => {
      const observer = await finished({
        backends: { node: alike(['cpu']), gpu: losing(3) },
        settings: { ...settings, device: 'webgpu' },
      });
      assert.deepEqual([observer.of('moving')[0].step, observer.of('started')[1].step], [0, 0]);
      assert.deepEqual(observer.model, undisturbed.model);
    });

    it('does not take a device again that failed, and fails where none is left', async () => {
      const tried: string[] = [];
      const node = new LocalBackend(['simd', 'webasm', 'cpu'], (name) => {
        tried.push(name);
        return fragileDevice(name, 40);
      });
      const observer = await finished({
        backends: { node },
        settings: { ...settings, epochs: 100, device: 'webasm' },
      });
      assert.deepEqual(tried, ['webasm', 'simd', 'cpu']);
      assert.deepEqual(
        observer.of('moved').map(({ from, to }) => `${from} ${to}`),
        ['webasm simd', 'simd cpu'],
      );
      const { end } = observer;
      assert.ok(
        end.type === 'failed' &&
          end.error.name === 'DeviceLostError' &&
          /cpu is gone/.test(end.error.message) &&
          /can be resumed/.test(end.error.hint ?? ''),
        JSON.stringify(end),
      );
    });

    it('goes on with one thread of simd where one of several threads was lost', async () => {
      const tried: string[] = [];
      const node = new LocalBackend(['simd', 'cpu'], (name, threads) => {
        tried.push(`${name} ${threads}`);
        return fragileDevice(name, threads > 1 ? 75 : Infinity);
      });
      const observer = await finished({
        backends: { node },
        threads: 2,
        settings: { ...settings, device: 'simd' },
      });
      assert.deepEqual(tried, ['simd 2', 'simd 1']);
      assert.deepEqual(
        observer.of('moved').map(({ from, to }) => `${from} ${to}`),
        ['simd simd'],
      );
      assert.deepEqual(observer.model, undisturbed.model);
    });

    it('goes on with the next device after any other error too, but fails where the data is wrong', async () => {
      const failing = (loss: Error): LocalBackend =>
        new LocalBackend(['simd', 'cpu'], (name) =>
          fragileDevice(name, name === 'simd' ? 75 : Infinity, undefined, loss),
        );
      const trap = await finished({
        backends: { node: failing(new Error('memory access out of bounds')) },
        settings: { ...settings, device: 'simd' },
      });
      assert.deepEqual(
        trap.of('moved').map(({ to, why }) => [to, why]),
        [['cpu', 'memory access out of bounds']],
      );
      assert.match(trap.of('moving')[0].error.stack ?? '', /memory access/);
      assert.deepEqual(trap.model, undisturbed.model);
      const { end, types } = await finished({
        backends: { node: failing(new InputError('A label is missing.')) },
        settings: { ...settings, device: 'simd' },
      });
      assert.deepEqual(types, ['started', 'failed']);
      assert.ok(end.type === 'failed' && end.error.message === 'A label is missing.');
    });

    it('can still go on when the device is lost after the last epoch', async () => {
      const tested = { ...data, files: [...data.files, toyFile('test.conll', 20, 9000)] };
      let runs = 0;
      const whole = await finished({
        backends: { node: new LocalBackend(['cpu'], (name) => fragileDevice(name, Infinity, () => runs++)) },
        data: tested,
      });
      // The last runs of all score the test data, once the model is whole.
      const observer = await finished({
        backends: { node: alike(['cpu']), gpu: losing(runs - 1) },
        data: tested,
        settings: { ...settings, device: 'webgpu' },
      });
      assert.deepEqual(observer.types, ['started', 'moving', 'started', 'moved', 'ended']);
      assert.ok(observer.end.type === 'ended' && whole.end.type === 'ended');
      assert.deepEqual(observer.end.test, whole.end.test);
      assert.deepEqual(observer.model, whole.model);
    });
  });

  describe('whose trainer dies', () => {
    const killOnce = (backend: () => LocalBackend): ((event: RunEvent) => void) => {
      let killed = false;
      return (event) => {
        if (killed || event.type !== 'epoch' || event.epoch < 2) return;
        killed = true;
        backend().newest.kill();
      };
    };

    it('goes on in a new thread from the last checkpoint, to the same parameters', async () => {
      const node = alike();
      const observer = await finished(
        { backends: { node } },
        killOnce(() => node),
      );
      assert.deepEqual(observer.types, ['started', 'moving', 'started', 'moved', 'ended']);
      assert.deepEqual([observer.of('moved')[0].from, observer.of('moved')[0].to], ['cpu', 'cpu']);
      assert.match(observer.of('moved')[0].why, /trainer ended unexpectedly: killed/);
      assert.equal(node.trainers.length, 2);
      assert.ok(observer.of('started')[1].step > 0);
      assert.deepEqual(observer.model, undisturbed.model);
    });

    it('fails where the new thread dies too, and can be resumed', async () => {
      const node = alike();
      const observer = await finished(
        { backends: { node } },
        (event) => event.type === 'epoch' && event.epoch >= 2 && node.newest.kill('no memory'),
      );
      const { end } = observer;
      assert.equal(node.trainers.length, 2);
      assert.ok(
        end.type === 'failed' &&
          end.error.name === 'WorkerError' &&
          /no memory/.test(end.error.message) &&
          /can be resumed/.test(end.error.hint ?? ''),
        JSON.stringify(end),
      );
      const resumed = await finished({
        backends: { node: alike() },
        checkpoint: observer.checkpoint.bytes,
      });
      assert.deepEqual(resumed.model, undisturbed.model);
    });

    it('reads the files again where it died while reading, and reports their problems once', async () => {
      const node = alike();
      const broken = {
        ...data,
        files: [...data.files, { file: 'empty.conll', path: 'toy/empty.conll', content: '' }],
      };
      const observer = new Observer({ backends: { node }, data: broken });
      await until(() => node.trainers.length === 1);
      node.newest.kill();
      await observer.ended;
      assert.equal(node.trainers.length, 2);
      assert.equal(observer.of('problems').length, 1);
      assert.deepEqual(observer.model, undisturbed.model);
    });

    it('goes on in a worker thread when the page is closed', async () => {
      const node = alike(['cpu']);
      const gpu = new LocalBackend(['webgpu', 'webgl2'], (name) => fragileDevice(name));
      const kill = killOnce(() => gpu);
      const observer = await finished(
        { backends: { node, gpu }, settings: { ...settings, device: 'webgpu' } },
        (event) => {
          kill(event);
          if (event.type === 'epoch') gpu.closed = new WorkerError('The loss panel is closed.');
        },
      );
      assert.deepEqual(
        observer.of('moved').map(({ from, to }) => `${from} ${to}`),
        ['webgpu cpu'],
      );
      assert.equal(gpu.trainers.length, 1);
      assert.equal(node.trainers.length, 2, 'the files were read again');
      assert.deepEqual(observer.model, undisturbed.model);
    });

    it('goes on in a worker thread when the page is closed while the corpus is sent', async () => {
      const node = alike(['cpu']);
      const gpu = new LocalBackend(['webgpu', 'webgl2'], (name) => fragileDevice(name));
      const large = { ...data, files: [toyFile('train.conll', 12_000), toyFile('dev.conll', 20, 50_000)] };
      const observer = new Observer({
        backends: { node, gpu },
        data: large,
        settings: { ...auto, epochs: 1 },
      });
      await until(() => gpu.trainers.length === 1 && gpu.newest.asked.includes('chunk'));
      gpu.closed = new WorkerError('The loss panel is closed.');
      gpu.newest.kill('closed');
      await observer.ended;
      const [{ trials, device }] = observer.of('chosen');
      assert.deepEqual(
        [device, trials.map(({ why }) => why)],
        ['cpu', ['The trainer ended unexpectedly: closed.', 'The loss panel is closed.', undefined]],
      );
      assert.ok(observer.end.type === 'ended' && observer.end.reason === 'done');
      assert.equal(node.trainers.length, 1);
    });
  });
});
