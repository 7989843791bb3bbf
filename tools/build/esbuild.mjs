// Bundles everything that ships into dist/, and the tests into out/. `--tests` adds the tests, `--bench` the
// benchmarks. `--debug` keeps names and adds source maps; `--watch` does, too, and rebuilds on change.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, context } from 'esbuild';
import { inProject, root } from '../paths.mjs';
import { assembly } from './assembly.mjs';
import { noticesOf } from './notices.mjs';

const watch = process.argv.includes('--watch');
const debug = watch || process.argv.includes('--debug');
const tests = process.argv.includes('--tests');
const bench = process.argv.includes('--bench');

/** Says when bundles are built and when all of them are, for the editor's task. */
function progress() {
  return {
    name: 'progress',
    setup({ onStart, onEnd }) {
      onStart(() => void (building++ === 0 && console.log('Building…')));
      onEnd(() => void (--building === 0 && console.log('Built.')));
    },
  };
}
let building = 0;

/** What every bundle shares. Names are kept because kernels are parsed from their source. */
const common = {
  bundle: true,
  minify: !debug,
  keepNames: false,
  target: 'es2022',
  logLevel: 'warning',
  legalComments: 'none',
  sourcemap: debug ? 'inline' : false,
  plugins: [assembly(), ...(watch ? [progress()] : [])],
};

/**
 * Runs in Node: the extension host, worker threads and the command line. gpu.js's native back ends are never
 * reached.
 */
const node = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode', 'gl', 'webgpu'],
};

/** gpu.js in a file of its own, which those that run in Node share and load where a device needs it. */
const sharedGpuJs = {
  name: 'shared gpu.js',
  setup({ onResolve }) {
    onResolve({ filter: /^gpu\.js$/ }, ({ kind }) =>
      kind === 'entry-point' ? undefined : { path: './gpu.js', external: true },
    );
  },
};

const inNode = { ...node, plugins: [...node.plugins, sharedGpuJs] };

/** Runs in the page of a webview, or in a worker of it: one file each, no imports. */
const page = { ...common, platform: 'browser', format: 'iife' };

const bundles = [
  { ...inNode, entryPoints: { extension: 'src/extension.ts' } },
  {
    ...inNode,
    entryPoints: {
      foldJudge: 'src/engine/node/foldJudge.ts',
      gpu: 'gpu.js',
      labelErrors: 'src/engine/node/labelErrors.ts',
      reader: 'src/engine/node/reader.ts',
      trainer: 'src/engine/node/trainer.ts',
      tagger: 'src/engine/node/tagger.ts',
    },
  },
  { ...inNode, entryPoints: { cli: 'src/cli/main.ts' }, banner: { js: '#!/usr/bin/env node' } },
  {
    ...page,
    entryPoints: { panel: 'src/panel/client/main.ts', network: 'src/panel/client/network/main.ts' },
    loader: { '.css': 'css' },
  },
  { ...page, entryPoints: { gpuTrainer: 'src/engine/web/trainer.ts' } },
].map((options) => ({ ...options, outdir: 'dist', metafile: true }));

/** Test files keep their packages external, so that mocha and fast-check are shared. */
function testFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.test\.ts$|^index\.ts$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

if (tests) {
  const testPrograms = [
    ...testFiles('test/unit'),
    ...testFiles('test/fuzz'),
    ...testFiles('test/faults'),
    'test/faults/windowProcess.ts',
    ...testFiles('test/kernels'),
    ...testFiles('test/extension'),
    ...testFiles('test/e2e'),
    ...testFiles('test/panel'),
  ];
  bundles.push({
    ...node,
    minify: false,
    sourcemap: 'inline',
    packages: 'external',
    entryPoints: testPrograms,
    outbase: 'test',
    outdir: 'out/test',
  });
  bundles.push({
    ...page,
    minify: false,
    sourcemap: 'inline',
    entryPoints: testFiles('test/kernels'),
    outbase: 'test',
    outdir: 'out/browser',
  });
}

if (bench) {
  const programs = [
    ...['main', 'step/contenderProcess', 'host/hostProcess', 'host/inVsCode', 'scale/inVsCode'],
    'editor/inVsCode',
    'start/inVsCode',
    'peakMemory',
  ].map((name) => `bench/${name}.ts`);
  bundles.push({
    ...node,
    minify: false,
    external: [...node.external, '@vscode/test-electron', 'playwright-core'],
    entryPoints: programs,
    outbase: 'bench',
    outdir: 'out/bench',
  });
  bundles.push({ ...page, entryPoints: ['bench/gpu/inWorker.ts'], outbase: 'bench', outdir: 'out/bench' });
}

if (watch) {
  for (const options of bundles) await (await context(options)).watch();
} else {
  const built = await Promise.all(bundles.map((options) => build(options)));
  const inputs = built.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}));
  writeFileSync(inProject('dist', 'ThirdPartyNotices.txt'), noticesOf(inputs, root));
}
