import * as vscode from 'vscode';
import { formatCount } from '../../common/figures';
import { groupedBy } from '../../common/groupedBy';
import { shownName } from '../../common/shownText';
import type { SoughtToken } from '../../corpus/labels/tokenPlaces';
import type { Reader } from '../../engine/engine';
import type { RunRecord } from '../../record/runRecord';
import type { Learned } from '../../run/learned';
import type { RunStore } from '../../workspace/runStore';
import type { Settings } from '../../workspace/settings';
import type { WorkspaceCorpora } from '../../workspace/workspaceCorpora';
import { textColumn } from './textColumn';

export interface OpenTokensServices {
  readonly runs: Pick<RunStore, 'run' | 'readDetails'>;
  readonly reader: Pick<Reader, 'placesOfTokens'>;
  readonly corpora: Pick<WorkspaceCorpora, 'readFiles'>;
  readonly settings: Settings;
}

interface SoughtInFile extends SoughtToken {
  readonly file: string;
}

/**
 * Opens the tokens of the development data that have these labels, gold and predicted, as they are now: one in
 * its editor, several in a peek view at the first. Says what is not there any more.
 */
export async function openTokens(
  { id, gold, predicted }: { readonly id: string; readonly gold: string; readonly predicted: string },
  services: OpenTokensServices,
): Promise<void> {
  const run = services.runs.run(id);
  const details = run && (await services.runs.readDetails(id));
  const kept = details?.learned?.tokens.find((one) => one.gold === gold && one.predicted === predicted);
  if (!run || !details?.learned || !kept) return tellNotKept();
  const { learned } = details;
  const sought = kept.places.map(([sentence, token]) => soughtIn(learned, sentence, token, gold));
  const found = await placesNow(sought, run, services);
  if (found.length === 0)
    return void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'None of these tokens is there any more with the label “{0}”: the corpus has changed since this run.',
        shownName(gold),
      ),
    );
  await show(found);
  const all =
    details.development?.confusions.find(([own, other]) => own === gold && other === predicted)?.[2] ?? 0;
  const said = [leftOutText(sought.length - found.length, sought.length), firstText(sought.length, all)];
  const text = said.filter((one) => one !== undefined).join(' ');
  if (text !== '') void vscode.window.showInformationMessage(text);
}

/** Opens one of the worst sentences at its first error. */
export async function openSentence(
  { id, place }: { readonly id: string; readonly place: number },
  services: OpenTokensServices,
): Promise<void> {
  const run = services.runs.run(id);
  const learned = run && (await services.runs.readDetails(id))?.learned;
  const worst = learned?.worst[place];
  if (!run || !learned || !worst) return tellNotKept();
  const found = await placesNow([soughtIn(learned, worst.sentence, worst.token)], run, services);
  if (found.length > 0) return show(found);
  void vscode.window.showInformationMessage(
    vscode.l10n.t('This sentence is not there any more: the corpus has changed since this run.'),
  );
}

function soughtIn({ sentences }: Learned, sentence: number, token: number, gold?: string): SoughtInFile {
  const { file, number, words } = sentences[sentence];
  return { file, number, words, token, ...(gold !== undefined && { gold }) };
}

/** Where tokens are now, in their order; those that are gone, or have other labels, are left out. */
async function placesNow(
  sought: readonly SoughtInFile[],
  { column }: RunRecord,
  { reader, corpora, settings }: OpenTokensServices,
): Promise<vscode.Location[]> {
  const { replaceInvalidBytes } = settings.current;
  const found: vscode.Location[] = [];
  for (const [file, own] of groupedBy(sought, (one) => one.file)) {
    const uri = vscode.Uri.parse(file);
    const [source] = (await corpora.readFiles([uri])).sources;
    if (!source) continue;
    const places = await reader.placesOfTokens({ source, replaceInvalidBytes, column, sought: own });
    for (const place of places)
      if (place)
        found.push(
          new vscode.Location(
            uri,
            new vscode.Range(place.line, place.startColumn, place.line, place.endColumn),
          ),
        );
  }
  return found;
}

async function show(found: readonly vscode.Location[]): Promise<void> {
  const [first] = found;
  const editor = await vscode.window.showTextDocument(first.uri, {
    selection: first.range,
    preview: false,
    viewColumn: textColumn(),
  });
  if (found.length === 1) return;
  await vscode.commands.executeCommand(
    'editor.action.peekLocations',
    first.uri,
    first.range.start,
    found,
    'peek',
  );
  // Of what was selected, the command leaves the cursor.
  editor.selection = new vscode.Selection(first.range.start, first.range.end);
}

function leftOutText(gone: number, sought: number): string | undefined {
  if (gone === 0) return undefined;
  return vscode.l10n.t(
    '{0} of {1} tokens are not there any more, or have other labels: the corpus has changed since this run.',
    formatCount(gone),
    formatCount(sought),
  );
}

function firstText(kept: number, all: number): string | undefined {
  if (kept >= all) return undefined;
  return vscode.l10n.t('Of {0} tokens the first {1} are kept.', formatCount(all), formatCount(kept));
}

function tellNotKept(): void {
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Where these tokens stand was not kept with this run.'),
  );
}
