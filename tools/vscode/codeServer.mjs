// A real VS Code from the npm registry: the package code-server, installed once into the cache folder.
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { npm, onPath, runQuietly } from '../children.mjs';
import { installPackages } from '../debian.mjs';
import { cacheFolder, inProject } from '../paths.mjs';

/** VS Code 1.100.3, the last that runs on Node 20. Later ones want Node 24. */
const version = '4.100.3';
const installed = path.join(cacheFolder, `code-server-${version}`);

/** code-server's program, which Node runs. */
export const codeServerEntry = path.join(installed, 'node_modules', 'code-server', 'out', 'node', 'entry.js');

/**
 * What VS Code loads natively. Without argon2 the server does not start; without the others it logs errors.
 */
const nativeModules = ['@vscode/spdlog', 'native-watchdog', '@parcel/watcher', 'node-pty'];

/** Where Node's headers lie beside this Node they need not be downloaded. */
function buildEnvironment() {
  const prefix = path.dirname(path.dirname(process.execPath));
  const headers = existsSync(path.join(prefix, 'include', 'node', 'node_api.h'));
  return {
    ...process.env,
    ...(headers ? { npm_config_nodedir: prefix } : {}),
    npm_config_node_gyp: inProject('node_modules', 'node-gyp', 'bin', 'node-gyp.js'),
  };
}

/**
 * Programs that the installation needs: Debian's package, and what it may be called. ripgrep is VS Code's
 * file search.
 */
const tools = [
  ['g++', ['g++', 'c++', 'clang++']],
  ['make', ['make']],
  ['python3', ['python3']],
  ['ripgrep', ['rg']],
];

async function ensureTools() {
  const missing = () => tools.filter(([, programs]) => !programs.some(onPath)).map(([name]) => name);
  if (!(await installPackages(missing)))
    throw new Error(
      `Building VS Code's server needs ${missing().join(', ')}: apt-get install ${missing().join(' ')}`,
    );
}

/**
 * VS Code looks for ripgrep inside its own package, which would download it. Without it `findFiles` and
 * search find nothing.
 */
function copyRipgrep(server) {
  const folder = path.join(server, 'lib', 'vscode', 'node_modules', '@vscode', 'ripgrep', 'bin');
  mkdirSync(folder, { recursive: true });
  copyFileSync(onPath('rg'), path.join(folder, 'rg'));
}

async function buildNativeModules(server) {
  const env = buildEnvironment();
  const gyp = env.npm_config_node_gyp;
  const argon2 = path.join(server, '..', 'argon2');
  const preGyp = path.join(server, '..', '@mapbox', 'node-pre-gyp', 'bin', 'node-pre-gyp');
  try {
    await runQuietly(process.execPath, [existsSync(preGyp) ? preGyp : gyp, 'rebuild'], { cwd: argon2, env });
    for (const name of nativeModules) {
      await runQuietly(process.execPath, [gyp, 'rebuild'], {
        cwd: path.join(server, 'lib', 'vscode', 'node_modules', name),
        env,
      });
    }
  } catch (error) {
    if (env.npm_config_nodedir !== undefined) throw error;
    throw new Error(
      `Building VS Code's native modules failed. If Node's headers could not be downloaded, set npm_config_nodedir to the folder that holds include/node.\n${error.message}`,
    );
  }
}

/**
 * Installs the server where it is missing. A broken-off installation leaves a temporary folder and no server.
 */
export async function ensureCodeServer() {
  if (existsSync(codeServerEntry)) return;
  if (process.platform === 'win32')
    throw new Error('code-server does not run on Windows; use desktop VS Code.');
  await ensureTools();
  console.log(`Installing VS Code (code-server ${version})…`);
  mkdirSync(cacheFolder, { recursive: true });
  const folder = mkdtempSync(path.join(cacheFolder, 'installing-'));
  try {
    writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
    const [program, ...args] = npm();
    const install = (cwd, ...more) =>
      runQuietly(program, [...args, 'install', '--ignore-scripts', '--no-audit', '--no-fund', ...more], {
        cwd,
      });
    await install(folder, `code-server@${version}`);
    const server = path.join(folder, 'node_modules', 'code-server');
    await install(path.join(server, 'lib', 'vscode'), '--omit=dev');
    await install(path.join(server, 'lib', 'vscode', 'extensions'), '--omit=dev');
    await buildNativeModules(server);
    copyRipgrep(server);
    rmSync(installed, { recursive: true, force: true });
    renameSync(folder, installed);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
