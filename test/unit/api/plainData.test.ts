import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ApiError, apiError, withCode } from '../../../src/api/apiError';
import { checkOptions, plainText } from '../../../src/api/options';
import {
  plainCorpus,
  plainLabelError,
  plainModel,
  plainRun,
  plainSentences,
  unknownVersionText,
} from '../../../src/api/plainData';
import { InputError } from '../../../src/common/errors';
import type { Corpus } from '../../../src/corpus/corpus';
import { splitLines } from '../../../src/corpus/text/lines';
import type { TaggedToken } from '../../../src/engine/taggerProtocol';
import { newRecord } from '../../../src/record/runRecord';
import type { RunRecord } from '../../../src/record/runRecord';
import { defaultSettings } from '../../../src/training/defaults';

const hostile = ['<img src=x onerror=alert(1)>', '[x](command:y)', '__proto__', 'constructor', '\u202e'];

const corpus: Corpus = {
  id: 'names#conll',
  name: 'names',
  layout: { kind: 'columns', columns: ['FORM', 'LABEL'], form: 0, separator: '\t' },
  files: [
    { file: 'file:///w/train.conll', split: 'training', tokens: 8, sentences: 2, leftOut: 1 },
    { file: 'file:///w/more.conll', tokens: 2, sentences: 1, leftOut: 0 },
  ],
  tokens: 10,
  sentences: 3,
  columns: [{ name: 'LABEL', scheme: 'IOB2', labels: hostile.map((label) => ({ label, count: 1 })) }],
};

const record: RunRecord = {
  ...newRecord(
    'r1',
    { corpus: corpus.id, corpusName: 'names', column: 'LABEL', settings: defaultSettings, spans: true },
    new Date(0),
  ),
  state: 'done',
  checkpoint: { epoch: 2, step: 20 },
  development: {
    tokens: 9,
    sentences: 2,
    loss: 0.5,
    accuracy: 0.75,
    spans: { precision: 0.5, recall: 1, f1: 2 / 3, gold: 1, predicted: 2, correct: 1 },
  },
};

const token = (line: number, startColumn: number, endColumn: number, label: string): TaggedToken => ({
  line,
  startColumn,
  endColumn,
  sentence: line,
  label,
  probability: 0.5,
  best: [{ label, probability: 0.5 }],
});

/** Plain data survives JSON as it is. */
const assertPlain = (value: unknown): void =>
  assert.deepEqual(JSON.parse(JSON.stringify(value)) as unknown, value);

describe('what the API gives out', () => {
  it('is plain data: a corpus, with labels as they are', () => {
    const plain = plainCorpus(corpus);
    assertPlain(plain);
    assert.deepEqual(
      plain.columns[0].labels.map(({ label }) => label),
      hostile,
    );
    assert.deepEqual(plain.files[0], {
      uri: 'file:///w/train.conll',
      split: 'training',
      tokens: 8,
      sentences: 2,
    });
    assert.equal(plain.columns[0].spans, true);
  });

  it('is its own: a change of it changes nothing inside', () => {
    const before = JSON.stringify(corpus);
    const plain = plainCorpus(corpus) as unknown as {
      files: unknown[];
      columns: { labels: { label: string }[] }[];
    };
    plain.files.length = 0;
    plain.columns[0].labels[0].label = 'other';
    plain.columns.length = 0;
    assert.equal(JSON.stringify(corpus), before);
  });

  it('is plain data: a run with its scores, and whether it has a model', () => {
    const plain = plainRun(record);
    assertPlain(plain);
    assert.deepEqual(plain.development?.spans, { precision: 0.5, recall: 1, f1: 2 / 3 });
    assert.deepEqual([plain.title, plain.hasModel], ['names · LABEL', true]);
    assert.equal(plainRun({ ...record, checkpoint: undefined }).hasModel, false);
    assert.equal('settings' in plain, false);
  });

  it('has the text of each token and span: of one line what stands there, of rows the words', () => {
    const text = splitLines('New  York is.\n“Oh”');
    const [first, second] = plainSentences(
      [
        token(0, 0, 3, 'B-<b>'),
        token(0, 5, 9, 'I-<b>'),
        token(0, 10, 12, 'O'),
        token(1, 1, 3, 'B-__proto__'),
      ],
      text,
      { scheme: 'IOB2' },
    );
    assert.deepEqual(
      first.tokens.map((own) => own.text),
      ['New', 'York', 'is'],
    );
    assert.deepEqual(first.spans, [{ type: '<b>', text: 'New  York', start: 0, end: 2, probability: 0.5 }]);
    assert.deepEqual([second.spans[0].type, second.spans[0].text], ['__proto__', 'Oh']);
    const rows = splitLines('New\tB-LOC\nYork\tI-LOC');
    const inRows = [token(0, 0, 3, 'B-LOC'), { ...token(1, 0, 4, 'I-LOC'), sentence: 0 }];
    assert.equal(plainSentences(inRows, rows, { scheme: 'IOB2' })[0].spans[0].text, 'New York');
    assertPlain(first);
  });

  it('keeps every token in its sentence, whatever the labels', () => {
    const tokens = fc.array(
      fc.record({
        sentence: fc.nat(3),
        label: fc.oneof(fc.constantFrom('O', 'B-A', 'I-A', ...hostile), fc.string()),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(tokens, fc.constantFrom('none', 'IOB2', 'IOBES', 'IO' as const), (drawn, scheme) => {
        const ordered = [...drawn].sort((a, b) => a.sentence - b.sentence);
        const tagged = ordered.map(({ sentence, label }, t) => ({ ...token(0, t, t + 1, label), sentence }));
        const sentences = plainSentences(tagged, splitLines('x'.repeat(40)), {
          scheme: scheme as 'none' | 'IOB2' | 'IOBES' | 'IO',
        });
        assert.deepEqual(
          sentences.flatMap((own) => own.tokens.map(({ label }) => label)),
          ordered.map(({ label }) => label),
        );
        for (const own of sentences)
          for (const { start, end } of own.spans) assert.ok(start < end && end <= own.tokens.length);
      }),
    );
  });

  it('names the run of a model, and none of an imported one', () => {
    const info = { corpusName: 'names', column: 'LABEL', labels: hostile } as never;
    assert.equal(plainModel('run:r1', info).run, 'r1');
    assert.equal('run' in plainModel('imported:i', info), false);
  });

  it('has label errors where they stand now, by a score from 0 to 1', () => {
    const finding = { file: 'file:///a', sentence: 'a b', occurrence: 0, token: 1, word: 'b', margin: 8 };
    const range = { start: { line: 3, character: 2 }, end: { character: 7 } };
    const plain = plainLabelError({ ...finding, gold: 'O', suggested: '<b>' }, range);
    assert.deepEqual([plain.line, plain.startCharacter, plain.endCharacter], [3, 2, 7]);
    assert.ok(plain.score > 0.7 && plain.score < 1);
  });
});

describe('what the API refuses', () => {
  it('is named with what there is', () => {
    assert.equal(unknownVersionText(2, [1]), 'RNN Tagger has no API version 2. There is: 1.');
    const odd = { toString: () => assert.fail('no text') };
    assert.match(unknownVersionText(odd, [1]), /There is: 1/);
    assert.throws(() => checkOptions({ corpora: 1 }, ['corpus']), /no "corpora". There is: corpus/);
    assert.throws(() => checkOptions('names', ['corpus']), { code: 'invalid-argument' });
    assert.throws(() => plainText({}, 'run'), /run must be a text, but is an object/);
    assert.deepEqual(checkOptions(undefined, ['corpus']), {});
  });

  it('is options whose names belong to every object', () => {
    for (const name of ['__proto__', 'constructor', 'toString']) {
      const options = JSON.parse(`{ ${JSON.stringify(name)}: 1 }`) as unknown;
      assert.throws(() => checkOptions(options, ['corpus']), { code: 'invalid-argument' }, name);
    }
  });

  it('has a code; a hint is part of the message, and a code that is there stays', async () => {
    const input = apiError(new InputError('No.', { hint: 'Do this.' }), 'not-found');
    assert.deepEqual([input.name, input.message], ['RnnTaggerError', 'No. Do this.']);
    assert.equal((input as ApiError).code, 'not-found');
    const busy = new ApiError('busy', 'Busy.');
    assert.equal(apiError(busy, 'failed'), busy);
    await assert.rejects(
      withCode('failed', () => Promise.reject(new Error('gone'))),
      { code: 'failed', message: 'gone' },
    );
  });

  it('lets a cancel through as what it is', () => {
    const cancelled = Object.assign(new Error('Canceled'), { name: 'Canceled' });
    assert.equal(apiError(cancelled, 'failed'), cancelled);
  });
});
