import * as vscode from 'vscode';
import { formatCount } from '../../common/figures';
import { shownName, shownNames } from '../../common/shownText';
import type { Engine } from '../../engine/engine';
import { PatternError, PatternSearch } from '../../engine/patternSearch';
import { offerModel } from '../labels/offerModel';
import { MultiStepInput } from '../multiStepInput';
import { columnAt, placeInWords, wordsOf } from './answerPart';
import type { AnswerServices } from './answerPart';
import { applyAnswers } from './applyAnswers';
import { answersNow, changedSince, gatherAnswers } from './gatherAnswers';
import type { GatheredAnswers, ManyAnswers, ManyPlaces } from './gatherAnswers';
import { changedText, refusalText, refuse } from './giveAnswer';

interface ManyServices extends AnswerServices {
  readonly engine: Pick<Engine, 'createReader'>;
}

/** The commands that answer many places at once, with a preview. */
export function registerManyCommands(services: ManyServices): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('rnnTagger.acceptMany', async (given?: Partial<ManyAnswers>) => {
      const wish = await MultiStepInput.run((input) => askFor(input, given, false));
      return wish && many(services, wish);
    }),
    vscode.commands.registerCommand('rnnTagger.relabelMany', async (given?: Partial<ManyAnswers>) => {
      const wish = await MultiStepInput.run((input) => askFor(input, given, true));
      return wish && many(services, wish);
    }),
  );
}

/** Asks for what was not given. */
async function askFor(
  input: MultiStepInput,
  given: Partial<ManyAnswers> | undefined,
  relabel: boolean,
): Promise<ManyAnswers | undefined> {
  if (given?.scope && (!relabel || (given.label !== undefined && given.to !== undefined)))
    return { ...given, scope: given.scope };
  const scopes = [
    { label: vscode.l10n.t('In this file'), scope: 'file' as const },
    { label: vscode.l10n.t('In the selection'), scope: 'selection' as const },
    { label: vscode.l10n.t('In the whole workspace'), scope: 'workspace' as const },
  ];
  const where = await input.pick(scopes, { title: vscode.l10n.t('Where?') });
  const ask = (
    title: string,
    value = '',
    validateInput?: (typed: string) => string | undefined,
  ): Promise<string | undefined> => input.type({ title, value, ...(validateInput && { validateInput }) });
  if (!where) return undefined;
  let confidence = 0;
  if (!relabel) {
    const typed = await ask(vscode.l10n.t('Accept from which confidence on, in per cent?'), '90', (value) =>
      percentOf(value) === undefined ? vscode.l10n.t('A number from 0 to 100, such as 90.') : undefined,
    );
    if (typed === undefined) return undefined;
    confidence = (percentOf(typed) ?? 100) / 100;
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

/** "90", "90 %", "99,5"; undefined for what is no share of a hundred. */
function percentOf(typed: string): number | undefined {
  const number = /^\s*(\d+(?:[.,]\d+)?)\s*%?\s*$/.exec(typed)?.[1];
  const percent = number === undefined ? NaN : Number(number.replace(',', '.'));
  return percent >= 0 && percent <= 100 ? percent : undefined;
}

/** @returns how many labels the preview offered; undefined where it came to none. */
async function many(services: ManyServices, asked: ManyAnswers): Promise<number | undefined> {
  const places = await placesOf(services, asked);
  if (!places) return undefined;
  // Of the columns of the file, the one that the cursor is in is meant, in all files that have it.
  const column = asked.column ?? (await columnAtCursor(services));
  const wish = { ...asked, ...(column !== undefined && { column }) };
  const { pattern } = wish;
  const search =
    pattern === undefined ? undefined : new PatternSearch(() => services.engine.createReader(), pattern);
  try {
    const gathered = await gather(services, places, wish, search);
    return gathered && (await preview(gathered, wish, services));
  } catch (error) {
    if (!(error instanceof PatternError) || pattern === undefined) throw error;
    if (error.fault !== 'ended') refuse(faultText(error.fault, pattern));
    return undefined;
  } finally {
    search?.dispose();
  }
}

async function columnAtCursor(services: AnswerServices): Promise<string | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return undefined;
  const words = await wordsOf(editor.document);
  const place = placeInWords(editor.document, words, editor.selection.active);
  return place && columnAt(words, place, services)?.name;
}

/** Where to look; says what to do where that is nowhere. */
async function placesOf({ corpora }: AnswerServices, wish: ManyAnswers): Promise<ManyPlaces | undefined> {
  if (wish.scope === 'workspace')
    return { uris: corpora.corpora.flatMap(({ files }) => files.map(({ file }) => vscode.Uri.parse(file))) };
  const editor = vscode.window.activeTextEditor;
  if (!editor) return refuseOther();
  const { uri } = await wordsOf(editor.document);
  if (wish.scope === 'file') return { uris: [uri] };
  if (uri.toString() === editor.document.uri.toString()) return { uris: [uri], selection: editor.selection };
  refuse(vscode.l10n.t('Select words in the text: annotations have no order of their own.'));
  return undefined;
}

function gather(
  services: ManyServices,
  places: ManyPlaces,
  wish: ManyAnswers,
  search: PatternSearch | undefined,
): Thenable<GatheredAnswers | undefined> {
  const title = vscode.l10n.t('Looking for labels to change');
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, cancelled) => {
      const watch = cancelled.onCancellationRequested(() => search?.dispose());
      const done = (share: number): void => progress.report({ increment: 100 * share });
      try {
        return await gatherAnswers(places, wish, search, services, { cancelled, done });
      } finally {
        watch.dispose();
      }
    },
  );
}

async function preview(
  gathered: GatheredAnswers,
  { to }: ManyAnswers,
  services: AnswerServices,
): Promise<number | undefined> {
  const { count, texts, leftOut, isJudged, refusal } = gathered;
  if (leftOut.length > 0)
    refuse(
      vscode.l10n.t('Left out, since they are read-only or cannot be opened: {0}.', shownNames(leftOut)),
    );
  if (refusal) refuse(refusalText(refusal));
  if (texts.length === 0 && leftOut.length === 0) return refuseOther();
  if (!isJudged && leftOut.length === 0) {
    void offerModel();
    return undefined;
  }
  if (count === 0 && leftOut.length > 0) return 0;
  if (count === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Nothing is like that, so nothing changes.'));
    return 0;
  }
  const answers = await answersNow(gathered);
  if (!answers) {
    refuse(changedText());
    return undefined;
  }
  const description = to ?? vscode.l10n.t('predicted labels');
  const entry = { needsConfirmation: true, label: vscode.l10n.t('Labels'), description };
  if (!(await applyAnswers(answers, services, { preview: entry }))) return undefined;
  const { changed, files } = await changedSince(gathered);
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      'Of {0} answers on offer, those that were ticked are given: {1} places in {2} files.',
      formatCount(count),
      formatCount(changed),
      formatCount(files),
    ),
  );
  return count;
}

function refuseOther(): undefined {
  refuse(
    vscode.l10n.t(
      'This file is of no corpus with labels, so there is nothing to answer. Open a file with annotated text.',
    ),
  );
}

const faultText = (fault: 'invalid' | 'slow', pattern: string): string =>
  fault === 'invalid'
    ? vscode.l10n.t('“{0}” is no regular expression. Mend it, and try again.', shownName(pattern))
    : vscode.l10n.t(
        '“{0}” takes too long on these words, so it was stopped, and nothing was changed. Write it without repetitions inside of repetitions, as in (a+)+, and try again.',
        shownName(pattern),
      );
