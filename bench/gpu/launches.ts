/** How Chromium is started so that it computes on the GPU of this machine, without a window. */
import type { GpuDeviceName, GpuIdentity } from './gpuAnswers';

export interface Launch {
  readonly name: string;
  readonly args: readonly string[];
}

/**
 * Without a window Chromium takes software unless told otherwise, and keeps from WebGPU whatever its list of
 * tried GPUs does not have. What it knows of the GPU it keeps back, too, unless a developer asks.
 */
const common = [
  '--no-sandbox',
  '--enable-gpu',
  '--ignore-gpu-blocklist',
  '--enable-unsafe-webgpu',
  '--enable-webgpu-developer-features',
  // A large network in software is slow, which is no reason to end it.
  '--disable-gpu-watchdog',
];

/** A server has no display, so Vulkan is asked for no surface. */
const vulkan = ['--enable-features=Vulkan', '--disable-vulkan-surface'];

/**
 * In the order in which they are tried. On Linux WebGPU is Vulkan's, and WebGL 2 is Vulkan's or, where that
 * is software, OpenGL's by EGL; elsewhere Chromium knows by itself.
 */
export function launchesFor(device: GpuDeviceName, platform: NodeJS.Platform): readonly Launch[] {
  if (platform !== 'linux') return [{ name: 'Chromium’s own choice', args: common }];
  const byVulkan = { name: 'Vulkan', args: [...common, ...vulkan, '--use-angle=vulkan'] };
  const byOpenGl = { name: 'OpenGL', args: [...common, ...vulkan, '--use-angle=gl-egl'] };
  return device === 'webgpu' ? [byVulkan] : [byVulkan, byOpenGl];
}

/** A device that can be measured. */
export interface FoundGpu extends GpuIdentity {
  readonly launch: Launch;
}

/** A device as it was found, or why it cannot be had. */
export type Attempt = FoundGpu | { readonly missing: string };

/** A GPU before software, else what was found first; and where nothing was, all reasons. */
export function bestAttempt(attempts: readonly Attempt[]): Attempt {
  const found = attempts.filter((attempt) => 'launch' in attempt);
  const best = found.find(({ software }) => !software) ?? found.at(0);
  if (best) return best;
  const reasons = attempts.flatMap((attempt) => ('missing' in attempt ? [attempt.missing] : []));
  return { missing: [...new Set(reasons)].join(' ') };
}
