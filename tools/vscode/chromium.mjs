// Finds a Chromium, Chrome or Edge on this machine, or installs Debian's, and starts it.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { onPath } from '../children.mjs';
import { installPackages } from '../debian.mjs';

/** A readable monospace, and CJK and emoji, in screenshots. Each with a file that shows that it is there. */
const fonts = [
  ['fonts-dejavu-core', '/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf'],
  ['fonts-noto-cjk', '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'],
  ['fonts-noto-color-emoji', '/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf'],
];

/**
 * Software WebGPU and WebGL2, on a machine without a GPU, and no traffic of the browser's own. A GPU of software
 * on a busy machine is slow, which is no reason to end it.
 */
const chromiumFlags = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-gpu-watchdog',
];

/** The usual places of a Chromium, Chrome or Edge on this system. */
function usualPlaces() {
  if (process.platform === 'darwin') {
    const apps = ['Chromium', 'Google Chrome', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
    return [...apps, ...apps.map((app) => path.join(process.env.HOME ?? '', app))];
  }
  if (process.platform === 'win32') {
    const folders = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
      .map((name) => process.env[name])
      .filter((folder) => folder !== undefined);
    const programs = [
      'Chromium/Application/chrome.exe',
      'Google/Chrome/Application/chrome.exe',
      'Microsoft/Edge/Application/msedge.exe',
    ];
    return programs.flatMap((program) => folders.map((folder) => path.join(folder, program)));
  }
  return ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'].map(
    onPath,
  );
}

/** The browser's executable, or undefined. @throws where CHROMIUM names a file that is not there. */
export function findChromium() {
  const chosen = process.env.CHROMIUM;
  if (chosen === undefined || chosen === '')
    return usualPlaces().find((file) => file !== undefined && existsSync(file));
  if (!existsSync(chosen)) throw new Error(`CHROMIUM is set to ${chosen}, which does not exist.`);
  return chosen;
}

/**
 * Installs Chromium and fonts where they are missing and this process may. @throws with what to install,
 * where it may not.
 */
export async function ensureChromium() {
  const missingFonts = () =>
    process.platform === 'linux' && existsSync('/etc/debian_version')
      ? fonts.filter(([, file]) => !existsSync(file)).map(([name]) => name)
      : [];
  await installPackages(() => [...(findChromium() === undefined ? ['chromium'] : []), ...missingFonts()]);
  if (findChromium() === undefined) {
    throw new Error(
      'No Chromium or Chrome was found. Install one (Debian: apt-get install chromium), or set CHROMIUM to its executable.',
    );
  }
  if (missingFonts().length > 0)
    console.warn(
      `Screenshots may show boxes for some characters: apt-get install ${missingFonts().join(' ')}`,
    );
}

/** Starts the browser without a window. @param options playwright's launch options. */
export async function launchChromium(options = {}) {
  const { chromium } = await import('playwright-core');
  return chromium.launch({
    executablePath: findChromium(),
    timeout: 120_000,
    ...options,
    args: [...chromiumFlags, ...(options.args ?? [])],
  });
}

/**
 * Starts the browser with a profile that is kept in `folder`, storage included. @returns playwright's
 * BrowserContext.
 */
export async function launchChromiumWithProfile(folder, { args = [], ...options } = {}) {
  const { chromium } = await import('playwright-core');
  return chromium.launchPersistentContext(folder, {
    executablePath: findChromium(),
    timeout: 120_000,
    ...options,
    args: [...chromiumFlags, ...args],
  });
}
