import * as vscode from 'vscode';
import type { Beginning } from './beginning';

/** VS Code has a command for each of so many editor groups. */
const places = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth', 'Seventh', 'Eighth'];

/** @param toSide beside what is being looked at, which stays active. */
export async function openWalkthrough(
  { extension }: vscode.ExtensionContext,
  beginning: Beginning,
  toSide = false,
): Promise<void> {
  const { displayName } = extension.packageJSON as { displayName: string };
  const { all, activeTabGroup } = vscode.window.tabGroups;
  const open = (...more: readonly boolean[]): Thenable<void> =>
    vscode.commands.executeCommand(
      'workbench.action.openWalkthrough',
      `${extension.id}#${beginning}`,
      ...more,
    );
  // One that was opened before, and is behind something else by now, stays in its place.
  const names = new Map(all.flatMap(({ tabs }) => tabs).map((tab) => [tab, walkthroughOf(tab)]));
  const own = all.find(({ tabs }) => tabs.some((tab) => names.get(tab)?.includes(displayName)));
  // Where any walkthrough is in front, VS Code 1.100 opens no other one: that one is left, as by its way back. From
  // the page that lists walkthroughs, of which extensions are told by the name of the last one, the way back closes
  // the page, and at some later time, with what was opened in it by then: so it is given a walkthrough to leave.
  for (const group of all.filter(({ activeTab }) => activeTab && names.get(activeTab))) {
    await focus(group);
    await open();
    await vscode.commands.executeCommand('welcome.goBack');
  }
  await focus(own ?? activeTabGroup);
  await open(toSide);
  for (const { tabs } of all) tabs.forEach(walkthroughOf);
}

/**
 * Walkthroughs by their tabs: of one that was left and entered again, VS Code tells the name of the page between,
 * "Welcome", and at any later time its own.
 */
const walkthroughs = new WeakMap<vscode.Tab, string>();
/** What that page was called, in whatever language. */
const pages = new Set<string>();

/** Extensions are told nothing of a walkthrough's tab but its label: "Walkthrough: RNN Tagger". */
function walkthroughOf(tab: vscode.Tab): string | undefined {
  const { input, label } = tab;
  if (input !== undefined) return undefined;
  if (/[:：]/.test(label)) walkthroughs.set(tab, label);
  else if (walkthroughs.has(tab)) pages.add(label);
  return walkthroughs.get(tab) ?? (pages.has(label) ? label : undefined);
}

async function focus({ isActive, viewColumn }: vscode.TabGroup): Promise<void> {
  const place = places.at(viewColumn - 1);
  if (!isActive && place) await vscode.commands.executeCommand(`workbench.action.focus${place}EditorGroup`);
}
