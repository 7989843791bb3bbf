// npm run bench: builds what ships and the benchmarks, and runs them. --help lists the options.
import { buildProject } from '../tools/build/build.mjs';
import { run } from '../tools/children.mjs';
import { ensureNodeModules } from '../tools/install.mjs';
import { inProject, root } from '../tools/paths.mjs';

try {
  await ensureNodeModules();
  await buildProject({ bench: true });
  const { code } = await run(
    process.execPath,
    [inProject('out', 'bench', 'main.js'), ...process.argv.slice(2)],
    { cwd: root },
  );
  process.exitCode = code;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
