// Bundles the extension, in the form that ships, and on demand the tests and the benchmarks.
import { readdirSync, rmSync } from 'node:fs';
import { run } from '../children.mjs';
import { inProject, root } from '../paths.mjs';

/**
 * @throws when the build fails. What an earlier build left is removed first, so that nothing stale is tested
 * or packaged.
 */
export async function buildProject({ tests = false, bench = false } = {}) {
  for (const folder of [
    'dist',
    ...(tests ? ['out/test', 'out/browser'] : []),
    ...(bench ? ['out/bench'] : []),
  ])
    rmSync(inProject(folder), { recursive: true, force: true });
  const { code } = await run(
    process.execPath,
    [
      inProject('tools', 'build', 'esbuild.mjs'),
      ...(tests ? ['--tests'] : []),
      ...(bench ? ['--bench'] : []),
    ],
    { cwd: root },
  );
  if (code !== 0 || readdirSync(inProject('dist')).length === 0)
    throw new Error('The build failed (see above).');
}
