import assert from 'node:assert/strict';
import { annotatedBy } from '../../../src/corpus/answers/annotatedText';
import { LabelDraft } from '../../../src/corpus/answers/labelDraft';
import { applyEdits } from '../../../src/corpus/textEdits';
import { AnnotatedTexts } from '../../../src/engine/annotatedTexts';
import { annotated } from '../corpus/answers/annotated';

const json = ['Rita sees Oslo .', 'Tor sees Rome .']
  .map((text) => `${JSON.stringify({ text, label: [[0, text.indexOf(' '), 'PER']] })}\n`)
  .join('');
const csv =
  'Sentence #,Word,Tag\nSentence: 1,"Rita",B-PER\n,sees,O\n,"a, b",O\nSentence: 2,Tor,B-PER\n,sees,O\n';

describe('texts that are read elsewhere for answers', () => {
  for (const [path, text] of [
    ['a.jsonl', json],
    ['a.csv', csv],
  ])
    it(`have the tokens and the edits that they have here (${path})`, () => {
      const { input } = annotated(text, { path });
      const texts = new AnnotatedTexts();
      let now = text;
      for (const word of ['sees', 'Tor']) {
        const here = annotated(now, { path, layout: input.layout, scheme: input.scheme });
        const own = { ...here.input, labels: input.labels };
        // As a worker's answer comes.
        const there = annotatedBy(own, structuredClone(texts.tokens(own)!));
        assert.deepEqual(there.words, here.words);
        assert.deepEqual(there.labels, here.labels);
        assert.deepEqual(there.starts, here.starts);
        const draft = new LabelDraft(there);
        const first = there.words.indexOf(word);
        assert.equal(
          draft.label({ sentence: there.sentence[first], first, end: first + 1 }, 'LOC'),
          undefined,
        );
        const local = draft.finish();
        assert.ok(typeof local !== 'string');
        const edits = texts.edits(own, draft.changes);
        assert.deepEqual(edits, local.edits);
        now = applyEdits(now, edits);
        assert.ok(local.changed > 0);
      }
    });
});
