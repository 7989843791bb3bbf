// Compiles the kernels of src/kernels/simd/assembly (AssemblyScript) when a bundle imports them, and embeds
// their bytes.
import path from 'node:path';
import asc from 'assemblyscript/asc';
import { root } from '../paths.mjs';

const source = 'src/kernels/simd/assembly/index.ts';

/** 65,536 pages are 4 GiB: all that 32 bits address. */
const shared = ['--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'];

/** The builds, by the name that they are imported by. */
const builds = {
  'wasm:simd': [],
  'wasm:simd-shared': shared,
  'wasm:simd-relaxed': [...shared, '--enable', 'relaxed-simd'],
};

async function compile(options) {
  let bytes;
  const files = {
    writeFile(name, contents) {
      bytes = contents;
    },
  };
  const { error, stderr } = await asc.main(
    [
      source,
      '--baseDir',
      root,
      '-O3',
      '--runtime',
      'stub',
      '--enable',
      'simd',
      '--enable',
      'threads',
      '--importMemory',
      '--noAssert',
      '--outFile',
      'kernels.wasm',
      ...options,
    ],
    files,
  );
  if (error) throw new Error(stderr.toString().slice(0, 4000) || error.message);
  return bytes;
}

const compiled = new Map();

/** An esbuild plugin: `import bytes from 'wasm:simd'` gives the module as a Uint8Array. */
export function assembly() {
  return {
    name: 'assembly',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^wasm:/ }, ({ path: name }) => ({ path: name, namespace: 'assembly' }));
      onLoad({ filter: /.*/, namespace: 'assembly' }, async ({ path: name }) => {
        if (!compiled.has(name)) compiled.set(name, compile(builds[name]));
        return {
          contents: await compiled.get(name),
          loader: 'binary',
          watchDirs: [path.join(root, path.dirname(source))],
        };
      });
    },
  };
}
