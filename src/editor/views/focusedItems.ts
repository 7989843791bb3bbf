import * as vscode from 'vscode';

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
  const before = view.selection;
  const toggle = (): Thenable<unknown> => vscode.commands.executeCommand('list.toggleSelection');
  await toggle();
  const after = view.selection;
  const focused = after.filter((one) => !before.includes(one));
  if (after.length !== before.length) await toggle();
  return focused.length > 0 ? focused : before;
}
