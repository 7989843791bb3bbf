/** The programs that a user would pick instead: where they are, and how they get there. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { npm } from '../../tools/children.mjs';
import { inProject } from '../../tools/paths.mjs';
import { runProgram } from '../programs';

/** The peers' scripts, beside the project. */
export const script = (...parts: string[]): string => inProject('..', 'shared', 'tools', 'peers', ...parts);
/** Where npm's are installed and CRFsuite is built; git ignores it. */
export const installed = (...parts: string[]): string => inProject('.peers', ...parts);

/** A peer that can be measured, or why not and what to do about it. */
export type Availability = { readonly available: true } | { readonly available: false; readonly why: string };
export const available: Availability = { available: true };

export const unavailable = (why: string): Availability => ({ available: false, why });

/** Says that the script of a peer is missing; undefined where it is there. */
export function scriptMissing(file: string): Availability | undefined {
  return existsSync(file) ? undefined : unavailable(`its script is not at ${file}`);
}

const tfjsPackages = ['@tensorflow/tfjs@4.22.0', '@tensorflow/tfjs-backend-wasm@4.22.0'];

export const howToInstall = {
  pytorch: 'apt-get install python3-torch libopenblas0-pthread',
  npm: 'npm run bench -- --install-peers',
};

/**
 * Installs TensorFlow.js and builds CRFsuite. PyTorch needs root: the user is told how.
 * @throws {Error} where the peers' scripts are missing, or npm or a compiler fails.
 */
export async function installPeers(print: (text: string) => void): Promise<void> {
  if (!existsSync(script('crfsuite', 'build.sh')))
    throw new Error(`The peers' scripts are not at ${script()}.`);
  mkdirSync(installed('tfjs'), { recursive: true });
  writeFileSync(installed('tfjs', 'package.json'), '{"private":true}\n');
  print(`TensorFlow.js into ${installed('tfjs')} …`);
  const [program, ...args] = npm();
  await runProgram(
    program,
    [...args, 'install', '--ignore-scripts', '--no-audit', '--no-fund', ...tfjsPackages],
    { cwd: installed('tfjs') },
  );
  print(`CRFsuite into ${installed('crf')} …`);
  await runProgram('bash', [script('crfsuite', 'build.sh'), installed('crf')]);
  print(`Done. PyTorch, as root: ${howToInstall.pytorch}`);
}
