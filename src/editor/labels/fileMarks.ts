import type * as vscode from 'vscode';
import { cutSegments, joinNeighbours } from '../../corpus/text/segments';
import type { LineRange, Segment } from '../../corpus/text/segments';
import type { Tagger } from '../../engine/engine';
import type { TaggedToken } from '../../engine/taggerProtocol';
import { Debounce } from '../../workspace/schedule';
import type { Clock } from '../../workspace/schedule';
import type { LoadedModel } from '../../workspace/services';
import { linesOf, segmentRules, tagInput } from './documentKind';
import type { DocumentKind } from './documentKind';
import type { LabelCache } from './labelCache';
import type { LabelQueue } from './labelQueue';

/** What is on screen goes first, and a model that is being trained changes every second. */
const quiet = { quietMs: 1_000, longestWaitMs: 10_000 };
/** After a file was gone through, it rests for so many times as long as that took. */
const restShare = 4;
/** Lines that are labelled by one turn: what is on screen waits for one at most. */
const sliceLines = 250;

/** What the marks of a file need from outside. */
export interface MarkSource {
  readonly tagger: Pick<Tagger, 'request'>;
  readonly cache: LabelCache;
  readonly queue: LabelQueue;
  kindOf(document: vscode.TextDocument): DocumentKind | undefined;
  modelFor(document: vscode.TextDocument): LoadedModel | undefined;
  mark(editor: vscode.TextEditor, lines: readonly number[]): void;
  report(error: unknown): void;
}

type Rows = Extract<DocumentKind, { kind: 'rows' }>;

/** One way through a file, from its first line to its last. */
interface Pass {
  readonly version: number;
  readonly model: LoadedModel;
  readonly kind: Rows;
  readonly began: number;
  /** The line that the next turn begins with. */
  line: number;
  readonly differing: number[];
  /** What was met on the way, to be kept for the next time: rows that differ, by a sentence's text. */
  readonly met: Map<string, readonly number[]>;
}

/**
 * The marks in an editor's overview ruler: all rows of the file whose label differs from gold, wherever one
 * looks. The file is labelled in turns between those of what is on screen, each sentence once.
 */
export class FileMarks {
  private readonly requests: Debounce;
  private known: { readonly by: string; rows: ReadonlyMap<string, readonly number[]> } | undefined;
  private pass: Pass | undefined;
  private marked: string | undefined;
  private restsUntil = -Infinity;
  private disposed = false;

  constructor(
    private readonly editor: vscode.TextEditor,
    private readonly source: MarkSource,
    private readonly clock: Clock,
  ) {
    this.requests = new Debounce(() => this.begin(), quiet, clock);
  }

  /** The text or the model may have changed. */
  request(): void {
    const now = this.state();
    if (!now) this.clear();
    else if (`${now.version} ${keyOf(now.model, now.kind)}` !== this.marked) this.requests.request();
  }

  clear(): void {
    this.requests.cancel();
    this.source.queue.remove(this.turn);
    this.pass = undefined;
    if (this.marked === undefined) return;
    this.marked = undefined;
    this.source.mark(this.editor, []);
  }

  dispose(): void {
    this.disposed = true;
    this.requests.cancel();
    this.source.queue.remove(this.turn);
  }

  private state(): Pick<Pass, 'version' | 'model' | 'kind'> | undefined {
    const { document } = this.editor;
    const kind = this.source.kindOf(document);
    const model = kind && this.source.modelFor(document);
    return kind?.kind === 'rows' && model ? { version: document.version, model, kind } : undefined;
  }

  private begin(): void {
    if (this.disposed) return;
    const state = this.state();
    if (!state) this.clear();
    // While a model is trained it changes every second: a pass under way is finished, and then begins anew.
    else if (this.pass?.version === state.version && sameKind(this.pass, state)) return;
    else if (this.clock.now() < this.restsUntil) this.requests.request();
    else {
      this.pass = { ...state, began: this.clock.now(), line: 0, differing: [], met: new Map() };
      const by = keyOf(state.model, state.kind);
      if (this.known?.by !== by) this.known = { by, rows: new Map() };
      this.source.queue.add(this.turn);
    }
  }

  /** The next lines of the way through the file. */
  private readonly turn = async (): Promise<void> => {
    const { pass } = this;
    const { document } = this.editor;
    if (this.disposed || !pass) return;
    try {
      if (document.version === pass.version) await this.slice(pass);
      // A slice that is known waits for nothing: what else happens in the window has its turn between two.
      await new Promise(setImmediate);
      if (this.disposed || this.pass !== pass) return;
      if (document.version !== pass.version) this.requests.request();
      else if (pass.line < document.lineCount) this.source.queue.add(this.turn);
      else this.finish(pass);
    } catch (error) {
      if (this.pass === pass) this.pass = undefined;
      if (!this.disposed) this.source.report(error);
    }
  };

  private async slice(pass: Pass): Promise<void> {
    const lines = linesOf(this.editor.document);
    const last = Math.min(pass.line + sliceLines, lines.lineCount) - 1;
    const segments = cutSegments(lines, [{ first: pass.line, last }], segmentRules(pass.kind, lines));
    for (const group of joinNeighbours(
      segments.filter((segment) => this.differingIn(segment, pass) === undefined),
      lines,
    )) {
      const input = await tagInput(pass.kind, group);
      const tokens = await this.source.tagger.request({ type: 'tag', key: pass.model.key, input });
      for (const segment of group.segments) pass.met.set(segment.text, differingRows(segment, tokens));
    }
    for (const segment of segments)
      for (const row of this.differingIn(segment, pass) ?? []) pass.differing.push(segment.first + row);
    pass.line = Math.max(last, segments.at(-1)?.last ?? last) + 1;
  }

  /** The segment's rows that differ, counted from its first; undefined where that is not known. */
  private differingIn(segment: Segment, { met, model, kind }: Pass): readonly number[] | undefined {
    let rows = met.get(segment.text) ?? this.known?.rows.get(segment.text);
    if (rows === undefined) {
      const tokens = this.source.cache.get(model, kind, segment);
      rows = tokens && differingRows(segment, tokens);
    }
    if (rows) met.set(segment.text, rows);
    return rows;
  }

  private finish(pass: Pass): void {
    this.pass = undefined;
    const by = keyOf(pass.model, pass.kind);
    this.known = { by, rows: pass.met };
    this.marked = `${pass.version} ${by}`;
    this.restsUntil = this.clock.now() + restShare * (this.clock.now() - pass.began);
    this.source.mark(this.editor, pass.differing);
    this.request();
  }
}

function differingRows(segment: LineRange, tokens: readonly TaggedToken[]): number[] {
  return tokens
    .filter(({ line, gold, label }) => {
      return line >= segment.first && line <= segment.last && gold !== undefined && gold !== label;
    })
    .map(({ line }) => line - segment.first);
}

/** Whether one model's labels, whatever its revision, are looked for in both. */
function sameKind(a: Pick<Pass, 'model' | 'kind'>, b: Pick<Pass, 'model' | 'kind'>): boolean {
  const revisionless = ({ model, kind }: typeof a): string => keyOf({ ...model, revision: 0 }, kind);
  return revisionless(a) === revisionless(b);
}

function keyOf({ key, revision }: LoadedModel, { layout, annotations }: Rows): string {
  return JSON.stringify([key, revision, layout, annotations?.revision]);
}

/** Lines in ascending order, those that follow each other made one range. */
export function runsOf(lines: readonly number[]): LineRange[] {
  const runs: { first: number; last: number }[] = [];
  for (const line of lines) {
    const run = runs.at(-1);
    if (run && line <= run.last + 1) run.last = line;
    else runs.push({ first: line, last: line });
  }
  return runs;
}
