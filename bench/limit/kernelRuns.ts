/** The kernels that are held against the limit of the core, on one thread. */
import { openDevice } from '../../src/engine/devices';
import type { Matrix, MatrixData, Shape } from '../../src/kernels/kernels';
import type { Program } from '../../src/kernels/program';
import { devices, devicesIn } from '../../src/kernels/registry';
import type { DeviceName } from '../../src/kernels/registry';

export type KernelKind = 'product' | 'matrix-vector';

export interface KernelRun {
  readonly device: string;
  /** What a person reads: the operation with its shapes. */
  readonly name: string;
  readonly kind: KernelKind;
  /** Multiplications and additions of one call. */
  readonly operations: number;
  /** @throws where it cannot be had here, with a reason to print. */
  prepare(): Promise<PreparedKernel>;
}

export interface PreparedKernel {
  call(): unknown;
  dispose(): void;
}

/** Of a minibatch's sweep: R = T·B rows. */
const [T, B, H] = [25, 32, 128];
const R = T * B;

interface Measured {
  readonly name: string;
  readonly kind: KernelKind;
  readonly operations: number;
  readonly program: Program<Record<string, Matrix>, Record<string, Matrix>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

const shape = (rows: number, columns: number): Shape => ({ rows, columns });

const measured: readonly Measured[] = [
  {
    name: `affine ${R}×${H} · ${H}×${H}`,
    kind: 'product',
    operations: 2 * R * H * H,
    program: (kernels, { x, W, b }) => ({ y: kernels.affine(x, W, b) }),
    shapes: { x: shape(R, H), W: shape(H, H), b: shape(1, H) },
  },
  {
    name: `product ${R}×${H} · ${H}×${H}`,
    kind: 'product',
    operations: 2 * R * H * H,
    program: (kernels, { x, W }) => ({ y: kernels.product(x, W) }),
    shapes: { x: shape(R, H), W: shape(H, H) },
  },
  {
    name: `outerSum ${H}×${R} · ${R}×${H}`,
    kind: 'product',
    operations: 2 * R * H * H,
    program: (kernels, { a, x }) => ({ y: kernels.outerSum(a, x) }),
    shapes: { a: shape(R, H), x: shape(R, H) },
  },
  {
    name: `recur ${H}×${H}, ${T} steps of 1`,
    kind: 'matrix-vector',
    operations: 2 * T * H * H,
    program: (kernels, { p, U, h0, mask }) => ({
      h: kernels.recur(p, U, h0, mask, { activation: 'relu', direction: 'leftToRight' }).h,
    }),
    shapes: { p: shape(T, H), U: shape(H, H), h0: shape(1, H), mask: shape(T, 1) },
  },
];

/** Through the device's plan: what a program that consists of this operation takes. */
function planRun(device: DeviceName, { name, kind, operations, program, shapes }: Measured): KernelRun {
  return {
    device,
    name,
    kind,
    operations,
    async prepare() {
      const opened = await openDevice(device, 1);
      const plan = await opened.compile(program, shapes);
      const inputs: Record<string, MatrixData> = {};
      for (const [input, { rows, columns }] of Object.entries(shapes))
        inputs[input] = opened.allocate(rows * columns).fill(1 / H);
      return {
        call: () => plan.run(inputs),
        dispose() {
          plan.dispose();
          opened.dispose();
        },
      };
    },
  };
}

const float32Devices = devicesIn('node').filter((name) => devices[name].precision === 'float32');

export const kernelRuns: readonly KernelRun[] = float32Devices.flatMap((device) =>
  measured.map((operation) => planRun(device, operation)),
);
