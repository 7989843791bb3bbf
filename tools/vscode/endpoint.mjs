// Lets the tests in the extension host look at the VS Code window that they run in, and drive its mouse and
// keyboard: one local HTTP endpoint, guarded by a token. The client is workbenchClient.ts; each request is
// one action with its options.
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { screenshotFolder } from '../paths.mjs';
import { countIn } from './driver.mjs';

/** Machines with other work take many times longer than a person would wait. */
const defaultTimeoutMs = 120_000;

/** Tries till `attempt` gives something truthy. */
async function poll(attempt, timeoutMs, what) {
  let last;
  for (const end = Date.now() + timeoutMs; ; await sleep(50)) {
    try {
      const value = await attempt();
      if (value) return value;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end)
      throw new Error(
        `Waited ${timeoutMs / 1000} s for ${what}${last === undefined ? '' : `: ${last.message}`}`,
      );
  }
}

/**
 * The page's main frame, or the first frame (a webview's, at any depth) in which the selector `frame`
 * matches.
 */
function findFrame(page, { frame, timeoutMs = defaultTimeoutMs }) {
  if (frame === undefined) return page.mainFrame();
  const attempt = async () => {
    for (const candidate of page.frames())
      if (candidate !== page.mainFrame() && (await countIn(candidate, frame)) > 0) return candidate;
  };
  return poll(attempt, timeoutMs, `a frame that has ${frame}`);
}

const call = (frame, { source, args = [] }) => frame.evaluate(`(${source})(...${JSON.stringify(args)})`);
const locate = async (page, request) =>
  (await findFrame(page, request)).locator(request.selector).nth(request.nth ?? 0);
const patience = ({ timeoutMs = defaultTimeoutMs }) => ({ timeout: timeoutMs });

const actions = {
  evaluate: async (page, request) => call(await findFrame(page, request), request),
  waitUntil: async (page, request) => {
    const attempt = async () => call(await findFrame(page, { ...request, timeoutMs: 0 }), request);
    return poll(attempt, request.timeoutMs ?? defaultTimeoutMs, request.source);
  },
  waitFor: async (page, request) =>
    (await locate(page, request)).waitFor({ state: request.state ?? 'visible', ...patience(request) }),
  texts: async (page, request) =>
    (await findFrame(page, request)).locator(request.selector).allTextContents(),
  box: async (page, request) => (await locate(page, request)).boundingBox(patience(request)),
  click: async (page, request) => {
    const options = { button: request.button, clickCount: request.clickCount, modifiers: request.modifiers };
    return request.selector === undefined
      ? page.mouse.click(request.x, request.y, options)
      : (await locate(page, request)).click({ ...options, ...patience(request) });
  },
  hover: async (page, request) =>
    request.selector === undefined
      ? page.mouse.move(request.x, request.y, { steps: 4 })
      : (await locate(page, request)).hover({ position: request.position, ...patience(request) }),
  scroll: async (page, request) => page.mouse.wheel(request.deltaX ?? 0, request.deltaY ?? 0),
  press: async (page, request) => page.keyboard.press(request.key),
  type: async (page, request) => page.keyboard.type(request.text),
  screenshot: async (page, request) => {
    mkdirSync(screenshotFolder, { recursive: true });
    const file = path.join(screenshotFolder, `${path.basename(request.name)}.png`);
    const options = { path: file, ...patience(request) };
    await (request.selector === undefined
      ? page.screenshot(options)
      : (await locate(page, request)).screenshot(options));
    return file;
  },
  reload: async (page) => void (await page.reload()),
};

async function body(request) {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return JSON.parse(text);
}

/**
 * Serves the endpoint.
 * @param findPage gives playwright's Page of the window; called at the first request.
 * @returns the environment that tells the tests where it is, and `close`.
 */
export async function serveWorkbench(findPage) {
  const token = randomBytes(24).toString('hex');
  let page;
  const answer = async (request) => {
    if (request.method !== 'POST' || request.headers.authorization !== `Bearer ${token}`)
      return [403, { error: 'Forbidden' }];
    try {
      const { action, ...options } = await body(request);
      if (!Object.hasOwn(actions, action)) return [400, { error: `Unknown action ${action}` }];
      page ??= findPage();
      return [200, { value: (await actions[action](await page, options)) ?? null }];
    } catch (error) {
      return [500, { error: error.message }];
    }
  };
  const server = createServer(async (request, response) => {
    const [status, content] = await answer(request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const environment = {
    RNN_TAGGER_WORKBENCH_URL: `http://127.0.0.1:${server.address().port}/`,
    RNN_TAGGER_WORKBENCH_TOKEN: token,
  };
  const close = () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve)));
  return { environment, close };
}
