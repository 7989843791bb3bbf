// Starts VS Code's server (code-server) for one user profile.
import { createServer } from 'node:net';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endTree, runQuietly, start } from '../children.mjs';
import { codeServerEntry } from './codeServer.mjs';

const startTimeoutMs = 120_000;

/** A TCP port of 127.0.0.1 that nobody listens on. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** The profile's port: the same for every start, because the browser keeps its storage by address. */
async function portOf(userDataDir) {
  const file = path.join(userDataDir, 'port');
  if (!existsSync(file)) writeFileSync(file, String(await freePort()));
  return Number(readFileSync(file, 'utf8'));
}

const profileArguments = (userDataDir, extensionsDir) => [
  '--config',
  path.join(userDataDir, 'config.yaml'),
  '--user-data-dir',
  userDataDir,
  '--extensions-dir',
  extensionsDir,
];

/**
 * This process's environment without what would make the server take itself for part of another VS Code, and
 * without a marketplace.
 */
function environment() {
  const kept = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('VSCODE_') && name !== 'PORT' && name !== 'PASSWORD',
  );
  return { ...Object.fromEntries(kept), EXTENSIONS_GALLERY: '{}' };
}

/** Installs a packaged extension into the profile. */
export async function installExtension(vsix, userDataDir, extensionsDir) {
  await runQuietly(
    process.execPath,
    [codeServerEntry, ...profileArguments(userDataDir, extensionsDir), '--install-extension', vsix],
    { env: environment() },
  );
}

/**
 * Starts the server.
 * @param options.workspaceTrust `true`: folders open in Restricted Mode; `false`: every folder is trusted.
 * @returns its port, a promise that fails when it ends by itself, and `close`.
 */
export async function startServer({ userDataDir, extensionsDir, workspaceTrust = false }) {
  mkdirSync(userDataDir, { recursive: true });
  mkdirSync(extensionsDir, { recursive: true });
  const port = await portOf(userDataDir);
  const child = start(
    process.execPath,
    [
      codeServerEntry,
      '--auth',
      'none',
      '--bind-addr',
      `127.0.0.1:${port}`,
      '--disable-telemetry',
      '--disable-update-check',
      ...(workspaceTrust ? [] : ['--disable-workspace-trust']),
      ...profileArguments(userDataDir, extensionsDir),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: environment() },
  );
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data) => (log = (log + data).slice(-20_000)));
  let closing = false;
  const ended = new Promise((_, reject) =>
    child.once(
      'exit',
      (code) => closing || reject(new Error(`VS Code's server ended with code ${code}:\n${log}`)),
    ),
  );
  ended.catch(() => {});

  const ready = async () => {
    for (const end = Date.now() + startTimeoutMs; Date.now() < end; await sleep(50)) {
      const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
      if (answer?.ok) return;
    }
    throw new Error(`VS Code's server did not start within ${startTimeoutMs / 1000} s:\n${log}`);
  };
  const close = async () => {
    closing = true;
    const gone = new Promise((resolve) =>
      child.exitCode === null && child.signalCode === null ? child.once('exit', resolve) : resolve(),
    );
    endTree(child);
    await gone;
  };
  try {
    await Promise.race([ready(), ended]);
  } catch (error) {
    await close();
    throw error;
  }
  return { port, ended, close };
}
