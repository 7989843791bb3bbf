import * as vscode from 'vscode';

/** While a view is read anew, VS Code knows none of its items for a moment: how long to wait each time. */
const whileReadAnewMs = [50, 100, 200, 400, 800];

/**
 * The items that a command of a tree is for: those that a menu names, else those that the keyboard's focus
 * means, which VS Code tells of selected items alone: the focused one is selected for a moment.
 *
 * @param item what the command was given, and all that were selected with it.
 */
export async function itemsMeant<Item>(
  view: vscode.TreeView<Item>,
  isItem: (value: unknown) => value is Item,
  item: unknown,
  selected?: unknown,
): Promise<readonly Item[]> {
  if (isItem(item)) {
    const all = Array.isArray(selected) ? selected.filter(isItem) : [];
    return all.includes(item) ? all : [item];
  }
  const meant = await onceKnown(() => focusedOrSelected(view));
  if (meant.length === 0)
    void vscode.window.showInformationMessage(vscode.l10n.t('Select an item of the view first.'));
  return meant;
}

/**
 * The item that was clicked, or opened by Enter, which VS Code selects before it runs the item's own command. Such a
 * command has no arguments: VS Code forgets these as soon as it begins to read the view anew, and a key that comes
 * before the window has the new items ended in "Actual command not found".
 */
export async function itemOpened<Item>(view: vscode.TreeView<Item>): Promise<Item | undefined> {
  return (await onceKnown(() => view.selection)).at(0);
}

/** What there is of a view's items, as soon as VS Code knows them. */
async function onceKnown<Item>(
  read: () => readonly Item[] | Promise<readonly Item[]>,
): Promise<readonly Item[]> {
  let items = await read();
  for (const ms of whileReadAnewMs) {
    if (items.length > 0) return items;
    await new Promise((resolve) => setTimeout(resolve, ms));
    items = await read();
  }
  return items;
}

async function focusedOrSelected<Item>(view: vscode.TreeView<Item>): Promise<readonly Item[]> {
  const toggle = (): Thenable<unknown> => vscode.commands.executeCommand('list.toggleSelection');
  await toggle();
  const toggled = view.selection;
  await toggle();
  // Only now it is sure to be what the window shows: it is told of a selection a moment later.
  const { selection } = view;
  const focused = toggled.filter((one) => !selection.includes(one));
  return focused.length > 0 ? focused : selection;
}
