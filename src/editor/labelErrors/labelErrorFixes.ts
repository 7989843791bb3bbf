import * as vscode from 'vscode';
import { groupedBy } from '../../common/groupedBy';
import { shownName } from '../../common/shownText';
import type { LabelFinding } from '../../corpus/labels/labelFindings';
import type { SourceFile } from '../../engine/sourceFile';
import { findingKey, labelErrorCode } from './labelErrorProblems';
import type { LabelErrorProblems, LabelErrorServices, PlacedFinding } from './labelErrorProblems';

const changeCommand = 'rnnTagger.changeLabelErrors';
const keepCommand = 'rnnTagger.keepLabel';

/** What is offered for labels that may be wrong: to change one or all like it, and to keep it. */
export function registerLabelErrorFixes(
  problems: LabelErrorProblems,
  services: LabelErrorServices,
): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions(document, range) {
      const told = vscode.languages
        .getDiagnostics(document.uri)
        .filter(({ code }) => code === labelErrorCode);
      // A row is short: its label is changed from anywhere on it, in other texts from the label.
      return problems.all
        .filter(({ uri }) => uri.toString() === document.uri.toString())
        .filter((placed) => isAt(document, placed.range, range))
        .flatMap((placed) => {
          const own = told.filter((diagnostic) => diagnostic.range.isEqual(placed.range));
          return actionsOf(placed, likeThis(problems, placed), own);
        });
    },
  };
  const found = (keys: readonly string[]): LabelFinding[] =>
    problems.all.map(({ finding }) => finding).filter((finding) => keys.includes(findingKey(finding)));
  /** @returns the keys of those that were changed. */
  const change = async (...keys: string[]): Promise<readonly string[]> => {
    const findings = found(keys);
    const changed = await applySuggestions(findings, services);
    if (changed.length < keys.length) showLeft(keys.length - changed.length);
    if (changed.length > 0) await services.store.decide(changed, false);
    await problems.refresh();
    return changed.map(findingKey);
  };
  const keep = async (...keys: string[]): Promise<void> => {
    await services.store.decide(found(keys), true);
    await problems.refresh();
  };
  return vscode.Disposable.from(
    vscode.languages.registerCodeActionsProvider('*', provider, {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    }),
    vscode.commands.registerCommand(changeCommand, change),
    vscode.commands.registerCommand(keepCommand, keep),
  );
}

function isAt(document: vscode.TextDocument, own: vscode.Range, asked: vscode.Range): boolean {
  if (own.intersection(asked) !== undefined) return true;
  const row = document.lineAt(Math.min(own.start.line, document.lineCount - 1));
  return row.range.end.character <= longestRow && row.range.intersection(asked) !== undefined;
}

/** Longer lines hold many tokens. */
const longestRow = 200;

function likeThis(problems: LabelErrorProblems, { finding }: PlacedFinding): PlacedFinding[] {
  const { word, gold, suggested } = finding;
  return problems.all.filter(
    ({ finding: other }) => other.word === word && other.gold === gold && other.suggested === suggested,
  );
}

function actionsOf(
  { finding }: PlacedFinding,
  like: readonly PlacedFinding[],
  diagnostics: vscode.Diagnostic[],
): vscode.CodeAction[] {
  const action = (title: string, command: string, findings: readonly LabelFinding[]): vscode.CodeAction => {
    const made = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    made.command = { command, title, arguments: findings.map(findingKey) };
    made.diagnostics = diagnostics;
    return made;
  };
  const { gold, suggested } = finding;
  const title = vscode.l10n.t('Change “{0}” to “{1}”', shownName(gold), shownName(suggested));
  const one = action(title, changeCommand, [finding]);
  one.isPreferred = true;
  const all = like.map((placed) => placed.finding);
  return [
    one,
    ...(all.length > 1
      ? [action(vscode.l10n.t('Change all like this ({0})', all.length), changeCommand, all)]
      : []),
    action(vscode.l10n.t('Keep, and never again'), keepCommand, [finding]),
  ];
}

/**
 * Gives the suggested labels to those that are still there, as one edit that can be undone.
 * @returns those that were changed.
 */
async function applySuggestions(
  findings: readonly LabelFinding[],
  { store, reader, corpora, settings }: LabelErrorServices,
): Promise<readonly LabelFinding[]> {
  const index = store.found?.index;
  if (index === undefined) return [];
  const edit = new vscode.WorkspaceEdit();
  const versions = new Map<vscode.TextDocument, number>();
  const changed: LabelFinding[] = [];
  for (const [file, own] of groupedBy(findings, (finding) => finding.file)) {
    const [source] = (await corpora.readFiles([vscode.Uri.parse(file)])).sources;
    if (!source) continue;
    const target = vscode.Uri.parse(source.companion?.file ?? file);
    const document = await vscode.workspace.openTextDocument(target);
    versions.set(document, document.version);
    const text = document.getText();
    const { replaceInvalidBytes } = settings.current;
    const request = { source: withText(source, text), replaceInvalidBytes, index };
    const still = await reader.placesOfFindings({ ...request, findings: own });
    const there = own.filter((_, i) => still[i] !== undefined);
    const { edits } = await reader.relabel({ ...request, findings: there });
    for (const { start, end, text: inserted } of edits) {
      const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
      edit.replace(target, range, inserted);
    }
    changed.push(...there);
  }
  // An edit meanwhile may have moved what is to be changed.
  if ([...versions].some(([document, version]) => document.isClosed || document.version !== version))
    return [];
  return changed.length > 0 && (await vscode.workspace.applyEdit(edit)) ? changed : [];
}

/** The source with the text of its document: of its annotations, where they are the document. */
function withText(source: SourceFile, text: string): SourceFile {
  const { companion } = source;
  return companion ? { ...source, companion: { ...companion, content: text } } : { ...source, content: text };
}

function showLeft(count: number): void {
  const message =
    count === 1
      ? vscode.l10n.t('The text has changed meanwhile: the label was left as it is.')
      : vscode.l10n.t('The text has changed meanwhile: {0} labels were left as they are.', count);
  void vscode.window.showWarningMessage(message);
}
