/** What a GPU is called, for people: "NVIDIA GeForce RTX 3060", "SwiftShader (software)". */
import * as l10n from '../../common/l10n';

/** What WebGPU tells of an adapter. All may be empty: browsers hold back what would single a person out. */
export interface AdapterInfo {
  readonly vendor?: string;
  readonly architecture?: string;
  readonly device?: string;
  readonly description?: string;
  readonly isFallbackAdapter?: boolean;
}

/** Renderers that compute on the processor. */
const softwareRenderer =
  /swiftshader|llvmpipe|lavapipe|softpipe|swrast|openswr|basic render|\bwarp\b|gdi generic|software (renderer|rasterizer)/i;

/** A GPU as `auto` looks at it before it is measured. */
export interface GpuIdentity {
  /** What a person reads; undefined where the browser tells nothing. */
  readonly name?: string;
  /** It computes on the processor, and does that worse than the processor's own devices. */
  readonly software: boolean;
}

/** WebGPU's adapter. A fallback adapter is software, whatever it is called. */
export function adapterIdentity(info: AdapterInfo): GpuIdentity {
  const { vendor = '', isFallbackAdapter = false } = info;
  const software = isFallbackAdapter || softwareRenderer.test(`${vendor} ${allButVendor(info)}`);
  return { name: adapterName(info), software };
}

/** The renderer of a WebGL context, by its renderer string. */
export function rendererIdentity(renderer: string): GpuIdentity {
  return { name: rendererName(renderer), software: softwareRenderer.test(renderer) };
}

/** The name of WebGPU's adapter; undefined where the browser tells nothing. */
export function adapterName(info: AdapterInfo): string | undefined {
  const { vendor = '', architecture = '', device = '', description = '', isFallbackAdapter = false } = info;
  const known = softwareRenderer.exec(allButVendor(info));
  // Of software only the renderer matters: its vendor is whoever wrote it.
  if (known) return withKind(ownSpelling(known[0]), true);
  // A device is often only a number.
  const named = [description, /[a-z]{2}/i.test(device) ? device : ''].find((text) => text.trim() !== '');
  const name = named ?? [vendor, architecture].filter((text) => text !== '').join(' ');
  return name === '' ? undefined : withKind(name, isFallbackAdapter);
}

/**
 * The name in WebGL's renderer string, which wraps it: "ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 (0x00002504)
 * Direct3D11 vs_5_0 ps_5_0, D3D11)".
 */
export function rendererName(given: string): string | undefined {
  // No name is longer, and the patterns below take their time where there are very many spaces.
  const renderer = given.slice(0, 500);
  const known = softwareRenderer.exec(renderer);
  if (known) return withKind(ownSpelling(known[0]), true);
  const inner = /^ANGLE \((.*)\)$/s.exec(renderer.trim())?.[1];
  const device = inner === undefined ? renderer : (inner.split(', ').at(1) ?? inner);
  const name = device
    .replace(/^ANGLE Metal Renderer: /, '')
    .replace(/\s*\(0x[0-9a-f]+\)/gi, '')
    .replace(/\s+(Direct3D|OpenGL|Vulkan)\d*(\s.*)?$/i, '')
    .replace(/\/(PCIe|SSE2).*$/i, '')
    .trim();
  return name === '' ? undefined : name;
}

/** The name of the GPU behind a context of gpu.js's. */
export function gpuName(context: unknown): string | undefined {
  return gpuIdentity(context)?.name;
}

/**
 * The GPU behind a context of gpu.js's: WebGL's own, or an object with WebGPU's adapter. Undefined where the
 * context is of neither kind.
 */
export function gpuIdentity(context: unknown): GpuIdentity | undefined {
  if (typeof WebGL2RenderingContext === 'function' && context instanceof WebGL2RenderingContext) {
    const unmasked = context.getExtension('WEBGL_debug_renderer_info');
    const renderer: unknown = context.getParameter(unmasked?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER);
    return rendererIdentity(typeof renderer === 'string' ? renderer : '');
  }
  if (typeof context !== 'object' || context === null || !('adapter' in context)) return undefined;
  const { info, isFallbackAdapter } = context.adapter as {
    readonly info?: AdapterInfo;
    readonly isFallbackAdapter?: boolean;
  };
  // Properties of a platform object are not its own: a spread would lose them.
  const { vendor, architecture, device, description } = info ?? {};
  return adapterIdentity({
    vendor,
    architecture,
    device,
    description,
    isFallbackAdapter: info?.isFallbackAdapter ?? isFallbackAdapter,
  });
}

function allButVendor({ architecture = '', device = '', description = '' }: AdapterInfo): string {
  return `${architecture} ${device} ${description}`;
}

function withKind(name: string, software: boolean): string {
  return software ? l10n.t('{0} (software)', name) : name;
}

function ownSpelling(name: string): string {
  return /^swiftshader$/i.test(name) ? 'SwiftShader' : name;
}
