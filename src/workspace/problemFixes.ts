import * as vscode from 'vscode';
import type { Problem, ProblemFix } from '../common/problem';
import { shownName } from '../common/shownText';
import { lastFieldPlace } from './fieldPlace';
import type { CorpusProblems } from './problems';

/** Offers what would mend a problem, as an edit that can be undone. */
export function registerProblemFixes(problems: CorpusProblems): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions: (document, range) => {
      const fixable = problems
        .fixableOf(document.uri)
        .filter(({ line }) => range.start.line <= line && line <= range.end.line);
      if (fixable.length === 0) return [];
      // A row is short: its problems are mended from anywhere on it.
      const told = vscode.languages.getDiagnostics(document.uri);
      return fixable.flatMap((problem) => {
        const own = told.find(
          ({ code, message, range: { start } }) =>
            code === problem.code && message === problem.message && start.line === problem.line,
        );
        return own ? actionsOf(document, problem, own) : [];
      });
    },
  };
  return vscode.languages.registerCodeActionsProvider('*', provider, {
    providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
  });
}

function actionsOf(
  document: vscode.TextDocument,
  problem: Problem,
  diagnostic: vscode.Diagnostic,
): vscode.CodeAction[] {
  const { fix } = problem;
  const place = fix && placeOfFix(document, problem, fix);
  if (!fix || !place) return [];
  return fix.to.map((text) => {
    const action = new vscode.CodeAction(fixTitle(fix, text), vscode.CodeActionKind.QuickFix);
    action.edit = new vscode.WorkspaceEdit();
    action.edit.replace(document.uri, place, text);
    action.diagnostics = [diagnostic];
    action.isPreferred = fix.to.length === 1;
    return action;
  });
}

/** What a fix replaces; undefined where the text is another by now. */
export function placeOfFix(
  document: vscode.TextDocument,
  { line, startColumn, endColumn }: Problem,
  { from }: ProblemFix,
): vscode.Range | undefined {
  if (line >= document.lineCount) return undefined;
  const row = document.lineAt(line).text;
  if (from === undefined) return new vscode.Range(line, row.length, line, row.length);
  const start = new vscode.Position(line, startColumn);
  const told = new vscode.Range(start, document.positionAt(document.offsetAt(start) + from.length));
  if (endColumn > 0 && document.getText(told) === from) return told;
  const field = lastFieldPlace(row, from);
  return field && new vscode.Range(line, field.start, line, field.end);
}

/** What a quick fix is called. */
export function fixTitle({ from, does }: ProblemFix, text: string): string {
  if (does !== undefined) return does;
  if (from === undefined) return vscode.l10n.t('Add “{0}”', shownName(text.trim()));
  return vscode.l10n.t('Change “{0}” to “{1}”', shownName(from), shownName(text));
}
