import * as vscode from 'vscode';
import { LabelDraft } from '../../corpus/answers/labelDraft';
import type { FileTokens } from '../../corpus/answers/labelDraft';
import { addEdits, disagreementsIn, partsOf, readPart, wordsOf } from './answerPart';
import type { AnswerPart, AnswerServices } from './answerPart';
import { accept, refusalText, refuse, unknownLabel } from './giveAnswer';

/** Which answers are meant; what is left out holds for all. */
export interface ManyAnswers {
  readonly scope: 'file' | 'selection' | 'workspace';
  /** The least confidence, from 0 to 1. */
  readonly confidence?: number;
  /** Of accepting: the predicted label. Of relabelling: the one that the text has. */
  readonly label?: string;
  /** The words, joined by spaces. */
  readonly text?: string;
  /** A regular expression that they match. */
  readonly pattern?: string;
  /** Relabelling: the new label. */
  readonly to?: string;
}

/** The commands that answer many places at once, with a preview. */
export function registerManyCommands(services: AnswerServices): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('rnnTagger.acceptMany', async (given?: Partial<ManyAnswers>) => {
      const wish = await askFor(given, false);
      return wish && many(services, wish);
    }),
    vscode.commands.registerCommand('rnnTagger.relabelMany', async (given?: Partial<ManyAnswers>) => {
      const wish = await askFor(given, true);
      return wish && many(services, wish);
    }),
  );
}

/** Asks for what was not given. */
async function askFor(
  given: Partial<ManyAnswers> | undefined,
  relabel: boolean,
): Promise<ManyAnswers | undefined> {
  if (given?.scope && (!relabel || given.to !== undefined)) return { ...given, scope: given.scope };
  const scopes = [
    { label: vscode.l10n.t('In this file'), scope: 'file' as const },
    { label: vscode.l10n.t('In the selection'), scope: 'selection' as const },
    { label: vscode.l10n.t('In the whole workspace'), scope: 'workspace' as const },
  ];
  const where = await vscode.window.showQuickPick(scopes, { title: vscode.l10n.t('Where?') });
  const ask = (title: string, value = ''): Thenable<string | undefined> =>
    vscode.window.showInputBox({ title, value, ignoreFocusOut: true });
  if (!where) return undefined;
  let confidence = 0;
  if (!relabel) {
    const typed = await ask(vscode.l10n.t('Accept above which confidence, in per cent?'), '90');
    if (typed === undefined || Number.isNaN(Number(typed))) return undefined;
    confidence = Number(typed) / 100;
  }
  const label = await ask(
    relabel
      ? vscode.l10n.t('Which label is to change?')
      : vscode.l10n.t('Only which predicted label? (Empty: all)'),
  );
  if (label === undefined || (relabel && label === '')) return undefined;
  const to = relabel ? await ask(vscode.l10n.t('Into which label?')) : undefined;
  if (relabel && !to) return undefined;
  const words = await ask(
    vscode.l10n.t('Only for which words? As they are, or /a regular expression/. (Empty: all)'),
  );
  if (words === undefined) return undefined;
  const pattern = /^\/(.+)\/$/.exec(words)?.[1];
  return {
    scope: where.scope,
    confidence,
    ...(label !== '' && { label }),
    ...(to !== undefined && { to }),
    ...(pattern !== undefined ? { pattern } : words !== '' && { text: words }),
  };
}

async function many(services: AnswerServices, wish: ManyAnswers): Promise<number | undefined> {
  let pattern: RegExp | undefined;
  try {
    pattern = wish.pattern === undefined ? undefined : new RegExp(wish.pattern, 'u');
  } catch {
    refuse(vscode.l10n.t('“{0}” is no regular expression. Mend it, and try again.', wish.pattern ?? ''));
    return undefined;
  }
  const edit = new vscode.WorkspaceEdit();
  const editor = vscode.window.activeTextEditor;
  const active = editor && (await wordsOf(editor.document));
  const uris =
    wish.scope === 'workspace'
      ? services.corpora.corpora.flatMap(({ files }) => files.map(({ file }) => vscode.Uri.parse(file)))
      : active
        ? [active.uri]
        : [];
  let count = 0;
  for (const uri of uris) {
    const document = await vscode.workspace.openTextDocument(uri);
    const selection =
      wish.scope === 'selection' && document === editor?.document ? editor.selection : undefined;
    for (const range of partsOf(document, services)) {
      const part = await readPart(document, range, services);
      if (part) count += await addAnswers(edit, part, wish, pattern, selection, services);
    }
  }
  if (count === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Nothing is like that, so nothing changes.'));
    return 0;
  }
  const isDone = await vscode.workspace.applyEdit(edit, { isRefactoring: true });
  if (!isDone) return undefined;
  void vscode.window.showInformationMessage(vscode.l10n.t('Labels on offer in the preview: {0}.', count));
  return count;
}

/** Adds one part's answers to the edit, for a preview. @returns how many. */
async function addAnswers(
  edit: vscode.WorkspaceEdit,
  part: AnswerPart,
  wish: ManyAnswers,
  pattern: RegExp | undefined,
  selection: vscode.Range | undefined,
  services: AnswerServices,
): Promise<number> {
  const { annotated, document, base } = part;
  const draft = new LabelDraft(annotated);
  const isMeant = ({ first, end }: FileTokens): boolean => {
    const words = annotated.words.slice(first, end).join(' ');
    const place = document.positionAt(base + annotated.starts[first]);
    return (
      (wish.text === undefined || wish.text === words) &&
      (!pattern || pattern.test(words.slice(0, 1_000))) &&
      (!selection || selection.contains(place))
    );
  };
  let count = 0;
  if (wish.to === undefined) {
    for (const found of (await disagreementsIn(part, services)) ?? []) {
      const { predicted, confidence } = found;
      const labels =
        predicted.label === undefined ? predicted.spans.map(({ type }) => type) : [predicted.label];
      if (confidence < (wish.confidence ?? 0) || (wish.label !== undefined && !labels.includes(wish.label)))
        continue;
      if (!isMeant(found) || unknownLabel(part, found) !== undefined) continue;
      if (!accept(draft, found, found)) count++;
    }
  } else {
    for (let t = 0; t < annotated.file.tokens; t++) {
      const sentence = annotated.sentence[t];
      const span = draft.spanAt(sentence, t);
      const at = span ?? { sentence, first: t, end: t + 1 };
      if (at.first === t && draft.labelOf(at) === wish.label && isMeant(at) && !draft.label(at, wish.to))
        count++;
    }
  }
  const drafted = draft.finish();
  if (typeof drafted === 'string') {
    refuse(refusalText(drafted));
    return 0;
  }
  const description = wish.to ?? vscode.l10n.t('predicted labels');
  addEdits(edit, part, drafted.edits, {
    needsConfirmation: true,
    label: vscode.l10n.t('Labels'),
    description,
  });
  return count;
}
