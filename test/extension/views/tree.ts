/** What the tests of the views share: rows of a tree, the keyboard's focus, themes. */
import * as vscode from 'vscode';
import { until } from '../../until';
import { workbench } from '../workbenchClient';

/** A view, by its name. */
const pane = (view: string): string => `.pane:has(.pane-header :text-is(${JSON.stringify(view)}))`;

/** Shows one view of the three, with all the room that there is. */
export async function showAlone(view: string, id: string): Promise<void> {
  await vscode.commands.executeCommand(`${id}.focus`);
  await workbench.waitFor({ selector: `${pane(view)} .pane-header[aria-expanded="true"]` });
  for (const other of ['Corpora', 'Runs and Models', 'Queue'].filter((own) => own !== view)) {
    const header = `${pane(other)} .pane-header`;
    const isOpen = await workbench.texts({ selector: `${header}[aria-expanded="true"]` });
    if (isOpen.length > 0) await workbench.click({ selector: `${header} .title` });
    await workbench.waitFor({ selector: `${header}[aria-expanded="false"]` });
  }
}

/** A row of a view that has a text. */
export const row = (view: string, text: string): string =>
  `${pane(view)} .monaco-list-row:has-text(${JSON.stringify(text)})`;

/** The texts of all rows of a view that are on screen, in their order. */
export async function rows(view: string): Promise<string[]> {
  const found = await workbench.evaluate(
    (name: string) =>
      [...document.querySelectorAll('.pane')]
        .filter((own) => own.querySelector('.pane-header .title')?.textContent === name)
        .flatMap((own) => [...own.querySelectorAll<HTMLElement>('.monaco-list-row')])
        .map((own): [number, string] => [Number(own.dataset.index), own.textContent ?? '']),
    [view],
  );
  return [...found].sort((a, b) => a[0] - b[0]).map(([, text]) => text);
}

/** Waits for a row that has a text. @returns its place in the view, from 0. */
export async function indexOf(view: string, text: string): Promise<number> {
  const place = await until(`${text} in ${view}`, async () => {
    const index = (await rows(view)).findIndex((own) => own.includes(text));
    return index >= 0 && index + 1;
  });
  return place - 1;
}

/** Puts the keyboard's focus on a row of a view, by keys alone: nothing is selected by that. */
export async function focusRow(view: string, id: string, index: number): Promise<void> {
  await vscode.commands.executeCommand(`${id}.focus`);
  await workbench.waitFor({ selector: `${pane(view)} .monaco-list:focus` });
  await workbench.press('Home');
  for (let n = 0; n < index; n++) await workbench.press('ArrowDown');
  await workbench.waitFor({ selector: `${pane(view)} .monaco-list-row.focused[data-index="${index}"]` });
}

/** Puts the keyboard's focus on the row that has a text, also where rows above it come and go meanwhile. */
export async function focusRowOf(view: string, id: string, text: string): Promise<void> {
  await until(`the focus on ${text}`, async () => {
    await focusRow(view, id, await indexOf(view, text));
    const focused = `${pane(view)} .monaco-list-row.focused`;
    return (await workbench.texts({ selector: focused })).some((own) => own.includes(text));
  });
}

/** Does something in another colour theme. */
export async function inTheme(name: string, work: () => Promise<unknown>): Promise<void> {
  const settings = vscode.workspace.getConfiguration('workbench');
  const before = settings.inspect<string>('colorTheme')?.globalValue;
  await settings.update('colorTheme', name, vscode.ConfigurationTarget.Global);
  await workbench.waitFor({
    selector: `.monaco-workbench.${name.includes('Light') ? 'vs' : 'vs-dark'}`,
    state: 'attached',
  });
  await work();
  await settings.update('colorTheme', before, vscode.ConfigurationTarget.Global);
}
