import * as vscode from 'vscode';
import { formatCount } from '../common/figures';
import type { Problem } from '../common/problem';
import { withoutLinks } from '../common/shownText';
import { brat } from '../corpus/formats/brat';
import type { Reader } from '../engine/engine';
import { sourceOf } from '../workspace/annotatedTexts';
import { labelsKnownFor } from '../workspace/modelLabelCheck';
import { fixTitle, placeOfFix } from '../workspace/problemFixes';
import type { CorpusProblems } from '../workspace/problems';
import { isReadOnly } from '../workspace/readOnlyDocument';
import type { ModelLibrary } from '../workspace/services';
import type { Settings } from '../workspace/settings';
import type { WorkspaceCorpora } from '../workspace/workspaceCorpora';
import { changedText, readOnlyText, refuse } from './answers/giveAnswer';
import { fileName } from './fileName';

export interface FixServices {
  readonly problems: CorpusProblems;
  readonly reader: Pick<Reader, 'fixesLike'>;
  readonly corpora: WorkspaceCorpora;
  readonly models: ModelLibrary;
  readonly settings: Settings;
}

const command = 'rnnTagger.fixAllLike';

/** Offers to mend all problems of a file that are like one, also those beyond the first that are listed. */
export function registerFixAllLike(services: FixServices): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions(document, range) {
      return services.problems
        .fixableOf(document.uri)
        .filter(({ line }) => range.start.line <= line && line <= range.end.line)
        .flatMap((problem) => actionsOf(document, problem));
    },
  };
  return vscode.Disposable.from(
    vscode.languages.registerCodeActionsProvider('*', provider, {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    }),
    vscode.commands.registerCommand(command, (uri: vscode.Uri, problem: Problem, choice: number) =>
      fixAll(uri, problem, choice, services),
    ),
  );
}

/** The file is not read for them: how many there are was counted with its problems. */
function actionsOf(document: vscode.TextDocument, problem: Problem): vscode.CodeAction[] {
  const { fix, alike = 1 } = problem;
  if (alike === 1) return [];
  return (fix?.to ?? []).map((text, choice) => {
    const title = vscode.l10n.t(
      'All {0} like this in the file: {1}',
      formatCount(alike),
      fix ? fixTitle(fix, text) : '',
    );
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.command = { command, title, arguments: [document.uri, problem, choice] };
    return action;
  });
}

/** All problems of a document that are like one; undefined where the document changes meanwhile. */
async function problemsLike(
  document: vscode.TextDocument,
  like: Problem,
  services: FixServices,
): Promise<readonly Problem[] | undefined> {
  const { version } = document;
  const source = await sourceOfProblems(document, services);
  if (!source) return undefined;
  const { replaceInvalidBytes } = services.settings.current;
  const isOfModel = like.code === 'label-unknown-to-model';
  const known = isOfModel ? labelsKnownFor(document, services) : undefined;
  if (isOfModel && !known) return [];
  const problems = await services.reader.fixesLike({ source, replaceInvalidBytes, like, known });
  return document.version === version && !document.isClosed ? problems : undefined;
}

/** The source in which the document is told of: of annotations their text. */
async function sourceOfProblems(
  document: vscode.TextDocument,
  { corpora }: FixServices,
): Promise<ReturnType<WorkspaceCorpora['sourceOf']> | undefined> {
  const words = sourceOf(document.uri);
  const isBrat = corpora.corpusOf(words)?.layout.kind === brat.id;
  return isBrat ? (await corpora.readFiles([words])).sources.at(0) : corpora.sourceOf(document);
}

async function fixAll(
  uri: vscode.Uri,
  problem: Problem,
  choice: number,
  services: FixServices,
): Promise<boolean> {
  const document = await vscode.workspace.openTextDocument(uri);
  if (await isReadOnly(document)) return refuse(readOnlyText(document));
  const title = vscode.l10n.t('Mending {0}', fileName(uri));
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, async (_, cancelled) => {
    const like = await problemsLike(document, problem, services);
    if (cancelled.isCancellationRequested) return false;
    const edit = new vscode.WorkspaceEdit();
    const places = new Set<string>();
    for (const one of like ?? []) {
      const place = one.fix && placeOfFix(document, one, one.fix);
      const text = one.fix?.to.at(choice);
      const key = place && `${place.start.line} ${place.start.character}`;
      if (!place || key === undefined || text === undefined || places.has(key)) continue;
      places.add(key);
      edit.replace(uri, place, text);
    }
    // VS Code refuses edits of a text that has changed until they are there.
    if (places.size === 0 || !(await vscode.workspace.applyEdit(edit))) return refuse(changedText());
    void vscode.window.showInformationMessage(
      withoutLinks(
        vscode.l10n.t(
          '{0} places of {1} are mended. Undo takes all of them back.',
          formatCount(places.size),
          fileName(uri),
        ),
      ),
    );
    return true;
  });
}
