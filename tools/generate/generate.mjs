// npm run generate: writes what the manifest and the README say of the training settings, from their schema.
import { createRequire } from 'node:module';
import { build } from 'esbuild';
import { inProject } from '../paths.mjs';

const outfile = inProject('out', 'generate.cjs');
await build({
  entryPoints: [inProject('tools', 'generate', 'generate.ts')],
  bundle: true,
  platform: 'node',
  format: 'cjs',
  outfile,
  logLevel: 'warning',
});
process.chdir(inProject());
createRequire(import.meta.url)(outfile);
