import { existsSync } from 'node:fs';
import { jsonLines, runProgram } from '../programs';
import type { StepShape } from '../step/stepData';
import { available, howToInstall, installed, script, scriptMissing, unavailable } from './peers';
import type { Availability } from './peers';

/** Whether its script has this shape. */
export function tfjsHas({ B, T, E, H, L }: StepShape): boolean {
  return (B === 1 || B === 32) && T === 25 && E === 64 && H === 128 && L === 17;
}

export function tfjsAvailability(): Availability {
  const missing = scriptMissing(script('tfjs_rnn.mjs'));
  if (missing) return missing;
  return existsSync(installed('tfjs', 'node_modules', '@tensorflow', 'tfjs-backend-wasm'))
    ? available
    : unavailable(`not installed: ${howToInstall.npm}`);
}

/** Milliseconds a step of the wasm backend. The script measures both of its batch sizes each time. */
export async function tfjsStep({ B }: StepShape): Promise<{ ms: number; peakBytes?: number }> {
  const { stdout, peakBytes } = await runProgram(process.execPath, [script('tfjs_rnn.mjs'), 'wasm'], {
    cwd: installed('tfjs'),
  });
  const result = jsonLines(stdout).find(({ batch }) => batch === B);
  if (typeof result?.ms !== 'number') throw new Error(`TensorFlow.js's script told no time: ${stdout}`);
  return { ms: result.ms, peakBytes };
}
