import assert from 'node:assert/strict';
import { bars, judge } from '../../../bench/bars';
import { gpuFigures, gpuReaches, gpuTable } from '../../../bench/gpu/gpuReport';
import type { ContenderName, Gpus, MeasuredShape } from '../../../bench/gpu/gpuReport';
import { bestAttempt, launchesFor } from '../../../bench/gpu/launches';
import type { FoundGpu } from '../../../bench/gpu/launches';
import { measureShape } from '../../../bench/gpu/measureShape';
import type { GpuContender } from '../../../bench/gpu/readyContender';
import { barSizes, gpuShapes, whyNotTried } from '../../../bench/gpu/sizes';
import type { TookTooLong } from '../../../bench/gpu/sizes';
import { checkOf } from '../../../bench/step/agreement';

const [vulkan, openGl] = launchesFor('webgl2', 'linux');
const card: FoundGpu = {
  description: 'WebGPU on NVIDIA H200',
  software: false,
  told: { vendor: 'nvidia', architecture: 'hopper', description: 'NVIDIA H200' },
  launch: vulkan,
};
const renderer =
  'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)';
const software: FoundGpu = {
  description: 'WebGL 2 on SwiftShader (software)',
  software: true,
  told: { renderer, vendor: 'Google Inc. (Google)' },
  launch: vulkan,
};
const gpus: Gpus = { webgpu: card, webgl2: software };
const sizes = (H: number, B: number) => ({ T: 25, E: 64, L: 17, K: 10_000, H, B });
const atBar: MeasuredShape = {
  shape: sizes(barSizes.H, barSizes.B),
  outcomes: {
    simd: { results: [40, 60, 50] },
    webgpu: { results: [10, 8, 5] },
    webgl2: { failed: 'took longer than 15 s' },
  },
};

describe('bench: which sizes GPUs are measured at', () => {
  it('goes from small to large, through the sizes of the bar; a quick run takes the smallest', () => {
    const all = gpuShapes(false);
    assert.deepEqual(
      all.map(({ H, B }) => [H, B]),
      [128, 256, 512, 1024].flatMap((H) => [16, 64, 256].map((B) => [H, B])),
    );
    assert.ok(all.some(({ H, B }) => H === barSizes.H && B === barSizes.B));
    assert.deepEqual(gpuShapes(true), all.slice(0, 1));
  });

  it('tries nobody at sizes that are no smaller than those it took too long for', () => {
    const late: TookTooLong[] = [{ contender: 'webgl2', shape: sizes(256, 64), seconds: 15 }];
    const why = (contender: string, H: number, B: number) => whyNotTried(contender, sizes(H, B), late);
    assert.equal(why('webgl2', 512, 64), 'not tried: at H=256, B=64 it took longer than 15 s');
    assert.ok(why('webgl2', 256, 64) !== undefined && why('webgl2', 1024, 256) !== undefined);
    for (const [H, B] of [
      [512, 16],
      [128, 256],
    ])
      assert.equal(why('webgl2', H, B), undefined);
    assert.equal(why('webgpu', 1024, 256), undefined);
  });

  it('checks small networks over twelve steps, and large ones over what float64 computes in seconds', () => {
    const checked = (H: number, B: number) => {
      const { shape, steps } = checkOf(sizes(H, B));
      assert.deepEqual([shape.H, shape.B], [H, B]);
      return [shape.T, steps];
    };
    assert.deepEqual(checked(128, 16), [6, 12]);
    assert.deepEqual(checked(512, 32), [6, 12]);
    assert.deepEqual(checked(512, 256), [3, 4]);
    assert.deepEqual(checked(1024, 256), [2, 4]);
  });
});

describe('bench: where GPUs are looked for', () => {
  it('asks Chromium on Linux for Vulkan and WebGPU, and WebGL 2 of OpenGL, too', () => {
    assert.deepEqual(launchesFor('webgpu', 'linux'), [vulkan]);
    for (const flag of ['--enable-gpu', '--enable-unsafe-webgpu', '--use-angle=vulkan'])
      assert.ok(vulkan.args.includes(flag), flag);
    assert.ok(openGl.args.includes('--use-angle=gl-egl'));
    assert.ok(!launchesFor('webgl2', 'darwin')[0].args.some((flag) => /vulkan/i.test(flag)));
  });

  it('takes a GPU before software, software before nothing, and tells all reasons where there is nothing', () => {
    const missing = { missing: 'no context.' };
    const byOpenGl = { ...card, launch: openGl };
    assert.equal(bestAttempt([missing, software, byOpenGl]), byOpenGl);
    assert.equal(bestAttempt([missing, software]), software);
    assert.deepEqual(bestAttempt([missing, { missing: 'no driver.' }, missing]), {
      missing: 'no context. no driver.',
    });
  });
});

describe('bench: one size on GPUs', () => {
  const expected = [3, 2];

  /** Steps of a GPU that is made up. */
  function contender(
    name: ContenderName,
    round: () => Promise<number>,
    prepare: (losses: readonly number[]) => Promise<void> = () => Promise.resolve(),
    first: readonly number[] = [3.5, 3.4],
  ) {
    const events: string[] = [];
    const made: GpuContender = {
      name,
      seconds: 1,
      open: () =>
        Promise.resolve({
          prepare: (_shape, losses) => prepare(losses),
          steps: (count) => Promise.resolve(first.slice(0, count)),
          round: () => {
            events.push('round');
            return round();
          },
          close: () => {
            events.push('closed');
            return Promise.resolve();
          },
        }),
    };
    return { made, events };
  }

  async function measure(
    simd: GpuContender,
    others: readonly GpuContender[],
    tookTooLong: TookTooLong[] = [],
  ) {
    let asked = 0;
    const told: string[] = [];
    const outcomes = await measureShape(
      {
        simd,
        gpus: others,
        losses: () => {
          asked++;
          return Promise.resolve(expected);
        },
        rounds: 2,
        roundMs: 1,
        enoughSeconds: 60,
        tell: (text) => told.push(text),
      },
      sizes(128, 64),
      tookTooLong,
    );
    return { outcomes, asked, told, tookTooLong };
  }

  it('times rounds of all in turn after one that does not count, and ends them', async () => {
    const simd = contender('simd', () => Promise.resolve(4));
    const webgpu = contender('webgpu', () => Promise.resolve(1));
    const { outcomes, told } = await measure(simd.made, [webgpu.made]);
    assert.deepEqual(outcomes, { simd: { results: [4, 4] }, webgpu: { results: [1, 1] } });
    for (const { events } of [simd, webgpu]) assert.deepEqual(events, ['round', 'round', 'round', 'closed']);
    assert.deepEqual(
      told.slice(-4).map((text) => text.split(', ').slice(1).join(', ')),
      [
        'B=64: simd, round 1 of 2',
        'B=64: webgpu, round 1 of 2',
        'B=64: simd, round 2 of 2',
        'B=64: webgpu, round 2 of 2',
      ],
    );
  });

  it('does not time one that computes something else, and says so', async () => {
    const simd = contender('simd', () => Promise.resolve(4));
    const wrong = contender(
      'webgpu',
      () => Promise.resolve(0),
      (losses) => Promise.reject(new Error(`webgpu does not compute ${losses.join()}`)),
    );
    const webgl2 = contender('webgl2', () => Promise.resolve(2));
    const { outcomes, tookTooLong } = await measure(simd.made, [wrong.made, webgl2.made]);
    assert.deepEqual(outcomes, {
      simd: { results: [4, 4] },
      webgpu: { failed: 'webgpu does not compute 3,2' },
      webgl2: { results: [2, 2] },
    });
    assert.deepEqual(wrong.events, ['closed']);
    assert.deepEqual(tookTooLong, []);
  });

  it('does not time one that computes something else at the sizes that are timed', async () => {
    const simd = contender('simd', () => Promise.resolve(4));
    const lost = contender('webgl2', () => Promise.resolve(0), undefined, [3.5, 0]);
    const close = contender('webgpu', () => Promise.resolve(1), undefined, [3.5001, 3.4001]);
    const { outcomes } = await measure(simd.made, [close.made, lost.made]);
    assert.deepEqual(outcomes.webgpu, { results: [1, 1] });
    assert.deepEqual(outcomes.webgl2, {
      failed: 'webgl2 does not compute this step: its loss in step 2 is 0, but must be 3.4.',
    });
    assert.deepEqual(lost.events, ['closed']);
  });

  it('gives up one that never gets ready, remembers it, and does not time simd alone', async () => {
    const simd = contender('simd', () => Promise.resolve(4));
    const stuck = contender(
      'webgl2',
      () => Promise.resolve(1),
      () => new Promise(() => undefined),
    );
    const { outcomes, tookTooLong } = await measure(simd.made, [{ ...stuck.made, seconds: 0.01 }]);
    assert.deepEqual(outcomes, { webgl2: { failed: 'took longer than 0.01 s' } });
    assert.deepEqual([stuck.events, simd.events], [['closed'], ['round', 'closed']]);
    assert.deepEqual(tookTooLong, [{ contender: 'webgl2', shape: sizes(128, 64), seconds: 0.01 }]);
  });

  it('ends at once one that fails in a round, and goes on with the others', async () => {
    let simdRounds = 0;
    const simd = contender('simd', () => Promise.resolve(++simdRounds));
    let rounds = 0;
    const lost = contender('webgpu', () =>
      ++rounds < 3 ? Promise.resolve(1) : Promise.reject(new Error('its context was lost')),
    );
    const { outcomes } = await measure(simd.made, [lost.made]);
    assert.deepEqual(outcomes.webgpu, { failed: 'its context was lost' });
    assert.deepEqual(outcomes.simd, { results: [2, 3] });
    assert.deepEqual(lost.events, ['round', 'round', 'round', 'closed']);
  });

  it('starts nobody where no GPU is tried', async () => {
    const simd = contender('simd', () => Promise.resolve(4));
    const webgpu = contender('webgpu', () => Promise.resolve(1));
    const late = [{ contender: 'webgpu', shape: sizes(128, 16), seconds: 15 }];
    const { outcomes, asked } = await measure(simd.made, [webgpu.made], late);
    assert.deepEqual(outcomes, {
      webgpu: { failed: 'not tried: at H=128, B=16 it took longer than 15 s' },
    });
    assert.deepEqual([asked, simd.events, webgpu.events], [0, [], []]);
  });
});

describe('bench: GPU report', () => {
  it('shows each device beside simd, names the GPU, and says why something was not measured', () => {
    const { title, columns, rows, notes = [] } = gpuTable(gpus, [atBar]);
    assert.match(title, /H=512/);
    assert.deepEqual(
      rows.map((cells) => [
        cells[0],
        cells[1],
        cells[columns.indexOf('ms')],
        cells[columns.indexOf('against simd')],
      ]),
      [
        ['64', 'simd, 2 threads', '50', ''],
        ['64', 'WebGPU', '8', '6.25×'],
      ],
    );
    // Rounds: 4, 7.5 and 10.
    assert.equal(rows[1][columns.indexOf('by rounds')], '5.75–8.75');
    assert.equal(rows[1][columns.indexOf('tokens/s')], '200,000');
    assert.deepEqual(notes, [
      'WebGPU on NVIDIA H200, by Vulkan: nvidia, hopper, NVIDIA H200.',
      `WebGL 2 on SwiftShader (software), by Vulkan: ${renderer}. This is software on the processor: it says nothing of a GPU.`,
      'Not measured: WebGL 2, B=64: took longer than 15 s',
    ]);
  });

  it('compares over the rounds that both took part in', () => {
    const fewer: MeasuredShape = {
      ...atBar,
      outcomes: { simd: { results: [40, 60, 50] }, webgpu: { results: [10] } },
    };
    assert.deepEqual(gpuReaches(gpus, [fewer]), { gpuStep: 4 });
  });

  it('writes for a program what was measured, and what was not with its reason', () => {
    const { shapes } = gpuFigures(gpus, [atBar]) as { shapes: { contenders: Record<string, unknown>[] }[] };
    const [simd, webgpu, webgl2] = shapes[0].contenders;
    assert.deepEqual([simd.name, simd.threads, simd.ms, simd.rounds], ['simd', 2, 50, [40, 60, 50]]);
    assert.deepEqual(webgpu.againstSimd, { ratio: 6.25, low: 5.75, high: 8.75 });
    assert.deepEqual(webgl2, { name: 'webgl2', failed: 'took longer than 15 s' });
  });

  it('holds WebGPU on a GPU against the bar, and leaves it open for software and what was not measured', () => {
    const met = (reached: ReturnType<typeof gpuReaches>) => judge(reached).map((bar) => bar.met);
    assert.deepEqual(gpuReaches(gpus, [atBar]), { gpuStep: 6.25 });
    assert.deepEqual(met(gpuReaches(gpus, [atBar])), [true]);
    const slow: MeasuredShape = {
      ...atBar,
      outcomes: { simd: { results: [bars.gpuStep.limit - 0.1] }, webgpu: { results: [1] } },
    };
    assert.deepEqual(met(gpuReaches(gpus, [slow])), [false]);
    const open = (webgpu: Gpus['webgpu'], shapes: MeasuredShape[]) => {
      const reached = gpuReaches({ ...gpus, webgpu }, shapes);
      assert.deepEqual(met(reached), [undefined]);
      return (reached.gpuStep as { missing: string }).missing;
    };
    assert.match(open({ ...card, software: true }, [slow]), /is no GPU$/);
    assert.equal(open({ missing: 'There is no adapter.' }, []), 'There is no adapter.');
    assert.match(open(card, [{ ...atBar, shape: sizes(128, 16) }]), /smaller sizes/);
    const without = (name: ContenderName): MeasuredShape => ({
      ...atBar,
      outcomes: { ...atBar.outcomes, [name]: { failed: 'lost' } },
    });
    assert.equal(open(card, [without('webgpu')]), 'WebGPU: lost');
    assert.equal(open(card, [without('simd')]), 'simd, 2 threads: lost');
  });
});
