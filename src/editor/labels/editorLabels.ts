import type * as vscode from 'vscode';
import type { Tagger } from '../../engine/engine';
import type { TaggedToken } from '../../engine/taggerProtocol';
import type { LoadedModel } from '../../workspace/services';
import { linesOf, tagInput } from './documentKind';
import type { DocumentKind } from './documentKind';
import { DrawnMarks } from './drawnMarks';
import type { StyledRanges } from './drawnMarks';
import type { LabelCache } from './labelCache';
import { markdownCode } from './markdownCode';
import { labelSet, marksOf } from './marks';
import type { MarkStyle } from './marks';
import { cutPassages, withMargin } from './passages';
import type { Cutting, LineRange, Lines, Passage } from './passages';
import { Debounce, systemClock, Throttle } from './schedule';
import type { Clock } from './schedule';

const editing = { quietMs: 150, longestWaitMs: 500 };
const scrolling = { quietMs: 40, longestWaitMs: 120 };
const modelIntervalMs = 1_000;

/** What the labels of an editor need from outside. */
export interface LabelSource {
  readonly tagger: Pick<Tagger, 'request'>;
  readonly cache: LabelCache;
  /** How the document is read; undefined where no labels are to be shown. */
  kindOf(document: vscode.TextDocument): DocumentKind | undefined;
  modelFor(document: vscode.TextDocument): LoadedModel | undefined;
  /** Sets all the ranges of a style in an editor. */
  draw(editor: vscode.TextEditor, ranges: StyledRanges): void;
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
  readonly passages: readonly Passage[];
}

/**
 * The labels of one visible editor. What is known is drawn at once; what is not is asked for, one request
 * after the other, and the old labels stay, shifted by the editor, until the answer is there.
 */
export class EditorLabels {
  private readonly drawnMarks = new DrawnMarks();
  private readonly edits: Debounce;
  private readonly views: Debounce;
  private readonly revisions: Throttle;
  private shown:
    | {
        readonly version: number;
        readonly kind: DocumentKind;
        readonly model: LoadedModel;
        readonly tokens: readonly TaggedToken[];
      }
    | undefined;
  private code: { readonly version: number; readonly lines: Uint8Array } | undefined;
  private asking = false;
  private askAgain = false;
  private disposed = false;
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
  }

  /** The text changed, from this line on. */
  edited(firstLine: number): void {
    this.drawnMarks.edited(firstLine);
    this.edits.request();
  }

  scrolled(): void {
    this.views.request();
  }

  /** Only a long line's labels follow the cursor. */
  cursorMoved(): void {
    if (this.partial) this.views.request();
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
    const { model, kind, passages } = target;
    const known = passages.map((passage) => this.source.cache.get(model, kind, passage));
    if (known.every((tokens) => tokens !== undefined)) {
      this.show(target, known);
      return;
    }
    if (this.asking) {
      this.askAgain = true;
      return;
    }
    void this.ask(target, known);
  }

  clear(): void {
    this.edits.cancel();
    this.views.cancel();
    for (const ranges of this.drawnMarks.replace([])) this.source.draw(this.editor, ranges);
    this.shown = undefined;
    this.partial = false;
    this.source.renewed(this.editor);
  }

  /** The styles in use. */
  get styles(): readonly MarkStyle[] {
    return this.drawnMarks.styles;
  }

  dispose(): void {
    this.disposed = true;
    this.edits.cancel();
    this.views.cancel();
    this.revisions.cancel();
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
      passages: cutPassages(lines, drawn, this.cutting(kind, lines)),
    };
  }

  private cutting(kind: DocumentKind, lines: Lines): Cutting {
    if (kind.kind === 'rows') return { kind: 'rows' };
    const { document, selection, visibleRanges } = this.editor;
    if (kind.markdown && this.code?.version !== document.version)
      this.code = { version: document.version, lines: markdownCode(lines) };
    const code = kind.markdown ? this.code?.lines : undefined;
    // A wrapped line may begin above the viewport: without the cursor in it, its visible part counts.
    const near = (line: number): number =>
      selection.active.line === line
        ? selection.active.character
        : (visibleRanges.find(({ start }) => start.line === line)?.start.character ?? 0);
    return { kind: 'text', skipped: (line) => code?.[line] === 1, near };
  }

  private async ask(target: Target, known: readonly (readonly TaggedToken[] | undefined)[]): Promise<void> {
    this.asking = true;
    const { model, kind, passages } = target;
    try {
      const missing = passages.filter((_, i) => known[i] === undefined);
      const answers = new Map<Passage, readonly TaggedToken[]>();
      for (const group of neighbours(missing, target.lines)) {
        const tokens = await this.source.tagger.request({
          type: 'tag',
          key: model.key,
          input: tagInput(kind, group),
        });
        for (const passage of group.passages)
          answers.set(
            passage,
            tokens.filter(({ line }) => line >= passage.first && line <= passage.last),
          );
        if (this.disposed) return;
      }
      // A newer checkpoint may have answered: then its revision is drawn now, and asked for again.
      if (this.source.modelFor(this.editor.document)?.revision === model.revision) {
        for (const [passage, tokens] of answers) this.source.cache.set(model, kind, passage, tokens);
      }
      this.source.report(undefined);
      // What was asked for an older text is kept, yet not drawn: the edit has its own renewal.
      if (this.editor.document.version === target.version)
        this.show(
          target,
          passages.map((passage, i) => known[i] ?? answers.get(passage)),
        );
    } catch (error) {
      if (!this.disposed) this.source.report(error);
      return;
    } finally {
      this.asking = false;
      const again = this.askAgain;
      this.askAgain = false;
      if (again) this.renew();
    }
  }

  private show(target: Target, tokens: readonly (readonly TaggedToken[] | undefined)[]): void {
    if (this.source.kindOf(this.editor.document) === undefined) return;
    const { version, model, kind, drawn, passages } = target;
    const labels = labelSet(model.info.labels, model.info.scheme);
    const marks = passages.flatMap((passage, i) =>
      marksOf(passage, tokens[i] ?? [], kind.kind, labels, drawn),
    );
    for (const ranges of this.drawnMarks.replace(marks)) this.source.draw(this.editor, ranges);
    this.shown = { version, model, kind, tokens: tokens.flatMap((ofPassage) => ofPassage ?? []) };
    this.partial = kind.kind === 'text' && passages.some(({ cut }) => cut?.before || cut?.after);
    this.source.renewed(this.editor);
  }
}

interface Group {
  readonly passages: readonly Passage[];
  readonly text: string;
  readonly first: number;
  readonly firstColumn: number;
}

/**
 * Passages with at most blank lines between them, joined: one request each. A part of a long line stays
 * alone.
 */
function neighbours(passages: readonly Passage[], lines: Lines): Group[] {
  const groups: Passage[][] = [];
  for (const passage of passages) {
    const group = groups.at(-1);
    const before = group?.at(-1);
    if (group && before && !before.cut && !passage.cut && isBlankBetween(before, passage, lines))
      group.push(passage);
    else groups.push([passage]);
  }
  return groups.map((group) => {
    const { first, firstColumn, text } = group[0];
    if (group.length === 1) return { passages: group, first, firstColumn, text };
    const { last } = group[group.length - 1];
    const joined = Array.from({ length: last - first + 1 }, (_, i) => lines.lineAt(first + i)).join('\n');
    return { passages: group, first, firstColumn, text: joined };
  });
}

function isBlankBetween(before: Passage, after: Passage, lines: Lines): boolean {
  for (let line = before.last + 1; line < after.first; line++)
    if (lines.lineAt(line).trim() !== '') return false;
  return true;
}
