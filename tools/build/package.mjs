// npm run package: builds and packages the extension.
import path from 'node:path';
import { buildProject } from './build.mjs';
import { ensureNodeModules } from '../install.mjs';
import { root } from '../paths.mjs';
import { packageExtension } from './vsix.mjs';

try {
  await ensureNodeModules();
  await buildProject();
  const { vsix, sizeBytes, files } = await packageExtension();
  console.log(`${path.relative(root, vsix)}: ${(sizeBytes / 1024).toFixed(0)} KiB, ${files.length} files`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
