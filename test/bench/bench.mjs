// npm run bench: builds what ships and the benchmarks, and runs them. --help lists the options.
import { buildProject } from '../host/build.mjs';
import { run } from '../host/children.mjs';
import { ensureNodeModules } from '../host/install.mjs';
import { inProject, root } from '../host/paths.mjs';

try {
  await ensureNodeModules();
  await buildProject({ bench: true });
  const { code } = await run(process.execPath, [inProject('out', 'bench', 'main.js'), ...process.argv.slice(2)], { cwd: root });
  process.exitCode = code;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
