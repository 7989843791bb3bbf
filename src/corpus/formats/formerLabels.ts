/** Where labels stood in a text that an Undo or Redo brings back, also over saves. */
import type { SharedEdits } from '../sharedEdits';
import { makes } from '../textEdits';
import { linesOfAnnotations, sayOf, withNewIds } from './annotationLines';
import { readAnnotations } from './brat';
import { movedAnnotations } from './bratMoves';

const mostBases = 500;
/** All texts that are kept for it, in UTF-16 units. */
const mostText = 40_000_000;
/** Moments of all of them. */
const mostStates = 20_000;

/** A text at one moment: what edits make of the text that its annotations are of. */
export interface TextState {
  readonly edits: SharedEdits;
  readonly length: number;
}

/** Annotations, the text that they are of, and what it was since. */
export interface AnnotatedStates {
  readonly text: string;
  readonly annotations: string;
  /** The newest first. */
  readonly states: readonly TextState[];
}

interface Base extends AnnotatedStates {
  /** A label went, or lost a part. */
  readonly hasLoss: boolean;
  readonly labels: LabelsById;
  /** What the labels said that somebody has changed since; undefined where there was none. */
  readonly changed: Map<Label, string | undefined>;
}

/** One label, whatever its id: ids are free again once a label went, and others get them. */
type Label = string;

/** Which label has an id, where that is not the first that had it, whose name is the id. */
type LabelsById = ReadonlyMap<string, Label>;

/** A line of annotations that is to be there again, or again as long as it says. */
export interface ReturnedLine {
  readonly line: string;
  readonly isGone: boolean;
}

/** Where labels were in the texts that an Undo or Redo may lead to again. */
export class FormerLabels {
  private bases: Base[] = [];
  /** Of the annotations of now. */
  private labels = new Map<string, Label>();
  /** A base has them too: they are copied before they change. */
  private areShared = false;
  private reused = 0;
  /** The ids that labels have or had. */
  private readonly ids = new Set<string>();
  /** The last label that was removed and said so. */
  private readonly removed = new Map<string, Label>();

  keep({ text, annotations, states }: AnnotatedStates, hasLoss: boolean): void {
    for (const [id] of spanLines(annotations)) this.ids.add(id);
    const { labels } = this;
    this.areShared = true;
    // The states of now go on to be added to.
    this.bases.unshift({ text, annotations, states: [...states], hasLoss, labels, changed: new Map() });
    let size = this.bases.reduce((sum, { text }) => sum + text.length, 0);
    let moments = this.bases.reduce((sum, { states }) => sum + states.length, 0);
    const isTooMuch = (): boolean => size > mostText || moments > mostStates || this.bases.length > mostBases;
    for (const isKept of [(base: Base) => base.hasLoss, () => false])
      for (let i = this.bases.length - 1; i > 0 && isTooMuch(); i--) {
        const base = this.bases[i];
        if (isKept(base)) continue;
        size -= base.text.length;
        moments -= base.states.length;
        this.bases.splice(i, 1);
      }
  }

  clear(): void {
    this.bases = [];
    this.labels = new Map();
    this.ids.clear();
    this.removed.clear();
  }

  /**
   * Somebody gave a text other annotations: labels that were removed or changed are not to be as they were until
   * that is taken back.
   */
  changed(before: string, after: string): void {
    if (this.bases.length === 0) return;
    const [old, now] = [before, after].map(saidById);
    for (const [id, said] of old) if (!now.has(id)) this.note(this.removedLabel(id, said), said, undefined);
    for (const [id, said] of now)
      if (!old.has(id)) this.note(this.addedLabel(id, said), undefined, said);
      else if (old.get(id) !== said) this.note(labelOf(id, this.labels), old.get(id), said);
  }

  private note(label: Label, before: string | undefined, now: string | undefined): void {
    for (const { changed } of this.bases)
      if (!changed.has(label)) changed.set(label, before);
      else if (changed.get(label) === now) changed.delete(label);
  }

  private removedLabel(id: string, said: string): Label {
    const label = labelOf(id, this.labels);
    this.removed.set(said, label);
    return label;
  }

  /** A label that is as one was that was removed is that one: the removal was taken back. */
  private addedLabel(id: string, said: string): Label {
    const label = this.removed.get(said) ?? (this.ids.has(id) ? `${id} ${++this.reused}` : id);
    this.removed.delete(said);
    this.ids.add(id);
    this.name(id, label);
    return label;
  }

  private name(id: string, label: Label): void {
    if (label === labelOf(id, this.labels)) return;
    if (this.areShared) this.labels = new Map(this.labels);
    this.areShared = false;
    this.labels.set(id, label);
  }

  /**
   * The annotations of a text that an Undo or Redo made: labels stand where they stood when the text was that.
   * @param length of that text.
   * @param own its annotations without that.
   */
  asThen(length: number, text: () => string, own: () => string): string | undefined {
    let now: string | undefined;
    for (const base of this.bases) {
      const possible = base.states.filter((state) => state.length === length);
      const state = possible.find(({ edits }) => makes(base.text, edits.all, (now ??= text())));
      if (!state) continue;
      const then = movedAnnotations(base.text, base.annotations, state.edits.all).annotations;
      return this.merged(own(), then, base);
    }
    return undefined;
  }

  private merged(own: string, then: string, { labels, changed }: Base): string {
    const lines = linesOfAnnotations(own);
    const now = new Set(spanLines(own).map(([id]) => labelOf(id, this.labels)));
    const said = new Set(lines.map(sayOf));
    const former = new Map(spanLines(then).map(([id, line]) => [labelOf(id, labels), line]));
    const kept = lines.flatMap((line) => {
      const id = idOf(line);
      const label = labelOf(id, this.labels);
      if (!id.startsWith('T') || changed.has(label)) return [line];
      const old = former.get(label);
      if (old === undefined) return [];
      return [sayOf(old) === sayOf(line) ? line : id + old.slice(idOf(old).length)];
    });
    const back = [...former].filter(
      ([label, line]) => !changed.has(label) && !now.has(label) && !said.has(sayOf(line)),
    );
    const merged = withNewIds(
      kept.join(''),
      back.map(([, line]) => line),
    );
    const all = linesOfAnnotations(merged);
    // Those that are back stand at the end, some with other ids.
    for (const [i, [label]] of back.entries()) {
      const id = idOf(all[all.length - back.length + i]);
      this.ids.add(id);
      this.name(id, label);
    }
    return merged;
  }
}

const labelOf = (id: string, labels: LabelsById): Label => labels.get(id) ?? id;

const spanLines = (annotations: string): (readonly [id: string, line: string])[] =>
  linesOfAnnotations(annotations)
    .filter((line) => line.startsWith('T'))
    .map((line) => [idOf(line), line]);

/** What each label is on as well, since others may stand at the same place of another text. */
const saidById = (annotations: string): Map<string, string> =>
  new Map(spanLines(annotations).map(([id, line]) => [id, line.slice(id.length).replace(/[\r\n]+$/, '')]));

/** Annotations of a text with lines that are to be there again. */
export function withReturned(annotations: string, returned: readonly ReturnedLine[]): string {
  const lines = linesOfAnnotations(annotations);
  const places = new Map(placesById(annotations));
  const said = new Set(lines.map(sayOf));
  const isIn = (line: string): boolean => said.has(sayOf(line));
  for (const { line, isGone } of returned) {
    const id = idOf(line);
    const own = places.get(id);
    const [[, former] = []] = placesById(line);
    if (isGone || !own || !former || own.type !== former.type || isIn(line)) continue;
    if (former.start <= own.start && own.end <= former.end) lines[own.line] = line;
  }
  return withNewIds(
    lines.join(''),
    returned.filter(({ line, isGone }) => isGone && !isIn(line)).map(({ line }) => line),
  );
}

interface Placed {
  readonly line: number;
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

function placesById(annotations: string): (readonly [id: string, place: Placed])[] {
  const { spans, discontinuous } = readAnnotations(annotations);
  return [...spans, ...discontinuous].map(({ line, lineStart, type, start, end, furtherPieces }) => [
    idOf(annotations.slice(lineStart, lineStart + 40)),
    { line, type, start, end: furtherPieces?.at(-1)?.end ?? end },
  ]);
}

const idOf = (line: string): string => /^\S*/.exec(line)?.[0] ?? '';
