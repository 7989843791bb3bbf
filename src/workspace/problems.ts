import * as vscode from 'vscode';
import type { Problem } from '../common/problem';
import { section } from './settings';
import type { Settings } from './settings';

const source = 'RNN Tagger';

/** VS Code draws each; a file that is no corpus at all would have one for every line. */
const mostProblems = 500;

/** Problems that say of a label that it is none, or a slip. */
const aboutLabels: ReadonlySet<string> = new Set([
  'unknown-label',
  'label-like-another',
  'label-not-in-training',
]);

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
} as const;

/** Shows what is wrong with corpora in the Problems panel. */
export class CorpusProblems implements vscode.Disposable {
  /** What the reader finds in each file, and what the last run found in its data. */
  private readonly ofFiles = vscode.languages.createDiagnosticCollection('rnnTagger');
  private readonly ofRun = vscode.languages.createDiagnosticCollection('rnnTagger.run');

  /** What a model does not know of the labels in each file. */
  private readonly ofModel = vscode.languages.createDiagnosticCollection('rnnTagger.model');

  private readonly fixable = new Map<string, readonly Problem[]>();
  /** Files whose problems came with another's: of a text its annotations. */
  private readonly toldOf = new Map<string, readonly string[]>();
  /** By file, as they were told: where the file's own problem is at the same line, they are not shown. */
  private readonly unknownLabels = new Map<string, readonly Problem[]>();

  /** Problems of a file for which there is something that would mend them. */
  fixableOf(uri: vscode.Uri): readonly Problem[] {
    const unknown = this.unknownLabelsOf(uri).filter(({ fix }) => fix !== undefined);
    return [...(this.fixable.get(uri.toString()) ?? []), ...unknown];
  }

  /** Replaces what is known of labels of a file that a model does not know. */
  setUnknownLabels(file: string, problems: readonly Problem[]): void {
    if (problems.length > 0) this.unknownLabels.set(file, problems);
    else this.unknownLabels.delete(file);
    this.showUnknownLabels(vscode.Uri.parse(file));
  }

  /** Replaces what is known of one file, and of a file that belongs to it. */
  setFile(file: string, problems: readonly Problem[]): void {
    const others = [...new Set(problems.map((problem) => problem.file))].filter((other) => other !== file);
    for (const other of new Set([file, ...(this.toldOf.get(file) ?? []), ...others]))
      this.set(
        other,
        problems.filter((problem) => problem.file === other),
      );
    if (others.length > 0) this.toldOf.set(file, others);
    else this.toldOf.delete(file);
  }

  private set(file: string, problems: readonly Problem[]): void {
    const uri = vscode.Uri.parse(file);
    const fixable = problems.filter(({ fix }) => fix !== undefined);
    if (fixable.length > 0) this.fixable.set(uri.toString(), fixable);
    else this.fixable.delete(uri.toString());
    if (problems.length > 0) this.ofFiles.set(uri, diagnostics(problems));
    else this.ofFiles.delete(uri);
    this.showUnknownLabels(uri);
  }

  /** Adds what a run found in its data; the reader's own findings in the same place are not repeated. */
  addOfRun(problems: readonly Problem[]): void {
    const byFile = new Map<string, Problem[]>();
    for (const problem of problems) {
      const found = byFile.get(problem.file);
      if (found) found.push(problem);
      else byFile.set(problem.file, [problem]);
    }
    for (const [file, found] of byFile) {
      const uri = vscode.Uri.parse(file);
      const known = this.ofFiles.get(uri) ?? [];
      const isNew = (diagnostic: vscode.Diagnostic) =>
        !known.some((other) => other.message === diagnostic.message && other.range.isEqual(diagnostic.range));
      this.ofRun.set(uri, [...(this.ofRun.get(uri) ?? []), ...diagnostics(found).filter(isNew)]);
    }
  }

  private showUnknownLabels(uri: vscode.Uri): void {
    if (this.unknownLabels.has(uri.toString())) this.ofModel.set(uri, diagnostics(this.unknownLabelsOf(uri)));
    else this.ofModel.delete(uri);
  }

  /** Those that are not told as the file's own problems, too. */
  private unknownLabelsOf(uri: vscode.Uri): readonly Problem[] {
    const unknown = this.unknownLabels.get(uri.toString());
    if (!unknown) return [];
    const told = new Set(
      [...(this.ofFiles.get(uri) ?? []), ...(this.ofRun.get(uri) ?? [])]
        .filter(({ code }) => aboutLabels.has(String(code)))
        .map(({ range }) => range.start.line),
    );
    return unknown.filter(({ line }) => !told.has(line));
  }

  clearRun(): void {
    this.ofRun.clear();
  }

  dispose(): void {
    this.ofFiles.dispose();
    this.ofRun.dispose();
    this.ofModel.dispose();
  }
}

function diagnostics(problems: readonly Problem[]): vscode.Diagnostic[] {
  const shown = problems.slice(0, mostProblems).map(diagnostic);
  if (problems.length > mostProblems) {
    const more = vscode.l10n.t(
      '{0} more problems in this file are not shown.',
      problems.length - mostProblems,
    );
    const rest = new vscode.Diagnostic(
      wholeLine(problems[mostProblems].line),
      more,
      vscode.DiagnosticSeverity.Information,
    );
    rest.source = source;
    shown.push(rest);
  }
  return shown;
}

function diagnostic(problem: Problem): vscode.Diagnostic {
  const { line, startColumn, endColumn } = problem;
  const range =
    startColumn === 0 && endColumn === 0
      ? wholeLine(line)
      : new vscode.Range(line, startColumn, line, endColumn);
  const result = new vscode.Diagnostic(range, problem.message, severities[problem.severity]);
  result.source = source;
  result.code = problem.code;
  return result;
}

/** VS Code cuts a range off at the line's end. */
function wholeLine(line: number): vscode.Range {
  return new vscode.Range(line, 0, line, Number.MAX_SAFE_INTEGER);
}

const replaceCommand = 'rnnTagger.replaceInvalidBytes';

/** Offers to read files with invalid UTF-8 all the same, or in another encoding. */
export function registerInvalidBytesActions(settings: Settings): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions(_document, _range, context) {
      const invalid = context.diagnostics.filter(
        ({ source: from, code }) => from === source && code === 'invalid-utf8',
      );
      if (invalid.length === 0) return [];
      const replace = new vscode.CodeAction(
        vscode.l10n.t('Read with replacement characters'),
        vscode.CodeActionKind.QuickFix,
      );
      replace.command = { command: replaceCommand, title: replace.title };
      replace.diagnostics = invalid;
      const reopen = new vscode.CodeAction(
        vscode.l10n.t('Read in another encoding…'),
        vscode.CodeActionKind.QuickFix,
      );
      reopen.command = { command: 'workbench.action.editor.changeEncoding', title: reopen.title };
      reopen.diagnostics = invalid;
      return settings.current.replaceInvalidBytes ? [reopen] : [replace, reopen];
    },
  };
  const replace = async () => {
    const target = vscode.workspace.workspaceFolders
      ? vscode.ConfigurationTarget.Workspace
      : vscode.ConfigurationTarget.Global;
    await vscode.workspace.getConfiguration(section).update('corpora.replaceInvalidBytes', true, target);
  };
  return vscode.Disposable.from(
    vscode.languages.registerCodeActionsProvider('*', provider, {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    }),
    vscode.commands.registerCommand(replaceCommand, replace),
  );
}
