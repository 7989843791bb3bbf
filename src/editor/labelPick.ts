import * as vscode from 'vscode';
import { shownName } from '../common/shownText';
import { withoutIcons } from './translate';

/** A label, or none any more. */
export type PickedLabel = { readonly label: string } | 'remove';

export interface PickOptions {
  /** Offers to take the label away. */
  readonly canRemove?: boolean;
  /** The label that is meant by what was typed. */
  readonly asLabel?: (typed: string) => string;
  /** Hides the question. */
  readonly isPassed?: vscode.CancellationToken;
}

interface LabelItem extends vscode.QuickPickItem {
  readonly means: PickedLabel;
}

/** Asks for a label: 1 to 9 take one of the first at once, and what is typed may be a new one. */
export function pickLabel(
  labels: readonly string[],
  title: string,
  { canRemove = false, asLabel = (typed) => typed.trim(), isPassed }: PickOptions = {},
): Promise<PickedLabel | undefined> {
  if (isPassed?.isCancellationRequested === true) return Promise.resolve(undefined);
  const pick = vscode.window.createQuickPick<LabelItem>();
  pick.title = title;
  pick.placeholder =
    labels.length === 0
      ? vscode.l10n.t('Type the first label, such as PER, LOC or ORG')
      : vscode.l10n.t('1 to 9 take a label, or type one; a new one is added');
  const known = labels.map((label, i): LabelItem => ({
    label: withoutIcons(shownName(label, 100)),
    ...(i < 9 && { description: String(i + 1) }),
    means: { label },
  }));
  const removal: LabelItem[] = canRemove
    ? [{ label: `$(trash) ${vscode.l10n.t('Remove Label')}`, means: 'remove' }]
    : [];
  pick.items = [...known, ...removal];
  return new Promise((resolve) => {
    const passing = isPassed?.onCancellationRequested(() => pick.hide());
    const done = (picked: PickedLabel | undefined): void => {
      resolve(picked);
      pick.hide();
    };
    pick.onDidChangeValue((typed) => {
      const byKey = /^[1-9]$/.test(typed) ? known.at(Number(typed) - 1) : undefined;
      if (byKey && !labels.includes(typed)) return done(byKey.means);
      const label = asLabel(typed);
      const added: LabelItem = {
        label: withoutIcons(shownName(label, 100)),
        description: vscode.l10n.t('new label'),
        alwaysShow: true,
        means: { label },
      };
      // VS Code tells which item is active by its place: those that were there keep theirs.
      pick.items = [...known, ...removal, ...(label === '' || labels.includes(label) ? [] : [added])];
    });
    pick.onDidAccept(() => {
      // Whoever types fast is done before the items are those of what was typed.
      const label = asLabel(pick.value);
      if (labels.includes(label)) return done({ label });
      const active = pick.activeItems.at(0);
      const offered = [...known, ...removal].filter((item) => isOf(item, pick.value));
      const isNew =
        offered.length === 0 || (active && active.means !== 'remove' && active.means.label === label);
      if (isNew) done(label === '' ? undefined : { label });
      else done((offered.find((item) => item === active) ?? offered[0]).means);
    });
    pick.onDidHide(() => {
      resolve(undefined);
      passing?.dispose();
      pick.dispose();
    });
    pick.show();
  });
}

/** Whether VS Code finds an item by what was typed. */
function isOf({ label }: LabelItem, typed: string): boolean {
  return label.toLowerCase().includes(typed.trim().toLowerCase());
}
