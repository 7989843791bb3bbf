import * as vscode from 'vscode';
import { shownName } from '../common/shownText';
import { withoutIcons } from './translate';

/** What a person chose: a label, or none, which takes labels away; and whether same words get it too. */
export interface LabelAnswer {
  readonly label: string | undefined;
  readonly others: boolean;
}

interface LabelItem extends vscode.QuickPickItem {
  readonly choice?: string;
}

/**
 * Asks for a label: the keys 1 to 9 give those that there are, and what is typed is a new one. Then, where the
 * same words stand elsewhere, whether they get it as well.
 */
export async function pickLabel(
  labels: readonly string[],
  canRemove: boolean,
  others: number,
): Promise<LabelAnswer | undefined> {
  const chosen = await askForLabel(labels, canRemove);
  if (!chosen) return undefined;
  if (chosen.choice === undefined || others === 0) return { label: chosen.choice, others: false };
  const only: vscode.QuickPickItem = { label: vscode.l10n.t('Only what is selected') };
  const all: vscode.QuickPickItem = {
    label: vscode.l10n.t('And the {0} others like it in this file', others),
  };
  const answer = await vscode.window.showQuickPick([only, all]);
  return answer && { label: chosen.choice, others: answer === all };
}

function askForLabel(labels: readonly string[], canRemove: boolean): Promise<LabelItem | undefined> {
  const pick = vscode.window.createQuickPick<LabelItem>();
  pick.placeholder = vscode.l10n.t('A label: 1–9, or type a new one');
  const known: LabelItem[] = labels.map((choice, i) => ({
    label: withoutIcons(shownName(choice)),
    description: i < 9 ? `${i + 1}` : undefined,
    choice,
  }));
  const removal: LabelItem[] = canRemove ? [{ label: vscode.l10n.t('Remove Label') }] : [];
  pick.items = [...known, ...removal];
  return new Promise((resolve) => {
    const finish = (item: LabelItem | undefined): void => {
      resolve(item);
      pick.dispose();
    };
    pick.onDidChangeValue((value) => {
      const typed = value.trim();
      const numbered = /^[1-9]$/.test(typed) ? known.at(Number(typed) - 1) : undefined;
      if (numbered && Number(typed) <= known.length) {
        finish(numbered);
        return;
      }
      const added: LabelItem[] =
        typed === '' || labels.includes(typed)
          ? []
          : [
              {
                label: withoutIcons(shownName(typed)),
                description: vscode.l10n.t('new label'),
                alwaysShow: true,
                choice: typed,
              },
            ];
      pick.items = [...known, ...added, ...removal];
    });
    pick.onDidAccept(() => pick.selectedItems.length > 0 && finish(pick.selectedItems[0]));
    pick.onDidHide(() => finish(undefined));
    pick.show();
  });
}
