import * as vscode from 'vscode';
import type { Problem } from '../common/problem';
import { shownName } from '../common/shownText';
import { lastFieldPlace } from './fieldPlace';
import type { CorpusProblems } from './problems';

/** Offers what would mend a problem, as an edit that can be undone. */
export function registerProblemFixes(problems: CorpusProblems): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions: (document, _range, { diagnostics }) =>
      problems.fixableOf(document.uri).flatMap((problem) => {
        const own = diagnostics.filter(
          ({ code, message }) => code === problem.code && message === problem.message,
        );
        const shown = own.find(({ range }) => range.start.line === problem.line);
        return shown ? actionsOf(document, problem, shown) : [];
      }),
  };
  return vscode.languages.registerCodeActionsProvider('*', provider, {
    providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
  });
}

function actionsOf(
  document: vscode.TextDocument,
  { line, fix }: Problem,
  diagnostic: vscode.Diagnostic,
): vscode.CodeAction[] {
  if (!fix || line >= document.lineCount) return [];
  const row = document.lineAt(line).text;
  const place =
    fix.from === undefined ? { start: row.length, end: row.length } : lastFieldPlace(row, fix.from);
  if (!place) return [];
  return fix.to.map((text) => {
    const title =
      fix.from === undefined
        ? vscode.l10n.t('Add “{0}”', shownName(text.trim()))
        : vscode.l10n.t('Change “{0}” to “{1}”', shownName(fix.from), shownName(text));
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.edit = new vscode.WorkspaceEdit();
    action.edit.replace(document.uri, new vscode.Range(line, place.start, line, place.end), text);
    action.diagnostics = [diagnostic];
    action.isPreferred = fix.to.length === 1;
    return action;
  });
}
