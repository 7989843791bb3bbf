import assert from 'node:assert/strict';
import fc from 'fast-check';
import { uniform } from '../../../../src/common/random';
import type { CorpusLayout } from '../../../../src/corpus/corpus';
import { detectLayout } from '../../../../src/corpus/formats/detect';
import { withKey } from '../../../../src/corpus/formats/rows/keyColumns';
import { answerFormats } from './answerFormats';
import type { AnswerFormat } from './answerFormats';
import { AnswerModel } from './answerModel';

/** How many sequences are drawn; 100,000 by option. */
const sequences = Number(process.env.RNN_TAGGER_ANSWERS ?? 520);
const stepsEach = 40;
const seed = process.env.RNN_TAGGER_SEED;
const each = Math.ceil(sequences / answerFormats.length);

/** The layout that is found for a file of the format. */
function layoutOf(format: AnswerFormat): CorpusLayout {
  if (format.layout) return format.layout;
  const { head, glue, tail, words, types, path, column, scheme } = format;
  const labels = scheme === 'none' ? [types[0], types[1]] : ['O', `B:${types[0]}`];
  const pieces = [0, 1, 2, 3].map((number) =>
    format.write({ words: words.slice(0, 4), labels: [...labels, ...labels] }, number),
  );
  const layout = detectLayout(path, head + pieces.join(glue) + tail, 'chosen');
  assert.ok(layout, `${format.name} is not recognised`);
  return layout.columns.includes(column) ? layout : withKey(layout, column);
}

describe('answers among edits, undos, saves, reloads and git checkouts', () => {
  const figures: Record<string, number> = {};
  const tell = (name: string, count: number): void => void (figures[name] = (figures[name] ?? 0) + count);
  for (const format of answerFormats)
    it(`never reach a wrong token, and none is lost (${format.name})`, () => {
      const layout = layoutOf(format);
      const counts: Record<string, number> = {};
      fc.assert(
        fc.property(fc.integer(), (draws) => {
          let drawn = 0;
          const draw = (below: number): number => Math.floor(uniform(draws, drawn++) * below);
          const lineEnd = draw(3) === 0 ? '\r\n' : '\n';
          const model = new AnswerModel(format, layout, lineEnd, draw(2) === 0, draw);
          try {
            for (let step = 0; step < stepsEach; step++) model.step();
          } catch (error) {
            throw new Error(`After\n${model.log.slice(-12).join('\n')}`, { cause: error });
          }
          for (const [name, count] of Object.entries(model.counts))
            counts[name] = (counts[name] ?? 0) + count;
        }),
        {
          numRuns: each,
          // What fails says its seed and path; this repeats it.
          ...(seed !== undefined && { seed: Number(seed) }),
        },
      );
      for (const [name, count] of Object.entries(counts)) tell(name, count);
      tell('sequences', each);
      tell('steps', each * stepsEach);
    });
  it('are all drawn', () => {
    for (const name of [
      'edit',
      'answer',
      'label all same',
      'many',
      'undo',
      'redo',
      'take back',
      'checkout',
      'revert',
      'change on the disk',
      'crash',
    ])
      assert.ok((figures[name] ?? 0) > sequences / 5, `${name}: only ${figures[name] ?? 0}`);
  });
  after(() => {
    if (process.env.RNN_TAGGER_ANSWERS !== undefined) console.log(figures);
  });
});
