/** Somebody who is new, at a window of VS Code with the packaged extension: keys, clicks, and looking. */
import assert from 'node:assert/strict';
import { selectors } from '../../../tools/vscode/driver.mjs';
import { temporaryFolder } from '../../../tools/vscode/profile.mjs';
import { openWorkbench } from '../../../tools/vscode/workbench.mjs';
import type { Workbench, WorkbenchOptions } from '../../../tools/vscode/workbench.mjs';
import { until } from '../../until';

export type Locator = ReturnType<Workbench['page']['locator']>;

export const step = '.gettingStartedContainer .getting-started-step';

/** A window as VS Code opens it for somebody who is new: with its welcome page, and no setting. */
export function newWindow(options: WorkbenchOptions = {}): Promise<Workbench> {
  const vsix = process.env.RNN_TAGGER_VSIX;
  assert.ok(vsix, 'RNN_TAGGER_VSIX names the package: run the end-to-end tests with `npm test`');
  return openWorkbench({
    vsix,
    userDataDir: temporaryFolder('profile'),
    settings: { 'workbench.startupEditor': 'welcomePage' },
    ...options,
  });
}

/** Does one thing after another, and counts: a click, a key, or a text with the Enter behind it. */
export class Newcomer {
  private readonly start = Date.now();
  private actions = 0;

  constructor(readonly workbench: Workbench) {}

  get page(): Workbench['page'] {
    return this.workbench.page;
  }

  async press(key: string): Promise<void> {
    this.actions++;
    await this.page.keyboard.press(key);
  }

  async click(what: Locator): Promise<void> {
    this.actions++;
    await what.click();
  }

  /** Draws over words of the editor with the mouse, from the middle of the first letter to that of the last one. */
  async select(words: string, nth = 0): Promise<void> {
    this.actions++;
    const { mouse } = this.page;
    const { from, to } = await until(`${words} in the editor`, () => placeOf(this.page, words, nth));
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move(to.x, to.y, { steps: 4 });
    await mouse.up();
  }

  /** Picks a row of the list that is open. */
  pick(text: string | RegExp): Promise<void> {
    return this.click(this.page.locator(selectors.quickPickRow).filter({ hasText: text }).first());
  }

  /** Types an answer to what is asked, once it is, and presses Enter. */
  async answer(text: string): Promise<void> {
    this.actions++;
    const input = this.page.locator(selectors.quickInputText);
    await input.waitFor();
    await input.fill(text);
    await this.page.locator(selectors.quickPickRow).first().filter({ hasText: text }).waitFor();
    await input.press('Enter');
  }

  /**
   * F1, what is typed, Enter: by keys alone. The palette lists the commands that there were when it was opened: it
   * is opened again till the command is the first of them.
   */
  async run(title: string): Promise<void> {
    this.actions++;
    const { page } = this;
    const first = page.locator(selectors.quickPickRow).first().filter({ hasText: title });
    await until(`${title} in the command palette`, async () => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('F1');
      await page.keyboard.type(title);
      return first.waitFor({ timeout: 3000 }).then(
        () => true,
        () => false,
      );
    });
    await page.keyboard.press('Enter');
  }

  /** The button of a step of the walkthrough that is open, by Tab and Enter. */
  async pressButton(name: string): Promise<void> {
    this.actions++;
    const { page } = this;
    await page.locator(`${step}.expanded`).getByRole('button', { name }).waitFor();
    await until(`the focus on ${name}`, async () => {
      const focused = await page.evaluate(() => document.activeElement?.textContent ?? '');
      if (focused.trim() === name) return true;
      await page.keyboard.press('Tab');
      return false;
    });
    await page.keyboard.press('Enter');
  }

  /** How long it took so far, in words. */
  tell(what: string): void {
    const seconds = ((Date.now() - this.start) / 1000).toFixed(0);
    console.log(`      ${what}: ${seconds} s, ${this.actions} clicks or entries`);
  }
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where words stand in the visible lines of the editor. */
function placeOf(
  page: Workbench['page'],
  words: string,
  nth: number,
): Promise<{ from: Point; to: Point } | undefined> {
  return page.evaluate(
    ({ words, nth }) => {
      let left = nth;
      for (const line of document.querySelectorAll('.editor-instance .view-line')) {
        const texts: Text[] = [];
        const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) texts.push(walker.currentNode as Text);
        // The editor draws spaces as no-break spaces.
        const whole = texts.map(({ data }) => data.replaceAll('\u00a0', ' ')).join('');
        const letter = (at: number): Point => {
          let before = 0;
          for (const text of texts) {
            if (at < before + text.length) {
              const range = document.createRange();
              range.setStart(text, at - before);
              range.setEnd(text, at - before + 1);
              const { left, top, width, height } = range.getBoundingClientRect();
              return { x: left + width / 2, y: top + height / 2 };
            }
            before += text.length;
          }
          throw new Error(`No letter ${at} in ${whole}`);
        };
        for (let at = whole.indexOf(words); at >= 0; at = whole.indexOf(words, at + 1))
          if (left-- === 0) return { from: letter(at), to: letter(at + words.length - 1) };
      }
      return undefined;
    },
    { words, nth },
  );
}

/** The item of the status bar, once it says so. */
export const status = ({ page }: Workbench, text: string | RegExp): Locator =>
  page.locator('[id="rnn-tagger.rnn-tagger.rnnTagger.status"]').filter({ hasText: text });

/** The picture of the step that is open was loaded. */
async function waitForPicture({ page }: Workbench): Promise<void> {
  const pictures = page.locator('.gettingStartedContainer .getting-started-media img');
  await until('the picture of the step', () =>
    pictures.evaluateAll((all: HTMLImageElement[]) => all.some(({ naturalWidth }) => naturalWidth > 0)),
  );
}

/** A step of the walkthrough is open, with its picture. */
export async function waitForStep(workbench: Workbench, title: string): Promise<void> {
  await workbench.page.locator(`${step}.expanded`, { hasText: title }).waitFor();
  await waitForPicture(workbench);
}

export const isDone = ({ page }: Workbench, title: string): Promise<void> =>
  page.locator(step, { hasText: title }).locator('.codicon.complete').first().waitFor();
