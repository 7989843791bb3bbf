import * as vscode from 'vscode';
import { messageOf } from '../../common/errors';
import { groupedBy } from '../../common/groupedBy';
import { shownName } from '../../common/shownText';
import { scoreOf } from '../../corpus/labels/labelFindings';
import type { LabelFinding } from '../../corpus/labels/labelFindings';
import type { Reader } from '../../engine/engine';
import { sourceOf } from '../../workspace/annotatedTexts';
import type { LabelErrorStore } from '../../workspace/labelErrorStore';
import { Debounce } from '../../workspace/schedule';
import type { Settings } from '../../workspace/settings';
import type { TextAnnotations } from '../../workspace/textAnnotations';
import type { WorkspaceCorpora } from '../../workspace/workspaceCorpora';
import type { LabelSteps } from '../annotating/labelSteps';

export const labelErrorCode = 'likely-label-error';

/** Labels that are less sure to be wrong are not shown, nor more than so many: see `scoreOf`. */
const leastScore = 0.8;
const mostShown = 500;

/** Of these a warning is made, of the others an information: the Problems view lists warnings first. */
const sureScore = 0.9;

const quietMs = 400;
const longestWaitMs = 4000;

/** A finding at its place. */
export interface PlacedFinding {
  readonly finding: LabelFinding;
  /** From 0: the surest. */
  readonly rank: number;
  readonly uri: vscode.Uri;
  readonly range: vscode.Range;
}

export interface LabelErrorServices {
  readonly store: LabelErrorStore;
  readonly reader: Pick<Reader, 'placesOfFindings' | 'relabel'>;
  readonly corpora: WorkspaceCorpora;
  readonly settings: Settings;
  readonly annotations: TextAnnotations;
  readonly steps: LabelSteps;
  readonly log: vscode.LogOutputChannel;
}

/** Names a finding, whatever was decided meanwhile. */
export function findingKey({ file, sentence, occurrence, token }: LabelFinding): string {
  return JSON.stringify([file, sentence, occurrence, token]);
}

/**
 * Shows labels that may be wrong in the Problems panel, each where its sentence stands now: they are looked
 * for again after each edit.
 */
export class LabelErrorProblems implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('rnnTagger.labelErrors');
  private readonly change = new vscode.EventEmitter<void>();
  private readonly placing = new Debounce(() => void this.refresh(), { quietMs, longestWaitMs });
  private readonly listeners: vscode.Disposable;
  private placed: readonly PlacedFinding[] = [];
  private working: Promise<void> | undefined;
  private again = false;
  private disposed = false;

  /** Fires once findings are shown where they are now. */
  readonly onDidChange = this.change.event;

  constructor(private readonly services: LabelErrorServices) {
    const files = (): Set<string> => new Set(this.services.store.found?.findings.map(({ file }) => file));
    this.listeners = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (files().has(sourceOf(document.uri).toString())) this.placing.request();
      }),
      services.corpora.onDidChange(() => {
        if (services.store.found) this.placing.request();
      }),
    );
  }

  /** The surest first; those whose sentence or label is another by now are left out. */
  get all(): readonly PlacedFinding[] {
    return this.placed;
  }

  /** The column whose labels were judged. */
  get column(): string | undefined {
    return this.services.store.found?.column;
  }

  /** Shows what the store has. Resolves once all is shown as it is now. */
  refresh(): Promise<void> {
    this.again = true;
    this.working ??= this.work().finally(() => (this.working = undefined));
    return this.working;
  }

  dispose(): void {
    this.disposed = true;
    this.placing.cancel();
    vscode.Disposable.from(this.listeners, this.collection, this.change).dispose();
  }

  private async work(): Promise<void> {
    while (this.again && !this.disposed) {
      this.again = false;
      try {
        const placed = await this.place();
        if (this.disposed) return;
        this.placed = placed;
        this.show();
      } catch (error) {
        if (!this.disposed) this.services.log.error(`Label errors could not be shown: ${messageOf(error)}`);
      }
    }
  }

  private async place(): Promise<PlacedFinding[]> {
    const { store, reader, corpora, settings } = this.services;
    const { found } = store;
    if (!found) return [];
    const likely = store.open.filter(({ margin }) => scoreOf(margin) >= leastScore).slice(0, mostShown);
    const byFile = groupedBy(likely, ({ file }) => file);
    const places = new Map<LabelFinding, Omit<PlacedFinding, 'rank'>>();
    for (const [file, findings] of byFile) {
      const uri = vscode.Uri.parse(file);
      const [source] = (await corpora.readFiles([uri])).sources;
      if (!source) continue;
      const { replaceInvalidBytes } = settings.current;
      const { index } = found;
      const all = await reader.placesOfFindings({ source, replaceInvalidBytes, index, findings });
      all.forEach((place, i) => {
        if (!place) return;
        const range = new vscode.Range(place.line, place.startColumn, place.line, place.endColumn);
        places.set(findings[i], { finding: findings[i], uri, range });
      });
    }
    return likely.flatMap((finding) => places.get(finding) ?? []).map((place, rank) => ({ ...place, rank }));
  }

  private show(): void {
    const byFile = groupedBy(this.placed, ({ uri }) => uri.toString());
    const entries = [...byFile.values()].map((own): [vscode.Uri, vscode.Diagnostic[]] => [
      own[0].uri,
      own.map((placed) => this.diagnostic(placed)),
    ]);
    this.collection.clear();
    this.collection.set(entries);
    this.change.fire();
  }

  private diagnostic({ finding, rank, range }: PlacedFinding): vscode.Diagnostic {
    const { gold, suggested, margin } = finding;
    const score = scoreOf(margin);
    const message = vscode.l10n.t(
      '“{0}” may be wrong, and “{1}” right, by models that have not seen this place: no. {2} of {3}, score {4}.',
      shownName(gold),
      shownName(suggested),
      rank + 1,
      this.placed.length,
      score.toFixed(2),
    );
    const severity =
      score >= sureScore ? vscode.DiagnosticSeverity.Warning : vscode.DiagnosticSeverity.Information;
    const diagnostic = new vscode.Diagnostic(range, message, severity);
    diagnostic.source = 'RNN Tagger';
    diagnostic.code = labelErrorCode;
    return diagnostic;
  }
}
