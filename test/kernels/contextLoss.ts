/** Takes the GPU away, as a driver's restart does. */

interface Losing<T> {
  readonly result: T;
  lose(): Promise<void>;
}

/** Runs an action that makes a WebGL or WebGPU context; `lose` then takes away what the page got meanwhile. */
export async function losing<T>(action: () => Promise<T>): Promise<Losing<T>> {
  const contexts: WebGL2RenderingContext[] = [];
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its canvas below
  const original = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...args: Parameters<typeof original>) {
    const context = original.apply(this, args);
    if (context instanceof WebGL2RenderingContext) contexts.push(context);
    return context;
  } as typeof original;
  try {
    const result = await action();
    return {
      result,
      async lose() {
        for (const context of contexts) context.getExtension('WEBGL_lose_context')?.loseContext();
        await new Promise((resolve) => setTimeout(resolve, 50));
      },
    };
  } finally {
    HTMLCanvasElement.prototype.getContext = original;
  }
}
