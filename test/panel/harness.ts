import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Messages } from '../../src/common/l10n';
import { createNonce, panelHtml } from '../../src/panel/html';
import type { ToNetworkPage } from '../../src/panel/network/protocol';
import type { FromPanel, ToPanel } from '../../src/panel/protocol';
import { patienceMs } from '../until';
import type { Theme } from './themes';

const origin = 'https://panel.test';
const screenshots = path.resolve('out/screenshots');

/** What VS Code puts into every webview, before the page's own policy holds. */
const defaultStyles = `
body { overscroll-behavior-x: none; background-color: transparent; color: var(--vscode-editor-foreground);
  font-family: var(--vscode-font-family); font-weight: var(--vscode-font-weight); font-size: var(--vscode-font-size);
  margin: 0; padding: 0 20px; }
a:focus, input:focus, select:focus, textarea:focus { outline: 1px solid -webkit-focus-ring-color; outline-offset: -1px; }`;

/** What the page under test can see, and the test reads. Its state outlives a reload, as VS Code's does. */
declare global {
  interface Window {
    posted: FromPanel[];
    violations: string[];
    drawings: { count: number; longestMs: number };
    /** Hears of what the page posts, if it is there. */
    onPosted?: (message: unknown) => void;
    acquireVsCodeApi: () => unknown;
  }
}

/** Runs in the page before its script: stands in for VS Code, and counts what is drawn. */
function standIn(): void {
  window.posted = [];
  window.violations = [];
  window.drawings = { count: 0, longestMs: 0 };
  document.addEventListener('securitypolicyviolation', (event) =>
    window.violations.push(`${event.violatedDirective} ${event.blockedURI}`),
  );
  window.acquireVsCodeApi = () => ({
    postMessage: (message: FromPanel) => {
      if (window.onPosted) window.onPosted(message);
      window.posted.push(message);
    },
    getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
    setState: (state: unknown) => sessionStorage.setItem('state', JSON.stringify(state)),
  });
  const request = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) =>
    request((time) => {
      const start = performance.now();
      callback(time);
      window.drawings.count++;
      window.drawings.longestMs = Math.max(window.drawings.longestMs, performance.now() - start);
    });
}

export async function launch(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';
  if (!existsSync(executablePath))
    throw new Error(
      `No Chromium at ${executablePath}: install it (Debian: apt-get install chromium) or set CHROMIUM to it.`,
    );
  const args = [
    '--no-sandbox',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return chromium.launch({ executablePath, args, timeout: patienceMs });
}

/** The page's bundle: the one that ships, or one built here where nothing was built yet. */
export async function bundleFolder(): Promise<string> {
  const shipped = path.resolve('dist');
  if (existsSync(path.join(shipped, 'panel.js')) && existsSync(path.join(shipped, 'network.js')))
    return shipped;
  const outdir = path.resolve('out/panel');
  await build({
    entryPoints: { panel: 'src/panel/client/main.ts', network: 'src/panel/client/network/main.ts' },
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    outdir,
  });
  return outdir;
}

/** `bundle`: the page's script and style sheet; the loss panel's unless another is named. */
export interface PageOptions extends BrowserContextOptions {
  readonly language?: string;
  readonly bundle?: 'panel' | 'network';
}

/** The panel's page under its own HTML and policy, with VS Code faked around it. */
export class PanelPage {
  private constructor(readonly page: Page) {}

  /** @param prepare what is done to the page before it loads. */
  static async open(
    browser: Browser,
    folder: string,
    theme: Theme,
    { language = 'en', bundle = 'panel', ...options }: PageOptions = {},
    prepare?: (page: Page) => Promise<void>,
  ): Promise<PanelPage> {
    const context = await browser.newContext({ viewport: { width: 760, height: 1040 }, ...options });
    context.setDefaultTimeout(patienceMs);
    const page = await context.newPage();
    await page.addInitScript(standIn);
    await prepare?.(page);
    await context.route(`${origin}/**`, (route) => {
      const name = new URL(route.request().url()).pathname.slice(1);
      if (name === '')
        return route.fulfill({ contentType: 'text/html', body: pageHtml(theme, language, bundle) });
      if (name !== `${bundle}.js` && name !== `${bundle}.css`) return route.fulfill({ status: 404 });
      return route.fulfill({
        contentType: name.endsWith('.js') ? 'text/javascript' : 'text/css',
        body: readFileSync(path.join(folder, name)),
      });
    });
    const panel = new PanelPage(page);
    await panel.load();
    return panel;
  }

  /** A new page, as when a hidden panel is shown again; until it says `ready`. */
  async load(): Promise<void> {
    await this.page.goto(`${origin}/`);
    await this.page.waitForFunction(() => window.posted.some((message) => message.type === 'ready'));
  }

  /** Sends as VS Code does: as JSON, beside which there are arrays of numbers. */
  async send(...messages: (ToPanel | ToNetworkPage)[]): Promise<void> {
    await this.page.evaluate(
      (texts) => {
        const revived = (_: string, value: unknown): unknown =>
          typeof value === 'object' && value !== null && 'float32' in value
            ? Float32Array.from(value.float32 as number[])
            : value;
        for (const text of texts)
          window.dispatchEvent(new MessageEvent('message', { data: JSON.parse(text, revived) }));
      },
      messages.map((message) =>
        JSON.stringify(message, (_, value: unknown) =>
          value instanceof Float32Array ? { float32: [...value] } : value,
        ),
      ),
    );
    await this.drawn();
  }

  /** Waits for what was sent to be drawn: longer than the least time between two drawings. */
  async drawn(): Promise<void> {
    await this.page.waitForTimeout(130);
    await this.page.evaluate(
      () => new Promise((resolve) => setTimeout(() => requestAnimationFrame(resolve))),
    );
  }

  posted(): Promise<FromPanel[]> {
    return this.page.evaluate(() => window.posted);
  }

  violations(): Promise<string[]> {
    return this.page.evaluate(() => window.violations);
  }

  /** The figures by their names. */
  statistics(): Promise<Record<string, string>> {
    return this.page.evaluate(() =>
      Object.fromEntries(
        Array.from(document.querySelectorAll('dt'), (term) => [
          term.textContent,
          term.nextElementSibling?.textContent ?? '',
        ]),
      ),
    );
  }

  /** How many pixels of a chart are within a small distance of a colour (`#rrggbb`). */
  pixels(
    chart: 'loss' | 'score' | 'flow' | 'gradient-norm' | 'learning-rate' | 'speed',
    color: string,
  ): Promise<number> {
    return this.page.evaluate(
      ([name, wanted]) => {
        const canvas = document.querySelector<HTMLCanvasElement>(`.${name} canvas`);
        const context = canvas?.getContext('2d');
        if (!canvas || !context || canvas.width === 0) return 0;
        const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
        const [r, g, b] = [1, 3, 5].map((i) => parseInt(wanted.slice(i, i + 2), 16));
        let count = 0;
        for (let i = 0; i < data.length; i += 4) {
          if (
            data[i + 3] > 200 &&
            Math.abs(data[i] - r) + Math.abs(data[i + 1] - g) + Math.abs(data[i + 2] - b) < 24
          )
            count++;
        }
        return count;
      },
      [chart, color] as const,
    );
  }

  /** Gives the page another theme while it is open, as VS Code does. */
  async setTheme(theme: Theme): Promise<void> {
    await this.page.evaluate((next) => {
      const style = document.documentElement.style;
      for (const name of Array.from(style)) if (name.startsWith('--vscode-')) style.removeProperty(name);
      for (const [name, value] of Object.entries(next.variables))
        style.setProperty(`--vscode-${name}`, value);
      document.body.className = next.classes;
    }, theme);
    await this.drawn();
  }

  async screenshot(name: string): Promise<void> {
    mkdirSync(screenshots, { recursive: true });
    await this.page.screenshot({ path: path.join(screenshots, `${name}.png`), fullPage: true });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

function messagesIn(language: string): Messages {
  return JSON.parse(readFileSync(path.resolve(`l10n/bundle.l10n.${language}.json`), 'utf8')) as Messages;
}

/** The page as VS Code writes it: the theme on the root and the body, its styles before the page's policy. */
function pageHtml(theme: Theme, language: string, bundle: string): string {
  const variables = Object.entries(theme.variables).map(
    ([name, value]) => `--vscode-${name}: ${value.replaceAll('"', '&quot;')}`,
  );
  return panelHtml({
    cspSource: origin,
    script: `${origin}/${bundle}.js`,
    style: `${origin}/${bundle}.css`,
    nonce: createNonce(),
    language,
    messages: language === 'en' ? undefined : messagesIn(language),
  })
    .replace('<html ', `<html style="${variables.join('; ')}" `)
    .replace('<head>', `<head><style>${defaultStyles}</style>`)
    .replace('<body', `<body role="document" class="${theme.classes}"`);
}
