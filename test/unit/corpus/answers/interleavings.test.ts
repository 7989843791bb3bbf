import assert from 'node:assert/strict';
import fc from 'fast-check';
import { uniform } from '../../../../src/common/random';
import { LabelDraft } from '../../../../src/corpus/answers/labelDraft';
import { findTarget, moved, targetOf } from '../../../../src/corpus/answers/tokenTarget';
import type { TokenTarget } from '../../../../src/corpus/answers/tokenTarget';
import type { LabelScheme } from '../../../../src/corpus/corpus';
import { applyEdits, inverseEdits } from '../../../../src/corpus/textEdits';
import type { TextEdit } from '../../../../src/corpus/textEdits';
import { annotated } from './annotated';

/** How many sequences are drawn; 100,000 by option. */
const sequences = Number(process.env.RNN_TAGGER_ANSWERS ?? 400);
const stepsEach = 40;

const layout = { kind: 'columns', columns: ['FORM', 'KEY', 'LABEL'], form: 0, separator: '\t' };
const words = ['Rita', 'sees', 'New', 'York', '🙂', '-'];
const types = ['PER', 'LOC', '__proto__'];

/** A text in an editor: edits, undo, and a target that is followed through both. Rows have ids of their own. */
class TextModel {
  text = '';
  private nextId = 0;
  private readonly undoable: TextEdit[][] = [];
  readonly targets: { target: TokenTarget | undefined; readonly id: string }[] = [];

  constructor(
    readonly scheme: LabelScheme,
    private readonly draw: (below: number) => number,
  ) {
    this.text = Array.from({ length: 1 + draw(4) }, () => this.sentence()).join('\n');
  }

  read(): ReturnType<typeof annotated> {
    const labels = [
      'O',
      ...['B', 'I', 'E', 'S'].flatMap((letter) => types.map((type) => `${letter}-${type}`)),
    ];
    return annotated(this.text, { path: 'a.conll', layout, scheme: this.scheme, labels });
  }

  apply(edits: readonly TextEdit[]): void {
    this.undoable.push(inverseEdits(this.text, edits));
    this.change(edits);
  }

  undo(): void {
    const edits = this.undoable.pop();
    if (edits) this.change(edits);
  }

  private change(edits: readonly TextEdit[]): void {
    this.text = applyEdits(this.text, edits);
    // As an editor tells changes: from the last to the first.
    for (const { start, end, text } of [...edits].reverse())
      for (const known of this.targets)
        known.target &&= moved(known.target, { offset: start, removed: end - start, inserted: text.length });
  }

  private row(word = words[this.draw(words.length)]): string {
    return `${word}\t#${this.nextId++}#\tO\n`;
  }

  private sentence(): string {
    return Array.from({ length: 1 + this.draw(4) }, () => this.row()).join('');
  }

  /** Where lines start, and the end. */
  private lines(): number[] {
    return [0, ...Array.from(this.text.matchAll(/\n/g), ({ index }) => index + 1)];
  }

  /** An edit as people, git and other programs make them: rows and sentences come, go, and are copied. */
  edit(): void {
    const lines = this.lines();
    const at = this.draw(lines.length);
    const start = lines[at];
    const stop = lines[Math.min(lines.length - 1, at + this.draw(6))];
    const copied = this.text.slice(start, stop).replace(/#\d+#/g, () => `#${this.nextId++}#`);
    switch (this.draw(6)) {
      case 0:
        return this.apply([{ start, end: start, text: `${this.sentence()}\n` }]);
      case 1:
        return this.apply([{ start, end: start, text: this.row() }]);
      case 2:
        return this.apply([{ start, end: stop, text: '' }]);
      case 3:
        return this.apply([{ start, end: start, text: copied }]);
      case 4:
        return this.apply([{ start, end: start, text: '\n' }]);
      default: {
        const tab = this.text.indexOf('\t', start);
        if (tab >= 0) this.apply([{ start, end: tab, text: words[this.draw(words.length)] }]);
      }
    }
  }

  /** The whole text is read again from the disk, with other sentences. */
  reload(): void {
    const text = `${this.text.replace(/#\d+#/g, () => `#${this.nextId++}#`)}\n${this.sentence()}`;
    this.apply([{ start: 0, end: this.text.length, text }]);
  }

  take(): void {
    const read = this.read();
    if (read.file.tokens === 0) return;
    const first = this.draw(read.file.tokens);
    const last = read.file.sentenceStart[read.sentence[first] + 1];
    const end = first + 1 + this.draw(Math.min(2, last - first));
    this.targets.push({ target: targetOf(read, first, end), id: this.idAt(read.starts[first]) });
  }

  idAt(offset: number): string {
    return /#\d+#/.exec(this.text.slice(offset))?.[0] ?? '';
  }
}

/** Rows by their ids: word and label. */
function rowsOf(text: string): Map<string, { word: string; label: string; sentence: number }> {
  const rows = new Map<string, { word: string; label: string; sentence: number }>();
  text.split(/\n(?:\n)+/).forEach((sentence, s) => {
    for (const line of sentence.split('\n')) {
      const [word, id, label] = line.split('\t');
      if (id) rows.set(id, { word, label, sentence: s });
    }
  });
  return rows;
}

/** @returns whether the answer was given. */
function answer(model: TextModel, draw: (below: number) => number): boolean {
  const { target, id } = model.targets[draw(model.targets.length)];
  const read = model.read();
  const found = target && findTarget(read, target);
  if (!found) return false;
  assert.equal(model.idAt(read.starts[found.first]), id, 'another token is taken for the one that was meant');
  const draft = new LabelDraft(read);
  const type = types[draw(types.length)];
  const kind = draw(4);
  const refused =
    kind === 0
      ? draft.label({ ...found }, type)
      : kind === 1
        ? draft.remove({ ...found })
        : draft.resize({ ...found }, draw(2) === 0 ? 'start' : 'end', draw(2) === 0 ? 1 : -1);
  const drafted = refused ?? draft.finish();
  if (typeof drafted === 'string') return false;
  const before = rowsOf(model.text);
  model.apply(drafted.edits);
  const after = rowsOf(model.text);
  assert.deepEqual([...after.keys()], [...before.keys()]);
  const meant = before.get(id);
  for (const [row, { word, label, sentence }] of after) {
    const old = before.get(row);
    assert.equal(word, old?.word);
    if (label !== old?.label) assert.equal(sentence, meant?.sentence, `${row} is of another sentence`);
  }
  if (kind === 0) assert.ok(after.get(id)?.label.endsWith(type), `${id} has not got ${type}`);
  if (kind === 1) assert.equal(after.get(id)?.label, 'O');
  return true;
}

describe('answers among edits, undos and reloads', () => {
  for (const scheme of ['IOB1', 'IOB2', 'IOE1', 'IOE2', 'IOBES'] as const)
    it(`never reach a wrong token (${scheme})`, () => {
      let given = 0;
      fc.assert(
        fc.property(fc.integer(), (seed) => {
          let drawn = 0;
          const draw = (below: number): number => Math.floor(uniform(seed, drawn++) * below);
          const model = new TextModel(scheme, draw);
          for (let step = 0; step < stepsEach; step++) {
            const what = draw(12);
            if (what < 3) model.take();
            else if (what < 6) model.edit();
            else if (what < 8) model.undo();
            else if (what === 8 && draw(4) === 0) model.reload();
            else if (model.targets.length > 0 && answer(model, draw)) given++;
          }
        }),
        { numRuns: Math.ceil(sequences / 5) },
      );
      assert.ok(given > sequences / 5, `only ${given} answers were given`);
    });
});
