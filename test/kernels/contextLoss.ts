/**
 * Takes the GPU away, as a driver's restart does. Import it before gpu.js makes its first context: it notes
 * them all.
 */

interface GpuDevice {
  readonly lost: Promise<unknown>;
  readonly queue: { onSubmittedWorkDone(): Promise<unknown> };
  destroy(): void;
  createBuffer(descriptor: { size: number; usage: number }): unknown;
}

interface GpuAdapterPrototype {
  requestDevice(descriptor?: object): Promise<GpuDevice>;
}

const webGl: WebGL2RenderingContext[] = [];
const webGpu: GpuDevice[] = [];

function noteWebGl(prototype: { getContext(...args: never[]): unknown }): void {
  const original = prototype.getContext;
  prototype.getContext = function (this: unknown, ...args: never[]) {
    const context = original.apply(this, args);
    if (context instanceof WebGL2RenderingContext) webGl.push(context);
    return context;
  };
}

function noteWebGpu(prototype: GpuAdapterPrototype): void {
  const original = prototype.requestDevice;
  prototype.requestDevice = async function (this: GpuAdapterPrototype, descriptor?: object) {
    const device = await original.call(this, descriptor);
    webGpu.push(device);
    return device;
  };
}

if (typeof HTMLCanvasElement === 'function') noteWebGl(HTMLCanvasElement.prototype);
// In a worker there is no other canvas.
else if (typeof OffscreenCanvas === 'function') noteWebGl(OffscreenCanvas.prototype);
// The compiler's DOM library has no WebGPU.
const { GPUAdapter: adapter } = globalThis as { GPUAdapter?: { prototype: GpuAdapterPrototype } };
if (adapter !== undefined) noteWebGpu(adapter.prototype);

async function loseContext(context: WebGL2RenderingContext): Promise<void> {
  if (context.isContextLost()) return;
  const lost = new Promise((resolve) =>
    context.canvas.addEventListener('webglcontextlost', resolve, { once: true }),
  );
  context.getExtension('WEBGL_lose_context')?.loseContext();
  await lost;
}

/** Takes all contexts and devices of one kind away from the page. */
export async function loseAll(kind: 'webgpu' | 'webgl2'): Promise<void> {
  if (kind === 'webgpu') {
    const devices = webGpu.splice(0);
    for (const device of devices) device.destroy();
    await Promise.all(devices.map(({ lost }) => lost));
  } else await Promise.all(webGl.splice(0).map(loseContext));
}

/** An error that belongs to no call of gpu.js: a buffer of an impossible usage. It is reported in a while. */
export function failSilently(): void {
  for (const device of webGpu) {
    device.createBuffer({ size: 16, usage: 0 });
    // Chromium keeps calls back until something waits for the queue.
    void device.queue.onSubmittedWorkDone();
  }
}
