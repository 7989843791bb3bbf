import assert from 'node:assert/strict';
import { Emitter } from '../../../src/common/events';
import type { TrainerBackend } from '../../../src/engine/backend';
import type { DeviceChoices } from '../../../src/engine/deviceChoice';
import { RunDevices } from '../../../src/engine/runDevices';
import { TrainerPool } from '../../../src/engine/trainerPool';
import type { TrainerEvent, TrainerRequest } from '../../../src/engine/trainerProtocol';
import type { DeviceName } from '../../../src/kernels/registry';
import type { DeviceChoice, DeviceTrial } from '../../../src/run/deviceTrial';
import { factsOf } from '../../../src/training/corpusFacts';
import { completeSettings } from '../../../src/training/defaults';
import { resolveSettings } from '../../../src/training/resolveSettings';
import { corpusOf, smallLanguage } from '../training/corpora';

const facts = factsOf(corpusOf({ training: smallLanguage(20, 1) }));
const settings = completeSettings({ device: 'auto', epochs: 2 });
const data = { corpus: 'c', corpusName: 'c', column: 'L', files: [], replaceInvalidBytes: false };

interface Machine {
  /** Tokens per second of a device at each of its turns, from 0. */
  readonly rate: (device: DeviceName, turn: number) => number;
  readonly software?: readonly DeviceName[];
  readonly memoryBytes?: number;
}

/** A machine whose devices are as fast as the test says; no clock runs. Notes what trainers are asked. */
class TestMachine {
  readonly asked: string[] = [];
  readonly told: string[] = [];
  readonly kept = new Map<string, DeviceChoice>();
  private readonly turns = new Map<DeviceName, number>();
  readonly choices: DeviceChoices = {
    get: (key) => this.kept.get(key),
    set: (key, choice) => void this.kept.set(key, choice),
    delete: (key) => void this.kept.delete(key),
    all: () => [...this.kept],
  };

  constructor(private readonly machine: Machine) {}

  /** The devices of a run with so many hidden units. */
  async run(hidden = 8): Promise<RunDevices> {
    const given = { ...settings, hidden };
    const pool = new TrainerPool(
      { node: this.backend(['simd', 'webasm', 'cpu']), gpu: this.backend(['webgpu', 'webgl2']) },
      data,
      given,
      () => undefined,
    );
    await pool.node();
    return new RunDevices(pool, facts, resolveSettings(given, facts), {
      settings: given,
      threads: 1,
      memoryBytes: this.machine.memoryBytes ?? 8e9,
      installation: { machine: 'm', version: '1' },
      choices: this.choices,
    });
  }

  async choose(run: RunDevices): Promise<DeviceChoice & { readonly remembered: boolean }> {
    return run.choose({
      ready: async () => undefined,
      measuring: (devices) => void this.told.push(devices.join(' ')),
    });
  }

  turnsOf(device: DeviceName): number {
    return this.turns.get(device) ?? 0;
  }

  private backend(devices: readonly DeviceName[]): TrainerBackend {
    return {
      devices,
      open: async () => {
        const messages = new Emitter<TrainerEvent>();
        const send = (...events: TrainerEvent[]): void => {
          setImmediate(() => events.forEach((event) => messages.fire(event)));
        };
        return {
          onMessage: messages.event,
          onDeath: new Emitter<Error>().event as never,
          dispose: () => undefined,
          post: (request) => this.answer(request, send),
        };
      },
    };
  }

  private answer(request: TrainerRequest, send: (...events: TrainerEvent[]) => void): void {
    const { rate, software = [] } = this.machine;
    this.asked.push('device' in request ? `${request.type} ${request.device}` : request.type);
    switch (request.type) {
      case 'read':
        return send({ type: 'corpusReady', facts });
      case 'sendCorpus':
        return send({
          type: 'chunk',
          chunk: { kind: 'numbers', name: '', bytes: new Uint8Array(1) } as never,
          last: true,
        });
      case 'chunk':
        return send({ type: 'received' }, { type: 'corpusReady', facts });
      case 'find': {
        const { device } = request;
        return send({
          type: 'found',
          device,
          description: `${device}!`,
          software: software.includes(device),
        });
      }
      case 'measure': {
        const { device, best } = request;
        const turn = this.turnsOf(device);
        this.turns.set(device, turn + 1);
        const tokensPerSecond = rate(device, turn);
        const givenUp = tokensPerSecond < best / 4;
        return send({ type: 'measured', device, description: device, tokensPerSecond, givenUp });
      }
      default:
    }
  }
}

const rates: Record<string, number> = { simd: 1000, webasm: 300, cpu: 100, webgpu: 5000, webgl2: 4000 };
const usual = (device: DeviceName): number => rates[device];
const trialOf = ({ trials }: DeviceChoice, name: DeviceName): DeviceTrial | undefined =>
  trials.find(({ device }) => device === name);

describe('The measuring of devices on auto', () => {
  it('leaves software renderers out: they are neither opened nor sent the corpus, and the list says so', async () => {
    const machine = new TestMachine({ rate: usual, software: ['webgpu', 'webgl2'] });
    const choice = await machine.choose(await machine.run());
    assert.equal(choice.device, 'simd');
    for (const device of ['webgpu', 'webgl2'] as const)
      assert.deepEqual(trialOf(choice, device), {
        device,
        description: `${device}!`,
        why: 'software renderer, not measured',
      });
    assert.ok(
      !machine.asked.some((asked) => /sendCorpus|measure web(gpu|gl2)/.test(asked)),
      machine.asked.join(),
    );
    assert.equal(machine.kept.size, 1, 'that holds for later runs too');
  });

  it('measures a GPU beside a software renderer', async () => {
    const machine = new TestMachine({ rate: usual, software: ['webgl2'] });
    const choice = await machine.choose(await machine.run());
    assert.equal(choice.device, 'webgpu');
    assert.equal(trialOf(choice, 'webgpu')?.tokensPerSecond, 5000);
    assert.equal(trialOf(choice, 'webgl2')?.tokensPerSecond, undefined);
  });

  it('is not decided by a busy moment, wherever in the turns it comes', async () => {
    for (let busy = 0; busy < 5; busy++) {
      const machine = new TestMachine({
        rate: (device, turn) => usual(device) / (turn === busy ? 50 : 1),
      });
      assert.equal((await machine.choose(await machine.run())).device, 'webgpu', `in turn ${busy}`);
    }
    const stalled = new TestMachine({
      rate: (device, turn) => usual(device) / (device === 'webgpu' && turn === 2 ? 1000 : 1),
    });
    const choice = await stalled.choose(await stalled.run());
    assert.equal(trialOf(choice, 'webgpu')?.tokensPerSecond, 5000);
  });

  it('measures nothing where no other device can be faster', async () => {
    const machine = new TestMachine({ rate: usual, software: ['webgpu', 'webgl2'] });
    const choice = await machine.choose(await machine.run());
    assert.deepEqual([choice.device, choice.remembered], ['simd', false]);
    assert.deepEqual(trialOf(choice, 'simd'), { device: 'simd', description: 'WebAssembly SIMD' });
    assert.ok(!machine.asked.some((asked) => asked.startsWith('measure')), machine.asked.join());
    assert.equal((await machine.choose(await machine.run())).remembered, true);
  });

  it('measures a GPU against the fastest of the processor alone', async () => {
    const machine = new TestMachine({ rate: (device) => (device === 'simd' ? 6000 : usual(device)) });
    const run = await machine.run();
    const choice = await machine.choose(run);
    assert.equal(choice.device, 'simd');
    assert.deepEqual([machine.turnsOf('webasm'), machine.turnsOf('cpu')], [0, 0]);
    // They are there all the same, after all that were measured.
    run.exclude('simd');
    run.exclude('webgpu');
    run.exclude('webgl2');
    assert.equal(run.next, 'webasm');
  });

  it('takes figures again that contradict this machine’s other runs', async () => {
    let slow = false;
    const machine = new TestMachine({
      rate: (device, turn) =>
        slow && device === 'webgpu' && turn < 7 ? 200 : device === 'webgl2' ? 10 : usual(device),
    });
    assert.equal((await machine.choose(await machine.run(8))).device, 'webgpu');
    slow = true;
    const other = await machine.choose(await machine.run(16));
    assert.deepEqual([other.device, other.remembered], ['webgpu', false]);
  });

  it('closes each device that it has measured, at once where memory has no room for all', async () => {
    const wide = new TestMachine({ rate: usual });
    await wide.choose(await wide.run());
    const narrow = new TestMachine({ rate: usual, memoryBytes: 1 });
    await narrow.choose(await narrow.run());
    for (const device of ['simd', 'webgpu', 'webgl2'] as const) {
      const of = (machine: TestMachine): string[] =>
        machine.asked.filter((asked) => asked.endsWith(` ${device}`) && !asked.startsWith('find'));
      assert.equal(of(wide).filter((asked) => asked.startsWith('release')).length, 1);
      assert.equal(of(wide).at(-1), `release ${device}`);
      of(narrow).forEach((asked, i) =>
        assert.ok(i % 2 === 0 || asked.startsWith('release'), of(narrow).join()),
      );
    }
  });

  it('tells which devices it measures: one by one at first, then those that are compared', async () => {
    const machine = new TestMachine({ rate: usual, software: ['webgl2'] });
    await machine.choose(await machine.run());
    assert.deepEqual(machine.told, ['webgpu', 'webgl2', 'simd', 'webgpu', 'simd webgpu', 'webgpu']);
  });
});

describe('What is remembered of devices', () => {
  it('is forgotten where a run is far faster or slower than what was measured', async () => {
    for (const [speed, holds] of [
      [5000, true],
      [2000, true],
      [14_000, true],
      [1600, false],
      [15_100, false],
      [0, false],
    ] as const) {
      const machine = new TestMachine({ rate: usual });
      const run = await machine.run();
      await machine.choose(run);
      run.confirm('simd', 1);
      assert.equal(machine.kept.size, 1, 'it is not the device that was taken');
      run.confirm('webgpu', speed);
      assert.equal(machine.kept.size, holds ? 1 : 0, String(speed));
      const next = await machine.choose(await machine.run());
      assert.equal(next.remembered, holds, String(speed));
    }
  });
});
