/**
 * The devices, and what is known of each without opening it. How one is opened stands in `engine/devices.ts`
 * (Node) or `engine/gpuDevices.ts` (a page), by the names given here, so that neither bundle holds what only
 * the other can open. A new device is its folder, an entry here and a line there.
 */

export interface DeviceFacts {
  /** What a person reads: "WebGPU". */
  readonly title: string;
  /** Where it is opened: in Node (a worker thread, the command line), or in the loss panel's page. */
  readonly runtime: 'node' | 'page';
  /** Whether `auto` may take it, and the settings editor offers it. */
  readonly automatic: boolean;
  /** A GPU wants large batches; a processor gains little from them. */
  readonly isGpu: boolean;
  /** Whether it makes use of more than one thread. */
  readonly threaded: boolean;
  readonly precision: 'float32' | 'float64';
  /** The most memory that it can address, where that is less than what the machine has. */
  readonly addressableBytes?: number;
}

/**
 * In the order in which `auto` measures them, and takes them where nothing was measured: what drops the slow
 * ones early comes first.
 */
export const devices = {
  simd: {
    title: 'WebAssembly SIMD',
    runtime: 'node',
    automatic: true,
    isGpu: false,
    threaded: true,
    precision: 'float32',
    // WebAssembly counts bytes in 32 bits.
    addressableBytes: 2 ** 32,
  },
  webgpu: {
    title: 'WebGPU',
    runtime: 'page',
    automatic: true,
    isGpu: true,
    threaded: false,
    precision: 'float32',
  },
  webgl2: {
    title: 'WebGL 2',
    runtime: 'page',
    automatic: true,
    isGpu: true,
    threaded: false,
    precision: 'float32',
  },
  webasm: {
    title: 'WebAssembly',
    runtime: 'node',
    automatic: true,
    isGpu: false,
    // Its threads meet after every kernel call: on these networks they cost more than they bring.
    threaded: false,
    precision: 'float32',
  },
  cpu: {
    title: 'JavaScript',
    runtime: 'node',
    automatic: true,
    isGpu: false,
    threaded: false,
    precision: 'float32',
  },
  reference: {
    title: 'Reference',
    runtime: 'node',
    // For tests: slow, and taken only where it is named.
    automatic: false,
    isGpu: false,
    threaded: false,
    precision: 'float64',
  },
} as const satisfies Readonly<Record<string, DeviceFacts>>;

/** A device by name. */
export type DeviceName = keyof typeof devices;

/** The devices that are opened there. */
export type DeviceIn<Runtime extends DeviceFacts['runtime']> = {
  [Name in DeviceName]: (typeof devices)[Name]['runtime'] extends Runtime ? Name : never;
}[DeviceName];

export const deviceNames = Object.keys(devices) as DeviceName[];

/** What is known of a device, whichever it is: with the facts that not every device has. */
export function deviceFacts(name: DeviceName): DeviceFacts {
  return devices[name];
}

export function isDeviceName(value: unknown): value is DeviceName {
  return typeof value === 'string' && Object.hasOwn(devices, value);
}

/** The names of those that are opened there. */
export function devicesIn<Runtime extends DeviceFacts['runtime']>(runtime: Runtime): DeviceIn<Runtime>[] {
  return deviceNames.filter((name): name is DeviceIn<Runtime> => devices[name].runtime === runtime);
}
