import assert from 'node:assert/strict';
import { LabelDraft } from '../../../../src/corpus/answers/labelDraft';
import { targetOf } from '../../../../src/corpus/answers/tokenTarget';
import { isSaid, keyOf, keyOnceLabelled, saidNow } from '../../../../src/corpus/queue/asked';
import { doubtsOf } from '../../../../src/corpus/queue/doubts';
import type { Doubt } from '../../../../src/corpus/queue/doubts';
import { annotated } from '../answers/annotated';

const column = { corpus: 'news', column: 'NER' };
const layout = { kind: 'columns', columns: ['FORM', 'NER'], form: 0, separator: '\t' };

/** What is asked of rows by what a model says of each. */
function asked(
  rows: readonly (readonly [word: string, gold: string])[],
  predicted: readonly string[],
  scheme: 'IOB2' | 'none',
): Doubt[] {
  const text = rows.map((row) => `${row.join('\t')}\n`).join('');
  const read = annotated(text, { path: 'a.conll', layout, scheme, labels: [...new Set(predicted)] });
  const tokens = predicted.map((label, t) => ({
    start: read.starts[t],
    end: read.ends[t],
    sentence: 0,
    label,
    probability: 0.6,
    next: { label: 'B-PER', probability: 0.3 },
  }));
  return [...doubtsOf(read, tokens, scheme).doubts];
}

/** What is asked next where an answer gives a label, and the key that was told for that. */
function afterGiving(
  rows: readonly (readonly [word: string, gold: string])[],
  predicted: readonly string[],
  given: string,
  scheme: 'IOB2' | 'none' = 'IOB2',
): { told: string | undefined; next: string[] } {
  const [doubt] = asked(rows, predicted, scheme);
  const read = annotated(rows.map((row) => `${row.join('\t')}\n`).join(''), {
    path: 'a.conll',
    layout,
    scheme,
    labels: [...new Set(predicted)],
  });
  const first = read.starts.indexOf(doubt.target.start);
  const at = { sentence: 0, first, end: first + doubt.target.tokens };
  assert.deepEqual(targetOf(read, at.first, at.end), doubt.target);
  const draft = new LabelDraft(read);
  assert.ok(isSaid(saidNow(draft, at, doubt), doubt.gold));
  assert.equal(draft.label(at, given), undefined);
  const labelled = rows.map(([word, gold], t): [string, string] => {
    const label = scheme === 'none' ? draft.labelOf({ sentence: 0, first: t, end: t + 1 }) : undefined;
    const span = scheme === 'none' ? undefined : draft.spanAt(0, t);
    return [
      word,
      scheme === 'none' ? (label ?? gold) : span ? `${span.first === t ? 'B' : 'I'}-${span.type}` : 'O',
    ];
  });
  return {
    told: keyOnceLabelled({ ...column, doubt }, saidNow(draft, at, doubt)),
    next: asked(labelled, predicted, scheme)
      .filter(({ isGuess }) => !isGuess)
      .map((own) => keyOf(column, own)),
  };
}

describe('an answer to a question of the queue', () => {
  it('answers as well what would be asked of the label that it gives', () => {
    const rows: [string, string][] = [
      ['Rita', 'B-PER'],
      ['May', 'I-PER'],
      ['naps', 'O'],
    ];
    const { told, next } = afterGiving(rows, ['B-LOC', 'O', 'O'], 'ORG');
    assert.deepEqual(next, [told]);
    const tags = afterGiving([['run', 'VERB']], ['NOUN'], 'ADJ', 'none');
    assert.deepEqual(tags.next, [tags.told]);
  });

  it('is final of a guess, too, whose label the model says only in the second place', () => {
    const { told, next } = afterGiving([['Zora', 'O']], ['O'], 'PER');
    assert.deepEqual(next, [told]);
  });

  it('needs nothing more where it is what the model says', () => {
    const { told, next } = afterGiving([['Rome', 'B-PER']], ['B-LOC'], 'LOC');
    assert.deepEqual([told, next], [undefined, []]);
  });
});
