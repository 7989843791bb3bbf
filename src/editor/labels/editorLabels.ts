import type * as vscode from 'vscode';
import type { Lines } from '../../corpus/text/lines';
import { cutSegments, joinNeighbours } from '../../corpus/text/segments';
import type { ColumnRange, LineRange, Segment, SegmentRules } from '../../corpus/text/segments';
import type { Tagger } from '../../engine/engine';
import type { TaggedToken } from '../../engine/taggerProtocol';
import { Debounce, systemClock, Throttle } from '../../workspace/schedule';
import type { Clock } from '../../workspace/schedule';
import type { LoadedModel } from '../../workspace/services';
import { decorationsOf } from './decorations';
import type { Decoration, DecorationStyle, GoldSpan } from './decorations';
import { linesOf, segmentRules, tagInput } from './documentKind';
import type { DocumentKind } from './documentKind';
import { DrawnDecorations } from './drawnDecorations';
import type { StyledDecorations } from './drawnDecorations';
import { FileMarks } from './fileMarks';
import type { LabelCache } from './labelCache';
import type { LabelQueue } from './labelQueue';
import { labelSet } from './labelSet';
import type { LabelDrawing } from './labelStyle';
import { visibleColumns, withMargin } from './viewport';

const editing = { quietMs: 150, longestWaitMs: 500, firstAtOnce: true };
const scrolling = { quietMs: 40, longestWaitMs: 120 };
const modelIntervalMs = 1_000;

/** What the labels of an editor need from outside. */
export interface LabelSource {
  readonly tagger: Pick<Tagger, 'request'>;
  readonly cache: LabelCache;
  readonly queue: LabelQueue;
  /** How the document is read; undefined where no labels are to be shown. */
  kindOf(document: vscode.TextDocument): DocumentKind | undefined;
  modelFor(document: vscode.TextDocument): LoadedModel | undefined;
  /** How the document's labels are drawn. */
  drawingFor(document: vscode.TextDocument): LabelDrawing;
  /** Sets all the decorations of a style in an editor. */
  draw(editor: vscode.TextEditor, styled: StyledDecorations): void;
  /** Marks the lines in the editor's overview ruler, in place of those that are marked. */
  mark(editor: vscode.TextEditor, lines: readonly number[]): void;
  /** The labels that a person gave to a text. */
  goldIn?(document: vscode.TextDocument): readonly GoldSpan[];
  /** A request failed, or went well again (undefined). */
  report(error: unknown): void;
  /** What {@link EditorLabels.partial} and the tokens say may have changed. */
  renewed(editor: vscode.TextEditor): void;
}

/** A token that is on screen, and the model whose label it shows. */
export interface ShownToken {
  readonly token: TaggedToken;
  readonly model: LoadedModel;
}

interface Target {
  readonly version: number;
  readonly model: LoadedModel;
  readonly kind: DocumentKind;
  readonly lines: Lines;
  readonly drawn: readonly LineRange[];
  readonly segments: readonly Segment[];
}

/**
 * The labels of one visible editor. What is known is drawn at once; for what is not, the editor takes its
 * turn with the tagger, and the old labels stay, shifted by the editor, until the answer is there.
 */
export class EditorLabels {
  private readonly drawn = new DrawnDecorations();
  private readonly edits: Debounce;
  private readonly views: Debounce;
  private readonly revisions: Throttle;
  private readonly marks: FileMarks;
  private shown:
    | {
        readonly version: number;
        readonly kind: DocumentKind;
        readonly model: LoadedModel;
        readonly tokens: readonly TaggedToken[];
      }
    | undefined;
  private markdownRules: { readonly version: number; readonly rules: SegmentRules } | undefined;
  private disposed = false;
  private isAsking = false;
  private readonly whenAnswered: (() => void)[] = [];
  /** The labels of a long line are shown around the cursor only. */
  partial = false;

  constructor(
    readonly editor: vscode.TextEditor,
    private readonly source: LabelSource,
    clock: Clock = systemClock,
  ) {
    const renew = (): void => this.renew();
    this.edits = new Debounce(renew, editing, clock);
    this.views = new Debounce(renew, scrolling, clock);
    this.revisions = new Throttle(renew, modelIntervalMs, clock);
    this.marks = new FileMarks(editor, source, clock);
  }

  /** The text of these lines changed. */
  edited(lines: LineRange): void {
    this.drawn.edited(lines);
    this.edits.request();
  }

  scrolled(): void {
    this.views.request();
  }

  /** Only a long line's labels follow the cursor. */
  cursorMoved(): void {
    if (this.partial) this.views.request();
  }

  /** A person gave other labels: after an edit, those that are predicted are drawn anew anyway. */
  goldChanged(): void {
    if (this.shown?.version === this.editor.document.version) this.renew();
  }

  modelChanged(): void {
    this.revisions.request();
  }

  /** The token at a position of the text that is on screen now: in rows anywhere on the token's row. */
  tokenAt(position: { readonly line: number; readonly character: number }): ShownToken | undefined {
    if (this.shown?.version !== this.editor.document.version) return undefined;
    const { tokens, kind, model } = this.shown;
    const onLine = tokens.filter(({ line }) => line === position.line);
    const token =
      kind.kind === 'rows'
        ? onLine[0]
        : (onLine.find(
            ({ startColumn, endColumn }) =>
              startColumn <= position.character && position.character < endColumn,
          ) ?? onLine.find(({ endColumn }) => endColumn === position.character));
    return token && { token, model };
  }

  /** Draws what is known now, and asks for what is not. */
  renew(): void {
    if (this.disposed) return;
    const target = this.target();
    if (!target) {
      this.clear();
      return;
    }
    const known = this.known(target);
    if (known.every((tokens) => tokens !== undefined)) this.show(target, known);
    else {
      this.isAsking = true;
      this.source.queue.add(this.label);
    }
  }

  /** Resolves once the labels of what is on screen, if any were asked for, are drawn. */
  async drawnOnScreen(): Promise<void> {
    if (this.isAsking) await new Promise<void>((resolve) => this.whenAnswered.push(resolve));
  }

  private answered(): void {
    this.isAsking = false;
    for (const resolve of this.whenAnswered.splice(0)) resolve();
  }

  clear(): void {
    this.edits.cancel();
    this.views.cancel();
    this.draw([]);
    this.marks.clear();
    this.shown = undefined;
    this.partial = false;
    this.source.renewed(this.editor);
  }

  /** The styles in use. */
  get styles(): readonly DecorationStyle[] {
    return this.drawn.styles;
  }

  dispose(): void {
    this.disposed = true;
    this.answered();
    this.source.queue.remove(this.label);
    this.edits.cancel();
    this.views.cancel();
    this.revisions.cancel();
    this.marks.dispose();
  }

  private target(): Target | undefined {
    const { document, visibleRanges } = this.editor;
    const kind = this.source.kindOf(document);
    const model = kind && this.source.modelFor(document);
    if (!kind || !model) return undefined;
    const lines = linesOf(document);
    const drawn = withMargin(
      lines,
      visibleRanges.map(({ start, end }) => ({ first: start.line, last: end.line })),
    );
    return {
      version: document.version,
      model,
      kind,
      lines,
      drawn,
      segments: cutSegments(lines, drawn, this.rulesOf(kind, lines)),
    };
  }

  private rulesOf(kind: DocumentKind, lines: Lines): SegmentRules {
    if (kind.kind === 'rows' || !kind.markdown) return segmentRules(kind, lines, this.near, this.visible);
    // Code blocks are looked for in the whole document, once for each version.
    const { version } = this.editor.document;
    if (this.markdownRules?.version !== version)
      this.markdownRules = { version, rules: segmentRules(kind, lines, this.near, this.visible) };
    return this.markdownRules.rules;
  }

  /** A wrapped line may begin above the viewport: without the cursor in it, its visible part counts. */
  private readonly near = (line: number): number => {
    const { selection, visibleRanges } = this.editor;
    if (selection.active.line === line) return selection.active.character;
    return visibleRanges.find(({ start }) => start.line === line)?.start.character ?? 0;
  };

  private readonly visible = (line: number): ColumnRange => {
    const { document, visibleRanges } = this.editor;
    return visibleColumns(visibleRanges, line, document.lineAt(line).text.length);
  };

  private known({ model, kind, segments }: Target): (readonly TaggedToken[] | undefined)[] {
    return segments.map((segment) => this.source.cache.get(model, kind, segment));
  }

  /**
   * The editor's turn: asks for what is not known of the text as it is now, and draws it. What is on screen goes
   * before its margins.
   */
  private readonly label = async (): Promise<void> => {
    try {
      const target = this.disposed ? undefined : this.target();
      if (!target) return;
      const known = this.known(target);
      const unknown = target.segments.filter((_, i) => known[i] === undefined);
      const answers = new Map<Segment, readonly TaggedToken[]>();
      for (const segments of this.onScreenFirst(unknown)) {
        await this.ask(target, segments, answers);
        if (this.disposed) return;
        this.source.report(undefined);
        // What was asked for an older text is kept, yet not drawn: the edit has its own renewal.
        if (this.editor.document.version !== target.version) return;
        this.show(
          target,
          target.segments.map((segment, i) => known[i] ?? answers.get(segment)),
        );
        this.answered();
      }
    } catch (error) {
      if (!this.disposed) this.source.report(error);
    } finally {
      this.answered();
    }
  };

  /** In one part, unless some are on screen and others in its margins. */
  private onScreenFirst(segments: readonly Segment[]): Segment[][] {
    const onScreen = new Set(
      segments.filter(({ first, last }) =>
        this.editor.visibleRanges.some(({ start, end }) => first <= end.line && last >= start.line),
      ),
    );
    const margins = segments.filter((segment) => !onScreen.has(segment));
    return onScreen.size > 0 && margins.length > 0 ? [[...onScreen], margins] : [[...segments]];
  }

  /** Adds the answers to those that there are. */
  private async ask(
    { model, kind, lines }: Target,
    segments: readonly Segment[],
    answers: Map<Segment, readonly TaggedToken[]>,
  ): Promise<void> {
    const asked = new Map<Segment, readonly TaggedToken[]>();
    for (const group of joinNeighbours(segments, lines)) {
      const made = tagInput(kind, group);
      const input = made instanceof Promise ? await made : made;
      const tokens = await this.source.tagger.request({ type: 'tag', key: model.key, input });
      for (const segment of group.segments)
        asked.set(
          segment,
          tokens.filter(({ line }) => line >= segment.first && line <= segment.last),
        );
      if (this.disposed) return;
    }
    for (const [segment, tokens] of asked) answers.set(segment, tokens);
    // A newer checkpoint may have answered: then its revision is drawn now, and asked for again.
    if (!model.isOfPlaces && this.source.modelFor(this.editor.document)?.revision === model.revision)
      for (const [segment, tokens] of asked) this.source.cache.set(model, kind, segment, tokens);
  }

  private show(target: Target, tokens: readonly (readonly TaggedToken[] | undefined)[]): void {
    if (this.source.kindOf(this.editor.document) === undefined) return;
    const { version, model, kind, drawn, segments } = target;
    const labels = labelSet(model.info.labels, model.info.scheme);
    const drawing = this.source.drawingFor(this.editor.document);
    const all = kind.kind === 'text' ? (this.source.goldIn?.(this.editor.document) ?? []) : [];
    const gold = all.filter(({ startLine, endLine }) =>
      drawn.some(({ first, last }) => startLine <= last && endLine >= first),
    );
    const decorations = segments.flatMap((segment, i) =>
      decorationsOf(segment, tokens[i] ?? [], kind.kind, labels, drawn, drawing, gold),
    );
    this.draw(decorations);
    this.marks.request();
    this.shown = { version, model, kind, tokens: tokens.flatMap((ofSegment) => ofSegment ?? []) };
    this.partial = kind.kind === 'text' && segments.some(({ cut }) => cut?.before || cut?.after);
    this.source.renewed(this.editor);
  }

  private draw(decorations: readonly Decoration[]): void {
    for (const styled of this.drawn.replace(decorations)) this.source.draw(this.editor, styled);
  }
}
