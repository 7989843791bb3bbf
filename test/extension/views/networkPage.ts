/** What the tests of the network's page share, in one window and in the next. */
import { until } from '../../until';
import { workbench } from '../workbenchClient';

export const networkFrame = 'main.network';
const frame = networkFrame;

/** Lists to choose from. */
export const sweeps = 'Layer and direction';
export const errorLabel = 'Error if the label were';

const options = (list: string): string => `label.choice:has-text("${list}") option`;

/** What is chosen in a list. */
export async function chosenIn(list: string): Promise<string> {
  const [text] = await workbench.texts({ frame, selector: `${options(list)}:checked` });
  return text;
}

/** Chooses the first or the last of a list, by keys. */
export async function choose(list: string, which: 'first' | 'last'): Promise<void> {
  await workbench.evaluate(
    (name: string) =>
      [...document.querySelectorAll('label.choice')]
        .find((label) => label.textContent?.startsWith(name))
        ?.querySelector('select')
        ?.focus(),
    [list],
    { frame },
  );
  await workbench.press(which === 'first' ? 'Home' : 'End');
  await isChosen(list, which);
}

async function isChosen(list: string, which: 'first' | 'last'): Promise<void> {
  const wanted = (await workbench.texts({ frame, selector: options(list) })).at(which === 'first' ? 0 : -1);
  await until(`${wanted} to be chosen`, async () => (await chosenIn(list)) === wanted);
}

/** The third word and the first layer with U, W and V, and the error as if the label were the last. */
export async function isShownAsChosen(): Promise<void> {
  await workbench.waitFor({ frame, selector: '.word:nth-child(3)[aria-selected=true]' });
  await workbench.waitFor({ frame, selector: '#tab-flow[aria-selected=true]' });
  await workbench.waitFor({ frame, selector: 'h2:has-text("The error at t = 3: ")' });
  await isChosen(sweeps, 'first');
  await isChosen(errorLabel, 'last');
  await workbench.waitFor({ frame, selector: '#weights[open]', state: 'attached' });
}

/**
 * Lets VS Code save what its webviews keep, as it does when a window loses the focus: in a browser it does not at the
 * window's end, which comes without a word here.
 *
 * @param kept a part of what is kept.
 */
export async function saveWindow(kept: string): Promise<void> {
  await workbench.evaluate(() => {
    Object.defineProperty(document, 'hasFocus', { configurable: true, value: () => false });
    window.dispatchEvent(new Event('blur'));
  }, []);
  await until(`${kept} to be saved`, () => workbench.evaluate(isSaved, [kept]));
  await workbench.evaluate(() => {
    Reflect.deleteProperty(document, 'hasFocus');
    window.dispatchEvent(new Event('focus'));
  }, []);
}

/** Runs in the page. */
async function isSaved(kept: string): Promise<boolean> {
  const opened = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error(request.error?.message));
    });
  const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
  const own = names.filter((name) => name.startsWith('vscode-web-state-db-'));
  // The program for the desktop saves at the window's end.
  if (own.length === 0) return true;
  for (const name of own) {
    const database = await opened(indexedDB.open(name));
    try {
      const values: unknown[] = await opened(
        database.transaction('ItemTable').objectStore('ItemTable').getAll(),
      );
      if (values.some((value) => typeof value === 'string' && value.replaceAll('\\', '').includes(kept)))
        return true;
    } finally {
      database.close();
    }
  }
  return false;
}
