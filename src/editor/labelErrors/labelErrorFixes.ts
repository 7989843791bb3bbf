import * as vscode from 'vscode';
import { formatCount } from '../../common/figures';
import { groupedBy } from '../../common/groupedBy';
import { shownName, shownNames } from '../../common/shownText';
import type { LabelFinding } from '../../corpus/labels/labelFindings';
import type { SourceFile } from '../../engine/sourceFile';
import { openedDocument } from '../../workspace/openedDocument';
import { isReadOnly } from '../../workspace/readOnlyDocument';
import { labelsOf } from '../answers/answerPart';
import { applyAnswers } from '../answers/applyAnswers';
import type { AnswerEdits } from '../answers/applyAnswers';
import { readOnlyText, refuse, unsavedText } from '../answers/giveAnswer';
import { fileName } from '../fileName';
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
    const suggested = await applySuggestions(findings, services);
    const { changed } = suggested;
    if (changed.length < keys.length) showLeft(suggested, keys.length);
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

/** What became of suggestions. */
interface Suggested {
  readonly changed: readonly LabelFinding[];
  /** Files that cannot be written, with how many labels stay in them. */
  readonly readOnly: ReadonlyMap<vscode.TextDocument, number>;
  /** Why others stay. */
  readonly unsaved?: vscode.TextDocument;
}

/** Gives the suggested labels to those that are still there and in files that can be written: one step to undo. */
async function applySuggestions(
  findings: readonly LabelFinding[],
  services: LabelErrorServices,
): Promise<Suggested> {
  const { store, reader, corpora, settings, annotations } = services;
  const index = store.found?.index;
  const answers: AnswerEdits[] = [];
  const changed: LabelFinding[] = [];
  const readOnly = new Map<vscode.TextDocument, number>();
  let unsaved: vscode.TextDocument | undefined;
  for (const [file, own] of groupedBy(findings, (finding) => finding.file)) {
    const document = await openedDocument(vscode.Uri.parse(file));
    const edited = document && (await labelsOf(document, services));
    if (index === undefined || !document || !edited) continue;
    if (await isReadOnly(edited)) {
      readOnly.set(edited, own.length);
      continue;
    }
    // Places in annotations are those of the text that is saved.
    if (edited !== document && !(await annotations.settle(document))) {
      unsaved = document;
      continue;
    }
    const [source] = (await corpora.readFiles([document.uri])).sources;
    if (!source) continue;
    const text = { document, edited, versions: [document.version, edited.version] as const };
    const { replaceInvalidBytes } = settings.current;
    const request = { source: withText(source, edited.getText()), replaceInvalidBytes, index };
    const still = await reader.placesOfFindings({ ...request, findings: own });
    const there = own.filter((_, i) => still[i] !== undefined);
    const { edits } = await reader.relabel({ ...request, findings: there });
    answers.push({ ...text, edits });
    changed.push(...there);
  }
  const isDone = await applyAnswers(answers, services);
  return { changed: isDone ? changed : [], readOnly, ...(unsaved && { unsaved }) };
}

/** The source with the text of its document: of its annotations, where they are the document. */
function withText(source: SourceFile, text: string): SourceFile {
  const { companion } = source;
  return companion ? { ...source, companion: { ...companion, content: text } } : { ...source, content: text };
}

/** Says what stays, and what to do. */
function showLeft({ changed, readOnly, unsaved }: Suggested, asked: number): void {
  const [first] = readOnly.keys();
  const protectedLabels = [...readOnly.values()].reduce((sum, count) => sum + count, 0);
  if (readOnly.size === 1) refuse(readOnlyText(first));
  else if (readOnly.size > 1)
    refuse(
      vscode.l10n.t(
        '{0} labels stay, since their files are read-only: {1}. Make them writable, and try again.',
        formatCount(protectedLabels),
        shownNames([...readOnly.keys()].map(({ uri }) => fileName(uri))),
      ),
    );
  if (unsaved) return void refuse(unsavedText(unsaved));
  const left = asked - changed.length - protectedLabels;
  if (left === 1) refuse(vscode.l10n.t('The text has changed meanwhile: the label was left as it is.'));
  else if (left > 1)
    refuse(
      vscode.l10n.t('The text has changed meanwhile: {0} labels were left as they are.', formatCount(left)),
    );
}
