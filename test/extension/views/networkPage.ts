/** What the tests look at in the network's page. */
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
