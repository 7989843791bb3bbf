/** Answers to the labels of a text among all that happens to it, with what is expected of them. */
import assert from 'node:assert/strict';
import { readAnnotatedText, spansIn } from '../../../../src/corpus/answers/annotatedText';
import type { AnnotatedText } from '../../../../src/corpus/answers/annotatedText';
import { isLabelled } from '../../../../src/corpus/answers/disagreements';
import type { Disagreement } from '../../../../src/corpus/answers/disagreements';
import { offeredEdits } from '../../../../src/corpus/answers/joinedEdits';
import { LabelDraft } from '../../../../src/corpus/answers/labelDraft';
import type { FileTokens } from '../../../../src/corpus/answers/labelDraft';
import { overlap } from '../../../../src/corpus/answers/spanChanges';
import { findTarget, moved, targetOf } from '../../../../src/corpus/answers/tokenTarget';
import type { TokenTarget } from '../../../../src/corpus/answers/tokenTarget';
import { isReadByLines } from '../../../../src/corpus/formats';
import { cutSegments } from '../../../../src/corpus/text/segments';
import { applyEdits } from '../../../../src/corpus/textEdits';
import type { TextEdit } from '../../../../src/corpus/textEdits';
import { ReviewSteps } from '../../../../src/editor/answers/reviewSteps';
import { EditedText } from './editedText';
import type { Pieces } from './editedText';
import { asScheme, labelled, removed, replaced, resized } from './spanLabels';

interface Target {
  /** Numbers of its words, and of the first word of their sentence, which is its mark where it has one. */
  readonly ids: readonly number[];
  readonly mark: number;
  readonly words: readonly string[];
  target: TokenTarget | undefined;
  /** Of a review: what the text said when it began. */
  readonly gold?: Disagreement['gold'];
  /** Its text was read again, in which sentences without a mark may stand twice. */
  isLoose: boolean;
}

/** A part of the text that is read by itself. */
interface Part {
  readonly base: number;
  readonly annotated: AnnotatedText;
}

const file = 'a';

export class AnswerModel extends EditedText {
  private targets: Target[] = [];
  private review = new ReviewSteps();
  private readonly given: { readonly before: Pieces; readonly after: Pieces }[] = [];
  private isReviewed = false;
  readonly counts: Record<string, number> = {};
  /** What was done, for whoever looks for a fault. */
  readonly log: string[] = [];

  step(): void {
    const makers: [number, string, () => boolean][] = [
      [3, 'edit', () => this.edit()],
      [1, 'label by hand', () => this.labelByHand()],
      [4, 'take', () => this.take()],
      [8, 'answer', () => this.answer()],
      [1, 'label all same', () => this.labelSame()],
      [1, 'many', () => this.many()],
      [3, 'undo', () => this.undo()],
      [2, 'redo', () => this.redo()],
      [2, 'take back', () => this.takeBack()],
      [2, 'save', () => this.save()],
      [1, 'revert', () => this.revert()],
      [1, 'change on the disk', () => this.changeOnDisk()],
      [1, 'checkout', () => this.checkout()],
      [1, 'crash', () => this.crash()],
      [1, 'close', () => this.close()],
    ];
    let at = this.draw(makers.reduce((sum, [weight]) => sum + weight, 0));
    for (const [weight, name, make] of makers) {
      if (at < weight) {
        this.log.push(name);
        if (make()) this.counts[name] = (this.counts[name] ?? 0) + 1;
        break;
      }
      at -= weight;
    }
    this.log.push(this.text);
    this.check();
  }

  protected changed(edits: readonly TextEdit[]): void {
    // As an editor tells changes: from the last to the first.
    for (const { start, end, text } of [...edits].reverse())
      for (const known of this.targets)
        known.target &&= moved(known.target, { offset: start, removed: end - start, inserted: text.length });
  }

  protected follow(): void {
    if (this.isReviewed) this.review.follow(file, this.text);
  }

  protected readAnew(): void {
    for (const target of this.targets) target.isLoose = true;
  }

  protected opened(): void {
    this.targets = [];
    this.review = new ReviewSteps();
    this.given.length = 0;
    this.isReviewed = false;
  }

  /** Tokens that an answer is to be about: of a review with what the text says of them. */
  private take(): boolean {
    const at = this.draw(this.pieces.length);
    const own = this.pieces[at];
    const { annotated, base } = this.partOf(at);
    const sentence = this.sentenceIn(annotated, base, at);
    const start = annotated.file.sentenceStart[sentence];
    const first = this.draw(own.words.length);
    const end = Math.min(own.words.length, first + 1 + this.draw(2));
    const target = targetOf(annotated, start + first, start + end);
    const region = { start: first, end };
    const gold: Disagreement['gold'] = this.isSpans
      ? { spans: spansIn(annotated, annotated.labels, sentence).filter((span) => overlap(span, region)) }
      : { label: annotated.labels[start + first], spans: [] };
    this.targets.push({
      ids: own.ids.slice(first, end),
      mark: own.ids[0],
      words: own.words,
      target: { ...target, start: target.start + base, end: target.end + base },
      ...(this.draw(2) === 0 && { gold }),
      isLoose: false,
    });
    return true;
  }

  /** The part of the text that is read for a place in it. */
  private partAt(offset: number): Part {
    const { column, scheme, types } = this.format;
    const labels = this.isSpans
      ? ['O', ...types.flatMap((type) => lettersOf(scheme).map((letter) => `${letter}${type}`))]
      : types;
    const range = this.rangeAt(offset);
    const annotated = readAnnotatedText({
      text: this.text.slice(range.start, range.end),
      layout: this.layout,
      column,
      scheme,
      labels,
    });
    assert.ok(annotated, `there is no column ${column}`);
    return { base: range.start, annotated };
  }

  private rangeAt(offset: number): { start: number; end: number } {
    if (!isReadByLines(this.layout)) return { start: 0, end: this.text.length };
    const lines = this.text.split(this.lineEnd);
    const starts = [0];
    for (const line of lines) starts.push(starts[starts.length - 1] + line.length + this.lineEnd.length);
    const line = starts.findLastIndex((start) => start <= offset);
    const own = { lineCount: lines.length, lineAt: (i: number) => lines[i] };
    const [segment] = cutSegments(own, [{ first: line, last: line }], { kind: 'rows' });
    const { first, last } = segment ?? { first: line, last: line };
    return { start: starts[first], end: starts[last] + lines[last].length };
  }

  private partOf(at: number): Part {
    const start = this.startOf(this.pieces, at);
    // A comment is no row, and begins the sentence all the same.
    return this.partAt(start);
  }

  /** The sentence of a part that is one of the text; what the project reads of it is what is there. */
  private sentenceIn(annotated: AnnotatedText, base: number, at: number): number {
    const start = this.startOf(this.pieces, at);
    const { text, words } = this.pieces[at];
    const token = annotated.starts.findIndex((own) => base + own >= start);
    assert.ok(token >= 0 && base + annotated.ends[token] <= start + text.length, 'the sentence is not read');
    const sentence = annotated.sentence[token];
    const [first, end] = annotated.file.sentenceStart.slice(sentence, sentence + 2);
    assert.deepEqual(annotated.words.slice(first, end), words);
    return sentence;
  }

  /** The sentence of the text in which a place is. */
  private pieceAt(offset: number): number {
    for (let at = this.pieces.length - 1; at > 0; at--)
      if (this.startOf(this.pieces, at) <= offset) return at;
    return 0;
  }

  private answer(): boolean {
    if (this.targets.length === 0) return false;
    const known = this.one(this.targets);
    const { target, ids, mark, words, gold, isLoose } = known;
    if (!target) return this.note('target is gone');
    const { annotated, base } = this.partAt(target.start);
    const found = findTarget(annotated, { ...target, start: target.start - base, end: target.end - base });
    if (!found) return this.note('other words');
    const at = this.pieceAt(base + annotated.starts[found.first]);
    const sentence = this.sentenceIn(annotated, base, at);
    const first = found.first - annotated.file.sentenceStart[sentence];
    const end = first + (found.end - found.first);
    const own = this.pieces[at];
    const other = 'other tokens are taken for those that were meant';
    assert.deepEqual(own.words, words, other);
    if (this.hasMarks) assert.equal(own.ids[0], mark, other);
    else if (!isLoose) assert.deepEqual(own.ids.slice(first, end), ids, other);
    assert.equal(first, target.index, other);
    assert.equal(end - first, ids.length, other);
    if (gold && !isLabelled(annotated, found, gold)) return this.note('other labels');
    const draft = new LabelDraft(annotated);
    const labels = this.drafted(draft, found, this.pieces[at].labels, first, end);
    if (!labels) return this.note('refused');
    const drafted = draft.finish();
    assert.notEqual(drafted, 'not-of-format');
    if (typeof drafted === 'string') return false;
    this.answered(shifted(drafted.edits, base), new Map([[at, labels]]));
    return true;
  }

  private note(what: string): false {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
    return false;
  }

  /** Gives an answer. @returns the labels that the sentence is to have; undefined where the answer was refused. */
  private drafted(
    draft: LabelDraft,
    found: FileTokens,
    labels: readonly string[],
    first: number,
    end: number,
  ): string[] | undefined {
    const type = this.one(this.format.types);
    if (!this.isSpans) {
      if (draft.label(found, type)) return undefined;
      return labels.map((label, i) => (i >= first && i < end ? type : label));
    }
    const [kind, side, by] = [this.draw(4), this.one(['start', 'end'] as const), this.one([1, -1] as const)];
    const spans = this.draw(3) === 0 ? [] : [{ start: first, end: first + 1 + this.draw(end - first), type }];
    const refusal =
      kind === 0
        ? draft.label(found, type)
        : kind === 1
          ? draft.remove(found)
          : kind === 2
            ? draft.resize(found, side, by)
            : draft.replace(found, spans);
    const wanted =
      kind === 0
        ? labelled(labels, first, end, type)
        : kind === 1
          ? removed(labels, first, end)
          : kind === 2
            ? resized(labels, first, side, by)
            : replaced(labels, first, end, spans);
    // Nothing but what cannot be is refused: there is no such span, or no word at that side.
    if (refusal) {
      if (kind === 1) assert.deepEqual(wanted, labels);
      else assert.equal(kind === 2 ? wanted : refusal, undefined);
      return undefined;
    }
    assert.ok(wanted, 'what cannot be is not refused');
    return wanted;
  }

  /** Edits of answers: of the sentences that are meant, and of nothing else. */
  private answered(edits: readonly TextEdit[], wanted: ReadonlyMap<number, readonly string[]>): void {
    const before = this.pieces;
    const own = before.map(() => [] as TextEdit[]);
    for (const { start, end, text } of edits) {
      const at = this.pieceAt(start);
      const shift = this.startOf(before, at);
      assert.ok(end - shift <= before[at].text.length, 'an edit is not in one sentence');
      assert.ok(wanted.has(at), 'another sentence is edited');
      own[at].push({ start: start - shift, end: end - shift, text });
    }
    const after = before.map((piece, at) => {
      const labels = asScheme(wanted.get(at) ?? piece.labels, this.format.scheme);
      return own[at].length === 0 && wanted.get(at) === undefined
        ? piece
        : { ...piece, labels, text: applyEdits(piece.text, own[at]) };
    });
    const text = this.text;
    if (edits.length > 0) this.make(after, edits);
    else this.pieces = after;
    this.review.answer(this.given.length, file, text, this.text);
    this.given.push({ before, after });
    this.isReviewed = true;
    this.check();
  }

  /** The same words, wherever they are in what was read. */
  private labelSame(): boolean {
    const at = this.draw(this.pieces.length);
    const { annotated, base } = this.partOf(at);
    const sentence = this.sentenceIn(annotated, base, at);
    const first = annotated.file.sentenceStart[sentence] + this.draw(this.pieces[at].words.length);
    const draft = new LabelDraft(annotated);
    const type = this.one(this.format.types);
    // One word that is in no span of more stands for itself alone.
    const whole = draft.spanAt(sentence, first);
    if (this.isSpans && whole && whole.end - whole.first > 1) return false;
    if (typeof draft.labelSame({ sentence, first, end: first + 1 }, type) === 'string') return false;
    const word = annotated.words[first];
    const wanted = new Map<number, string[]>();
    for (let s = 0; s < annotated.file.sentences; s++) {
      const own = this.pieceAt(base + annotated.starts[annotated.file.sentenceStart[s]]);
      const { words, labels } = this.pieces[own];
      let now = [...labels];
      words.forEach((other, i) => {
        if (other !== word) return;
        if (!this.isSpans) now[i] = type;
        // What is in a larger span is left.
        else if (
          labels[i] === 'O' ||
          !(labels[i].startsWith('I') || labels.at(i + 1)?.startsWith('I') === true)
        )
          now = labelled(now, i, i + 1, type);
      });
      wanted.set(own, now);
    }
    const drafted = draft.finish();
    assert.notEqual(drafted, 'not-of-format');
    if (typeof drafted === 'string') return false;
    this.answered(shifted(drafted.edits, base), wanted);
    return true;
  }

  /** One label instead of another wherever it is, of which some are ticked in a preview. */
  private many(): boolean {
    const [from, to] = [this.one(this.format.types), this.one(this.format.types)];
    if (from === to) return false;
    const bases = new Set<number>();
    const all = this.pieces.flatMap((_, at) => {
      const part = this.partOf(at);
      const isNew = !bases.has(part.base);
      bases.add(part.base);
      return isNew ? this.relabelled(part, from, to) : [];
    });
    const isLeftOut = this.draw(2) === 0;
    const ticked = all
      .filter(() => !isLeftOut || this.draw(2) === 0)
      .flatMap((edit) => this.bySentence(edit));
    if (ticked.length === 0) return false;
    const text = applyEdits(this.text, ticked);
    const wanted = new Map<number, string[]>();
    this.pieces.forEach(({ labels, text: own }, at) => {
      const start = this.startOf(this.pieces, at);
      const isIn = ticked.some((edit) => edit.start >= start && edit.end <= start + own.length);
      if (!isIn) return;
      const shift = ticked.reduce(
        (sum, edit) => (edit.end <= start ? sum + edit.text.length - (edit.end - edit.start) : sum),
        0,
      );
      const grown = ticked.reduce(
        (sum, edit) =>
          edit.start >= start && edit.end <= start + own.length
            ? sum + edit.text.length - (edit.end - edit.start)
            : sum,
        own.length,
      );
      const now = [...this.format.read(text.slice(start + shift, start + shift + grown)).labels];
      // Each span is as it was, or has the other type as a whole.
      labels.forEach((label: string, i) => {
        const other = label.replace(/^(?:[BI]:)?(.*)$/, (whole, type: string) =>
          type === from ? whole.slice(0, whole.length - from.length) + to : whole,
        );
        if (this.format.scheme === 'IO')
          assert.ok([label, other].some((one) => one.slice(2) === now[i].slice(2)));
        else assert.ok([label, other].includes(now[i]), `${label} is ${now[i]}`);
        if (this.isSpans && label.startsWith('I') && now[i] !== 'O')
          assert.equal(now[i].slice(2), now[i - 1].slice(2), 'half of a span is labelled');
      });
      if (!isLeftOut && this.format.scheme !== 'IO')
        assert.ok(
          now.every((label) => label !== from && label.slice(2) !== from),
          `${from} is left`,
        );
      wanted.set(at, now);
    });
    this.answered(ticked, wanted);
    return true;
  }

  /** Rows of two sentences that follow each other may be one entry of a preview. */
  private bySentence({ start, end, text }: TextEdit): TextEdit[] {
    const at = this.pieceAt(start);
    const border = this.startOf(this.pieces, at) + this.pieces[at].text.length;
    if (end <= border) return [{ start, end, text }];
    const lines = this.text.slice(start, border).split('\n').length - 1;
    const cut = text.split('\n').slice(0, lines).join('\n').length + 1;
    return [
      { start, end: border, text: text.slice(0, cut) },
      ...this.bySentence({ start: border, end, text: text.slice(cut) }),
    ];
  }

  /** The edits of a part, as a preview offers them. */
  private relabelled({ annotated, base }: Part, from: string, to: string): TextEdit[] {
    const draft = new LabelDraft(annotated);
    const { file: read, labels, sentence } = annotated;
    const found: FileTokens[] = this.isSpans
      ? Array.from({ length: read.sentences }, (_, s) => s).flatMap((s) =>
          spansIn(annotated, labels, s)
            .filter(({ type }) => type === from)
            .map(({ start, end }) => ({
              sentence: s,
              first: read.sentenceStart[s] + start,
              end: read.sentenceStart[s] + end,
            })),
        )
      : labels.flatMap((own, t) => (own === from ? [{ sentence: sentence[t], first: t, end: t + 1 }] : []));
    for (const tokens of found) assert.equal(draft.label(tokens, to), undefined);
    const drafted = draft.finish();
    assert.notEqual(drafted, 'not-of-format');
    if (typeof drafted === 'string') return [];
    return shifted(offeredEdits(annotated, found, drafted.edits), base);
  }

  /** U in a review. */
  private takeBack(): boolean {
    const { last } = this.review;
    if (!this.isReviewed || typeof last === 'string' || !last.edit || last.edit.text !== this.text)
      return false;
    const { before, after } = this.given[last.index];
    assert.equal(last.edit.before, this.textOf(before), 'more is taken back than the answer');
    assert.equal(last.edit.text, this.textOf(after), 'it is not the last answer');
    const step = this.undoable.at(-1);
    // The text may have come here by other ways, with the same words.
    const ids = this.pieces.map((piece) => piece.ids);
    const to = before.map((piece, at) => ({ ...piece, ids: ids[at] }));
    if (step?.after === this.pieces && this.textOf(step.before) === last.edit.before) this.undo();
    else this.make(to, last.edit.takeBack);
    this.review.takenBack();
    this.follow();
    return true;
  }
}

const shifted = (edits: readonly TextEdit[], by: number): TextEdit[] =>
  edits.map(({ start, end, text }) => ({ start: start + by, end: end + by, text }));

function lettersOf(scheme: string): string[] {
  if (scheme === 'IO') return [''];
  return (scheme === 'IOBES' ? ['B', 'I', 'E', 'S'] : scheme.startsWith('IOE') ? ['I', 'E'] : ['B', 'I']).map(
    (letter) => `${letter}-`,
  );
}
