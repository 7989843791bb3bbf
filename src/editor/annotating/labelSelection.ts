import * as vscode from 'vscode';
import { shownName } from '../../common/shownText';
import { TaskQueue } from '../../common/taskQueue';
import {
  addSpans,
  changeType,
  isTypeName,
  misquotedLines,
  removeSpans,
  snapToTokens,
  spansIn,
  withEdits,
} from '../../corpus/formats/bratEdits';
import type { FoundSpan } from '../../corpus/formats/bratEdits';
import type { TextRange } from '../../corpus/formats/spans/spanTokens';
import { isMarkdownName } from '../../corpus/formats/standoffNames';
import { annotationsBeside } from '../../workspace/annotatedTexts';
import { readAnnotationFile, textInFile } from '../../workspace/annotationFiles';
import type { LabelNames } from '../../workspace/labelNames';
import type { TextAnnotations } from '../../workspace/textAnnotations';
import type { TextsInProgress } from '../../workspace/textsInProgress';
import { pickLabel } from '../labelPick';
import type { PickedLabel } from '../labelPick';
import { withoutIcons } from '../translate';
import { nameOf, shown, tell, tellOverlaps, tellReferences } from './labelMessages';
import type { LabelSteps } from './labelSteps';
import { labelledPlaces, placesElsewhere, placesInText, placesNow } from './othersLikeIt';
import type { PlacesInText } from './othersLikeIt';
import { textIsLabelled } from './textIsLabelled';

export interface LabellingServices {
  readonly annotations: TextAnnotations;
  readonly steps: LabelSteps;
  readonly names: LabelNames;
  readonly progress: TextsInProgress;
  readonly exclude: () => readonly string[];
}

/** Where the same words get a label, too. */
const scopes = ['selection', 'file', 'workspace'] as const;
type Scope = (typeof scopes)[number];

/** What the command is given by a key of one's own: a label, and where the same words get it, too. */
interface Given {
  readonly label?: string;
  readonly scope?: Scope;
}

/** What was selected when the command was called. */
interface Asked {
  readonly editor: vscode.TextEditor;
  readonly version: number;
  readonly selections: readonly vscode.Selection[];
  /** Whoever labels the next words is asked no more about these. */
  readonly isPassed: vscode.CancellationToken;
}

/** What is to be labelled, and what there is. */
interface Selected {
  readonly document: vscode.TextDocument;
  readonly uri: vscode.Uri;
  readonly text: string;
  readonly before: string | undefined;
  readonly found: readonly FoundSpan[];
  /** Whole tokens. */
  readonly ranges: readonly TextRange[];
  /** Spans that are exactly selected, or that the cursor is in. */
  readonly selected: readonly FoundSpan[];
}

/** The command Label Selection, and those around it. */
export function registerLabelSelection(services: LabellingServices): vscode.Disposable {
  const { annotations, progress } = services;
  // One after the other: who labels words quickly finds what the words before left.
  const queue = new TaskQueue();
  let passed: vscode.CancellationTokenSource | undefined;
  return vscode.Disposable.from(
    vscode.commands.registerCommand('rnnTagger.labelSelection', (given?: unknown) => {
      passed?.cancel();
      const own = (passed = new vscode.CancellationTokenSource());
      const editor = vscode.window.activeTextEditor;
      const asked = editor && {
        editor,
        version: editor.document.version,
        selections: editor.selections,
        isPassed: own.token,
      };
      return queue.add(() => labelSelection(services, asked, givenBy(given))).finally(() => own.dispose());
    }),
    vscode.commands.registerCommand('rnnTagger.textIsLabelled', () => textIsLabelled(progress)),
    annotations.onDidDrop(({ document, dropped }) => {
      const names = dropped.slice(0, 3).map(({ type, quote }) => `${shown(type)} “${shown(quote)}”`);
      tell(
        vscode.l10n.t(
          'Labels went with their text in {0}: {1}. Undo brings both back.',
          nameOf(document.uri),
          `${names.join(', ')}${dropped.length > 3 ? ` … (${dropped.length})` : ''}`,
        ),
      );
    }),
  );
}

function givenBy(given: unknown): Given {
  if (typeof given === 'string') return { label: given };
  if (typeof given !== 'object' || given === null) return {};
  const { label, scope } = given as { label?: unknown; scope?: unknown };
  const known = scopes.find((own) => own === scope);
  return { ...(typeof label === 'string' && { label }), ...(known && { scope: known }) };
}

/**
 * Labels the tokens that the selections touch, in the annotations beside the text; a span that is exactly
 * selected, or that the cursor is in, changes its label, or loses it.
 *
 * @returns whether labels are as they were meant to be.
 */
async function labelSelection(
  services: LabellingServices,
  asked: Asked | undefined,
  given: Given,
): Promise<boolean> {
  const chosen = await selectedIn(services, asked);
  if (!chosen || !asked) return false;
  const { isPassed } = asked;
  const { document, uri, text, before, found, ranges, selected } = chosen;
  const words = [...new Set(ranges.map(({ start, end }) => text.slice(start, end)))];
  // While the person chooses, the other texts are looked through.
  const elsewhere = placesElsewhere(document.uri, words, services.exclude());
  elsewhere.catch(() => undefined);
  const picked = await labelFor(services, chosen, words, given.label, isPassed);
  if (!picked) return false;
  if (document.isClosed || document.getText() !== text || (await readAnnotationFile(uri)) !== before) {
    tell(vscode.l10n.t('Nothing was labelled, because the text or its labels have changed meanwhile.'));
    return false;
  }
  const isSelected = (range: TextRange): boolean => selected.some((span) => isSame(span, range));
  const added = ranges.filter((range) => !isSelected(range));
  const type = picked === 'remove' ? undefined : picked.label;
  const edits =
    type === undefined
      ? removeSpans(selected)
      : [
          ...changeType(selected, type),
          ...addSpans(
            text,
            before ?? '',
            added.map((range) => ({ ...range, type })),
          ),
        ];
  const after = withEdits(before ?? '', edits);
  if (type !== undefined) services.names.give(type);
  if ((before ?? '').trim() === '') services.progress.set(document.uri, true);
  if (!(await services.steps.make(document, [{ uri, before, after, text }]))) return false;
  if (type === undefined) {
    tellReferences(before ?? '', selected);
    return true;
  }
  tellOverlaps(added, found, text);
  const own = placesInText(document.uri, text, after, words);
  const here = { uri: document.uri, annotations: uri, text, before: after, places: own };
  return labelOthers(services, document, { here, elsewhere, isPassed }, { words, type, scope: given.scope });
}

/** What an editor's selections mean; says what to do where they mean nothing. */
async function selectedIn(
  { annotations }: LabellingServices,
  asked: Asked | undefined,
): Promise<Selected | undefined> {
  const uri = asked && annotationsBeside(asked.editor.document.uri);
  if (!asked || !uri || asked.editor.document.isUntitled) {
    tell(vscode.l10n.t('Label Selection labels words of a text file (.txt or .md). Open or save one first.'));
    return undefined;
  }
  const { editor } = asked;
  const { document } = editor;
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) {
    tell(
      vscode.l10n.t(
        'The folder of {0} is read-only, so no labels can stand beside it. Label a copy of it elsewhere.',
        nameOf(document.uri),
      ),
    );
    return undefined;
  }
  // Labels say where in the file they are: the file is to be what is seen.
  if (!(await annotations.settle(document))) {
    tell(vscode.l10n.t('{0} could not be saved, so nothing was labelled.', nameOf(document.uri)));
    return undefined;
  }
  const text = document.getText();
  if ((await textInFile(document.uri)) !== text) {
    tell(
      vscode.l10n.t(
        '{0} has line ends of several kinds, so that places in it are others on the disk. Choose LF or CRLF in the status bar and save it, then label.',
        nameOf(document.uri),
      ),
    );
    return undefined;
  }
  const before = await readAnnotationFile(uri);
  const [misquoted] = misquotedLines(text, before ?? '');
  if (misquoted !== undefined) {
    tell(
      vscode.l10n.t(
        'Nothing was labelled: line {0} of {1} does not fit the text any more. Mend or remove that line first.',
        misquoted + 1,
        nameOf(uri),
      ),
    );
    return undefined;
  }
  const found = spansIn(text, before ?? '');
  // Where the text was edited since, the editor alone knows where the words are now.
  const selections = document.version === asked.version ? asked.selections : editor.selections;
  const ranges = rangesOf(document, selections, text, found);
  if (ranges.length === 0) {
    tell(vscode.l10n.t('There is no word at the selection: select one, or put the cursor into it.'));
    return undefined;
  }
  // What is selected is what is labelled.
  editor.selections = ranges.map(
    ({ start, end }) => new vscode.Selection(document.positionAt(start), document.positionAt(end)),
  );
  const selected = found.filter((span) => ranges.some((range) => isSame(span, range)));
  return { document, uri, text, before, found, ranges, selected };
}

/** The whole tokens that an editor's selections touch; a cursor in a span means the span, the shortest first. */
function rangesOf(
  document: vscode.TextDocument,
  selections: readonly vscode.Selection[],
  text: string,
  found: readonly FoundSpan[],
): TextRange[] {
  const asked = selections.map(({ start, end }) => {
    const range = { start: document.offsetAt(start), end: document.offsetAt(end) };
    if (range.start < range.end) return range;
    const around = found
      .filter((span) => span.start <= range.start && range.start <= span.end)
      .sort((a, b) => a.end - a.start - (b.end - b.start));
    return around.at(0) ?? range;
  });
  const exact = asked.filter((range) => found.some((span) => isSame(span, range)));
  const others = asked.filter((range) => !exact.includes(range));
  const ranges = [...exact, ...snapToTokens(text, others, isMarkdownName(document.uri.path))];
  return [...new Map(ranges.map(({ start, end }) => [`${start} ${end}`, { start, end }])).values()];
}

async function labelFor(
  { names }: LabellingServices,
  { selected, found, ranges }: Selected,
  words: readonly string[],
  given: string | undefined,
  isPassed: vscode.CancellationToken,
): Promise<PickedLabel | undefined> {
  const known = await names.all([...new Set(found.map(({ type }) => type))]);
  const quoted = `“${shownName(words[0].replace(/\s+/g, ' '))}”`;
  const what = ranges.length > 1 ? vscode.l10n.t('{0} and {1} more', quoted, ranges.length - 1) : quoted;
  const old = [...new Set(selected.map(({ type }) => shownName(type)))].join(', ');
  const title = old === '' ? vscode.l10n.t('Label {0}', what) : vscode.l10n.t('{0} is {1}', what, old);
  const picked: PickedLabel | undefined =
    given === undefined
      ? await pickLabel(known, withoutIcons(title), {
          canRemove: selected.length > 0,
          isPassed,
          // No type of brat holds white space.
          asLabel: (typed) => typed.trim().replace(/\s+/g, '_'),
        })
      : { label: given };
  if (picked && picked !== 'remove' && !isTypeName(picked.label)) {
    tell(vscode.l10n.t('A label holds no white space: “{0}” was not given.', shown(picked.label)));
    return undefined;
  }
  return picked;
}

/** Offers the same label for the same words elsewhere: one more step. */
async function labelOthers(
  { annotations, steps, progress }: LabellingServices,
  document: vscode.TextDocument,
  places: {
    readonly here: PlacesInText;
    readonly elsewhere: Promise<PlacesInText[]>;
    readonly isPassed: vscode.CancellationToken;
  },
  {
    words,
    type,
    scope,
  }: { readonly words: readonly string[]; readonly type: string; readonly scope?: Scope },
): Promise<boolean> {
  const { here, isPassed } = places;
  const others = await places.elsewhere.catch((): PlacesInText[] => []);
  if (scope === undefined && isPassed.isCancellationRequested) return true;
  const inFile = here.places.length;
  const inAll = others.reduce((sum, { places: own }) => sum + own.length, inFile);
  if (inAll === 0) return true;
  const chosen = scope ?? (await askForScope(words, type, { inFile, inAll, files: others.length }, isPassed));
  if (chosen === undefined || chosen === 'selection') return true;
  // While the person chose, the texts may have changed.
  if (inFile > 0) await annotations.settle(document);
  const asked = [...(inFile > 0 ? [here] : []), ...(chosen === 'workspace' ? others : [])];
  const now = (await Promise.all(asked.map(({ uri }) => placesNow(uri, words)))).filter(
    (places) => places !== undefined,
  );
  for (const { uri, before } of now) if ((before ?? '').trim() === '') progress.set(uri, true);
  const isMade = await steps.make(
    document,
    now.map((own) => labelledPlaces(own, type)),
  );
  if (now.length < asked.length)
    tell(
      vscode.l10n.t(
        'In {0} files the same words were not labelled: these have unsaved changes, or do not hold them any more.',
        asked.length - now.length,
      ),
    );
  return isMade;
}

async function askForScope(
  words: readonly string[],
  type: string,
  { inFile, inAll, files }: { readonly inFile: number; readonly inAll: number; readonly files: number },
  isPassed: vscode.CancellationToken,
): Promise<Scope | undefined> {
  const items: (vscode.QuickPickItem & { readonly scope: Scope })[] = [
    { label: vscode.l10n.t('Only what is selected'), scope: 'selection' },
  ];
  if (inFile > 0)
    items.push({
      label:
        inFile === 1
          ? vscode.l10n.t('And the other one like it in this file')
          : vscode.l10n.t('And the {0} others like it in this file', inFile),
      scope: 'file',
    });
  if (files > 0)
    items.push({
      label:
        inAll === 1
          ? vscode.l10n.t('And the other one like it in the workspace')
          : vscode.l10n.t('And the {0} others like it in the workspace', inAll),
      description: files === 1 ? vscode.l10n.t('in 1 more file') : vscode.l10n.t('in {0} more files', files),
      scope: 'workspace',
    });
  const title = withoutIcons(
    vscode.l10n.t('“{0}” is {1} now', shownName(words[0].replace(/\s+/g, ' ')), shownName(type)),
  );
  return (await vscode.window.showQuickPick(items, { title }, isPassed))?.scope;
}

const isSame = (a: TextRange, b: TextRange): boolean => a.start === b.start && a.end === b.end;
