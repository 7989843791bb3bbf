import * as vscode from 'vscode';
import { shownName } from '../../common/shownText';
import { withoutIcons } from '../translate';
import type { AnswerPart } from './answerPart';
import { typesOf } from './giveAnswer';

/** Labels that can be given, the most frequent first: of spans their types. */
export function labelsOnOffer({ column, annotated }: AnswerPart): string[] {
  const labels = [...column.labels.map(({ label }) => label), ...annotated.file.columns[1].values];
  return column.scheme === 'none' ? [...new Set(labels)] : typesOf(labels, column.scheme);
}

interface LabelItem extends vscode.QuickPickItem {
  readonly value: string;
}

/** Asks for a label: 1 to 9 take one of the first at once, and what is typed may be a new one. */
export function pickLabel(labels: readonly string[], title: string): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick<LabelItem>();
  pick.title = title;
  pick.placeholder = vscode.l10n.t('1 to 9 take a label, or type one; a new one is added');
  const known = labels.map((value, i): LabelItem => ({
    label: withoutIcons(shownName(value, 100)),
    ...(i < 9 && { description: String(i + 1) }),
    value,
  }));
  pick.items = known;
  return new Promise((resolve) => {
    const done = (value: string | undefined): void => {
      resolve(value);
      pick.hide();
    };
    pick.onDidChangeValue((typed) => {
      const byKey = /^[1-9]$/.test(typed) ? known.at(Number(typed) - 1) : undefined;
      if (byKey && !labels.includes(typed)) return done(byKey.value);
      const isNew = typed.trim() !== '' && !labels.includes(typed.trim());
      const added: LabelItem = {
        label: withoutIcons(typed),
        description: vscode.l10n.t('new label'),
        alwaysShow: true,
        value: typed.trim(),
      };
      pick.items = isNew ? [...known, added] : known;
    });
    pick.onDidAccept(() => done(pick.activeItems.at(0)?.value));
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
