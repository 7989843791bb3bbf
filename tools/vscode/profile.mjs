// A VS Code user profile in a folder: settings and window size.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const themes = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  highContrast: 'Default High Contrast',
  highContrastLight: 'Default High Contrast Light',
};

/**
 * A quiet VS Code: no welcome page, no updates, no tips, the same fonts everywhere. In a browser VS Code
 * saves by itself after a second: a test on a slow machine would find its slips on disk.
 */
const quiet = {
  'files.autoSave': 'off',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'window.autoDetectColorScheme': false,
  'window.autoDetectHighContrast': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.startupPrompt': 'never',
  'chat.commandCenter.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
};

/**
 * Writes the user's settings.
 * @param theme a key of {@link themes}.
 * @param settings content of settings.json beyond the quiet defaults.
 */
export function writeSettings(userDataDir, { theme = 'dark', settings = {} } = {}) {
  const folder = path.join(userDataDir, 'User');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    path.join(folder, 'settings.json'),
    JSON.stringify({ ...quiet, 'workbench.colorTheme': themes[theme], ...settings }, null, 2),
  );
}

const temporary = [];

function removeTemporary() {
  for (const folder of temporary) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** A folder for temporary files, removed when this process ends. Its path is short: sockets lie in it. */
export function temporaryFolder(name) {
  if (temporary.length === 0) process.on('exit', removeTemporary);
  const folder = mkdtempSync(path.join(tmpdir(), `rnn-tagger-${name}-`));
  temporary.push(folder);
  return folder;
}
