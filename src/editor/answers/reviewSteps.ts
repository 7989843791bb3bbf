/** What was done in a review, as the text tells it: also where it was taken back, or done again, by other means. */
import { movedAnnotations } from '../../corpus/formats/bratMoves';
import { wordEdits } from '../../corpus/text/wordEdits';
import { applyEdits, editsBetween } from '../../corpus/textEdits';
import type { TextEdit } from '../../corpus/textEdits';

/** What was done to an item: it was answered, or left as it is. An edit by hand between two answers has no item. */
interface Step {
  readonly index?: number;
  /** Whose text was edited. */
  readonly file?: string;
  readonly edits?: { readonly give: readonly TextEdit[]; readonly takeBack: readonly TextEdit[] };
}

/** The last thing that was done. */
export interface LastStep {
  readonly index: number;
  /** Missing where nothing was edited. */
  readonly edit?: {
    readonly file: string;
    readonly text: string;
    readonly before: string;
    readonly takeBack: readonly TextEdit[];
  };
}

/** So many steps are looked through for a text that is there again. */
const mostAtOnce = 20;

/** The steps of a review of any files. Knows texts alone: those of the files with the labels. */
export class ReviewSteps {
  private steps: Step[] = [];
  /** Those that were taken back, the first of them last. */
  private again: Step[] = [];
  /** Each file's text, as the last answer in it, or its undoing, left it. */
  private readonly texts = new Map<string, string>();
  /** Of annotations, the text that these are of. */
  private readonly words = new Map<string, string>();

  /** How many items were answered, and how many left as they are. */
  get counts(): { readonly answered: number; readonly kept: number } {
    const items = this.steps.filter(({ index }) => index !== undefined);
    const answered = items.filter(({ edits }) => edits).length;
    return { answered, kept: items.length - answered };
  }

  /** What Undo takes back; `edited` where that is an edit by hand. */
  get last(): LastStep | 'none' | 'edited' {
    const step = this.steps.at(-1);
    if (!step) return 'none';
    if (step.index === undefined) return 'edited';
    const { index, file, edits } = step;
    const text = file === undefined ? undefined : this.texts.get(file);
    // An answer that the text had already took nothing to undo.
    if (!edits || edits.takeBack.length === 0 || file === undefined || text === undefined) return { index };
    const { takeBack } = edits;
    return { index, edit: { file, text, before: applyEdits(text, takeBack), takeBack } };
  }

  keep(index: number): void {
    this.steps.push({ index });
  }

  /**
   * @param before the file's text before the answer, `after` behind it.
   * @param words of annotations, the text that they are of.
   */
  answer(index: number, file: string, before: string, after: string, words?: string): void {
    if (words !== undefined) this.move(file, before, words);
    const text = this.texts.get(file);
    this.again.length = 0;
    // Steps of another text, which nothing has moved to this one, are not gone back to.
    const isOther = text !== undefined && words !== undefined && this.words.get(file) !== words;
    if (isOther) this.steps.push({ file });
    else if (text !== undefined && text !== before) this.steps.push({ file, edits: bothWays(text, before) });
    this.steps.push({ index, file, edits: bothWays(before, after) });
    this.texts.set(file, after);
    if (words !== undefined) this.words.set(file, words);
  }

  /**
   * The text of annotations was edited, and they follow it: steps are of the places there are now. Annotations that
   * somebody has edited besides are left to {@link follow}.
   *
   * @param now the annotations. @param words their text.
   */
  move(file: string, now: string, words: string): void {
    const [text, before] = [this.texts.get(file), this.words.get(file)];
    if (text === undefined || before === undefined || before === words) return;
    const edits = wordEdits(before, words);
    const moved = (annotations: string): string => movedAnnotations(before, annotations, edits).annotations;
    if (moved(text) !== now) return;
    this.steps = movedSteps([...this.steps].reverse(), file, text, 'takeBack', moved).reverse();
    this.again = movedSteps([...this.again].reverse(), file, text, 'give', moved).reverse();
    this.texts.set(file, now);
    this.words.set(file, words);
  }

  /** The last step was taken back. */
  takenBack(): void {
    const step = this.steps.pop();
    const text = step?.file === undefined ? undefined : this.texts.get(step.file);
    if (!step?.edits || step.file === undefined || text === undefined) return;
    this.texts.set(step.file, applyEdits(text, step.edits.takeBack));
    this.again.push(step);
  }

  /**
   * A file's text as it is now. Where answers went with an undo of the editor, or came again with its redo, they
   * count so; not where others were given in another file since.
   *
   * @returns the index of the item whose turn it is by that; undefined where nothing of that kind happened.
   */
  follow(file: string, now: string): number | undefined {
    const text = this.texts.get(file);
    return text === undefined || text === now
      ? undefined
      : (this.back(file, text, now) ?? this.forth(file, text, now));
  }

  private back(file: string, text: string, now: string): number | undefined {
    const at = stepTo(now, text, newestOf(this.steps, file), 'takeBack');
    if (at === undefined) return undefined;
    const gone = this.steps.splice(this.steps.length - 1 - at);
    this.again.push(...[...gone].reverse());
    this.texts.set(file, now);
    return gone.find(({ index }) => index !== undefined)?.index;
  }

  private forth(file: string, text: string, now: string): number | undefined {
    const at = stepTo(now, text, newestOf(this.again, file), 'give');
    if (at === undefined) return undefined;
    let from = this.again.length - 1 - at;
    // What was kept behind it comes with it.
    while (from > 0 && isStill(this.again[from - 1])) from--;
    const done = this.again.splice(from).reverse();
    // What is answered again is not kept.
    const indices = new Set(done.map(({ index }) => index));
    this.steps = [...this.steps.filter(({ index, edits }) => edits ?? !indices.has(index)), ...done];
    this.texts.set(file, now);
    const last = done.findLast(({ index }) => index !== undefined)?.index;
    return last === undefined ? undefined : last + 1;
  }
}

/** The last steps, the newest first, as far as they edited no other file. */
function newestOf(steps: readonly Step[], file: string): Step[] {
  const newest = [...steps].reverse();
  const other = newest.findIndex((step) => step.file !== undefined && (step.file !== file || isEnd(step)));
  return other < 0 ? newest : newest.slice(0, other);
}

/** Steps from a text on, the nearest first, once all that they lead to has moved. */
function movedSteps(
  steps: readonly Step[],
  file: string,
  text: string,
  way: 'give' | 'takeBack',
  moved: (text: string) => string,
): Step[] {
  let [now, nowMoved] = [text, moved(text)];
  const end = steps.findIndex((step) => step.file === file && isEnd(step));
  return steps.map((step, i) => {
    if (end >= 0 && i > end) return step;
    if (step.file !== file || !step.edits) return step;
    const next = applyEdits(now, step.edits[way]);
    const nextMoved = moved(next);
    const edits = way === 'give' ? bothWays(nowMoved, nextMoved) : bothWays(nextMoved, nowMoved);
    [now, nowMoved] = [next, nextMoved];
    return { ...step, edits };
  });
}

/** What is before it is of another text. */
const isEnd = ({ index, edits }: Step): boolean => index === undefined && !edits;
const isStill = ({ edits }: Step): boolean => !edits || edits.give.length === 0;

const bothWays = (before: string, after: string): NonNullable<Step['edits']> => ({
  give: editsBetween(before, after),
  takeBack: editsBetween(after, before),
});

/** Which of the steps, one after the other, makes that text. */
function stepTo(
  wanted: string,
  text: string,
  steps: readonly Step[],
  way: 'give' | 'takeBack',
): number | undefined {
  let now = text;
  for (const [i, { edits }] of steps.slice(0, mostAtOnce).entries()) {
    if (!edits || edits[way].length === 0) continue;
    now = applyEdits(now, edits[way]);
    if (now === wanted) return i;
  }
  return undefined;
}
