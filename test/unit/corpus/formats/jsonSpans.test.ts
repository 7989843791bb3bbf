import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CorpusFile } from '../../../../src/corpus/corpus';
import { formatOf } from '../../../../src/corpus/formats';
import { detectLayout } from '../../../../src/corpus/formats/detect';
import { readCorpusFile } from '../../../../src/corpus/formats/read';
import { labelsOf, rewrite, rowsOf, wordsInPlace } from './wholeFile';

const read = (text: string, name = 'data.jsonl'): CorpusFile => readCorpusFile(name, name, text);
const spans = [
  ['Anna B-PER', 'sees O', 'Oslo B-LOC', '. O'],
  ['Tor B-PER', 'slept O', '. O'],
];
const lines = (...records: unknown[]): string =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('');
const first = 'Anna sees Oslo.';
const second = 'Tor slept.';
const triples = [
  [
    [0, 4, 'PER'],
    [10, 14, 'LOC'],
  ],
  [[0, 3, 'PER']],
] as const;
const objects = (
  start: string,
  end: string,
  label: string,
  more: (i: number) => object = () => ({}),
): object[][] =>
  triples.map((list) =>
    list.map(([from, to, type], i) => ({ ...more(i), [start]: from, [end]: to, [label]: type })),
  );

const labelStudio = (list: object[][], key = 'annotations'): string =>
  JSON.stringify(
    [first, second].map((text, i) => ({
      id: i,
      [key]: [{ id: 7, was_cancelled: false, result: list[i] }],
      data: { text, source: 'x' },
    })),
    undefined,
    1,
  );
const regions = triples.map((list, t) =>
  list.map(([start, end, type]) => ({
    value: { start, end, text: [first, second][t].slice(start, end), labels: [type] },
    id: 'a1',
    from_name: 'entity',
    to_name: 'text',
    type: 'labels',
  })),
);
const [a, b] = objects('start', 'end', 'label');
const [c, d] = objects('start_offset', 'end_offset', 'label', (id) => ({ id }));

const versions: Record<string, string> = {
  'doccano with “label”': lines(
    { text: first, label: triples[0], meta: {} },
    { text: second, label: triples[1] },
  ),
  'doccano with “labels”': lines(
    { id: 1, text: first, labels: triples[0] },
    { id: 2, text: second, labels: triples[1] },
  ),
  'doccano with “data”': lines(
    { id: 1, data: first, label: triples[0] },
    { id: 2, data: second, label: triples[1] },
  ),
  'doccano with entities as objects': lines(
    { text: first, entities: c, relations: [] },
    { text: second, entities: d, relations: [] },
  ),
  'doccano with keys of one’s own': lines(
    { column_data: first, column_label: triples[0] },
    { column_data: second, column_label: triples[1] },
  ),
  'doccano, pretty-printed': [
    { text: first, entities: c },
    { text: second, entities: d },
  ]
    .map((record) => JSON.stringify(record, undefined, 4))
    .join('\n'),
  'spaCy’s entities': lines({ text: first, entities: triples[0] }, { text: second, entities: triples[1] }),
  'spaCy’s pairs': JSON.stringify([
    [first, { entities: triples[0] }],
    [second, { entities: triples[1] }],
  ]),
  'Prodigy’s spans': lines(
    { text: first, spans: a, answer: 'accept' },
    { text: second, spans: b, _input_hash: -1 },
  ),
  'a list of records': JSON.stringify(
    [
      { text: first, label: triples[0] },
      { text: second, label: triples[1] },
    ],
    undefined,
    2,
  ),
  'Label Studio': labelStudio(regions),
  'Label Studio’s completions': labelStudio(regions, 'completions'),
  'Label Studio’s short export': JSON.stringify(
    [first, second].map((text, i) => ({
      text,
      id: i,
      label: regions[i].map(({ value }) => value),
      annotator: 1,
    })),
  ),
};

describe('JSON with spans', () => {
  for (const [name, text] of Object.entries(versions)) {
    it(`is read as ${name} writes it, each token at its place`, () => {
      const file = read(text);
      assert.equal(file.layout.kind, 'json-spans');
      assert.deepEqual(rowsOf(file, 'LABEL'), spans);
      assert.deepEqual(file.problems, []);
      assert.deepEqual(wordsInPlace(text, file), labelsOf(file, 'FORM'));
      assert.deepEqual([...file.sentenceDocument], [0, 1]);
    });

    it(`is written back as ${name} writes it`, () => {
      const file = read(text);
      const own = labelsOf(file, 'LABEL');
      assert.equal(rewrite(text, file, 'LABEL', own), text);
      const other = ['O', 'B-X', 'I-X', 'O', 'B-PER', 'O', 'B-X'];
      const written = rewrite(text, file, 'LABEL', other);
      const again = read(written);
      assert.deepEqual(labelsOf(again, 'LABEL'), other);
      assert.deepEqual(again.problems, []);
      assert.equal(detectLayout('f', written, 'chosen')?.kind, 'json-spans');
    });
  }

  it('counts code points, and has places in UTF-16 units behind emoji and escapes', () => {
    const text =
      '{"text": "\\ud83d\\ude00🙂 \\"Anna\\"\\n\\tsees 猫.", "label": [[4, 8, "PER"], [16, 17, "CAT"]]}\n';
    const file = read(text);
    assert.deepEqual(
      labelsOf(file, 'LABEL').filter((label) => label !== 'O'),
      ['B-PER', 'B-CAT'],
    );
    const words = labelsOf(file, 'FORM');
    assert.deepEqual(
      ['Anna', '猫'].map((word) => labelsOf(file, 'LABEL')[words.indexOf(word)]),
      ['B-PER', 'B-CAT'],
    );
    const inPlace = wordsInPlace(text, file);
    assert.equal(inPlace[words.indexOf('Anna')], 'Anna');
    assert.equal(inPlace[words.indexOf('猫')], '猫');
    assert.equal(rewrite(text, file, 'LABEL', labelsOf(file, 'LABEL')), text);
    const moved = labelsOf(file, 'LABEL').map((label) => (label === 'B-CAT' ? 'B-DOG' : label));
    assert.match(rewrite(text, file, 'LABEL', moved), /\[\[4, 8, "PER"\], \[16, 17, "DOG"\]\]/);
  });

  it('counts UTF-16 units where the spans’ own texts say so', () => {
    const text = lines(
      { text: '🙂 Anna', label: [{ start: 3, end: 7, text: 'Anna', labels: ['PER'] }] },
      { text: 'x', label: [] },
    );
    assert.ok(labelsOf(read(text), 'LABEL').includes('B-PER'));
    assert.deepEqual(read(text).problems, []);
  });

  it('takes Prodigy’s tokens, and writes the numbers of tokens', () => {
    const tokens = ['An', 'na', 'sees', 'Oslo.'].map((text, id) => {
      const start = [0, 2, 5, 10][id];
      return { text, start, end: start + text.length, id, ws: id > 0 };
    });
    const text = lines({
      text: first,
      tokens,
      spans: [{ start: 0, end: 4, token_start: 0, token_end: 1, label: 'PER' }],
      answer: 'accept',
    });
    const file = read(text);
    assert.deepEqual(rowsOf(file, 'LABEL'), [['An B-PER', 'na I-PER', 'sees O', 'Oslo. O']]);
    assert.match(
      rewrite(text, file, 'LABEL', ['O', 'O', 'O', 'B-LOC']),
      /"spans":\[\{"start":10,"end":15,"token_start":3,"token_end":3,"label":"LOC"\}\]/,
    );
  });

  it('leaves out what the annotator rejected or ignored, and says so', () => {
    const text = lines(
      { text: first, spans: a, answer: 'accept' },
      { text: second, spans: b, answer: 'reject' },
      { text: second, spans: b, answer: 'ignore' },
    );
    const file = read(text);
    assert.equal(file.sentences, 1);
    assert.deepEqual(
      file.problems.map(({ code, line }) => [code, line]),
      [
        ['refused', 1],
        ['refused', 2],
      ],
    );
    assert.equal(file.leftOut.rows, 0);
  });

  it('cuts tokens at the borders of spans, and joins sentences that a span goes across', () => {
    const text = lines({
      text: 'Oslo-based. Well.',
      label: [
        [0, 4, 'LOC'],
        [9, 16, 'X'],
      ],
    });
    const file = read(text);
    assert.equal(file.sentences, 1);
    assert.deepEqual(
      rowsOf(file, 'LABEL')[0].filter((row) => !row.endsWith(' O')),
      ['Oslo B-LOC', 'd B-X', '. I-X', 'Well I-X'],
    );
  });

  it('learns the longest of spans that overlap, tells of the others at their places, and keeps them', () => {
    const text = lines({
      text: 'New York Times wrote.',
      label: [
        [0, 8, 'LOC'],
        [0, 14, 'ORG'],
        [9, 20, 'X'],
        [0, 14, 'ORG'],
      ],
    });
    const file = read(text);
    assert.deepEqual(rowsOf(file, 'LABEL'), [['New B-ORG', 'York I-ORG', 'Times I-ORG', 'wrote O', '. O']]);
    assert.deepEqual(
      file.problems.map(({ code, startColumn }) => `${code} ${text.slice(startColumn, startColumn + 10)}`),
      ['overlapping-span [0,8,"LOC"', 'overlapping-span [9,20,"X"]'],
    );
    const written = rewrite(text, file, 'LABEL', ['B-ORG', 'I-ORG', 'I-ORG', 'B-V', 'O']);
    assert.match(written, /"label":\[\[0,8,"LOC"\],\[0,14,"ORG"\],\[9,20,"X"\],\[15,20,"V"\]\]/);
  });

  it('tells of spans outside of the text, without text, without a label, and of what is no span', () => {
    const text = lines({
      text: 'Anna  sees',
      label: [[0, 4, 'PER'], [3, 99, 'X'], [4, 6, 'X'], [6, 10, ''], 'x', [-2, 3, 'X']],
    });
    const file = read(text);
    assert.deepEqual(
      file.problems.map(({ code }) => code),
      ['bad-span', 'bad-span', 'bad-span', 'bad-span', 'bad-span'],
    );
    assert.deepEqual(labelsOf(file, 'LABEL'), ['B-PER', 'O']);
  });

  it('leaves out lines that are no JSON, that have no text, or nothing that says which spans there are', () => {
    const good = lines({ text: first, label: triples[0] });
    const text = `${good.repeat(40)}{"text": "cut o\n{"label": []}\n\n{"text": "b"}\n${good}`;
    const file = readCorpusFile('f', 'f', text);
    assert.equal(file.sentences, 41);
    assert.deepEqual(file.leftOut.kinds, [
      { code: 'bad-json', rows: 1, records: 1, line: 40 },
      { code: 'no-text', rows: 1, records: 1, line: 41 },
      { code: 'no-labels', rows: 1, records: 1, line: 43 },
    ]);
    assert.equal(rewrite(text, file, 'LABEL', labelsOf(file, 'LABEL')), text);
  });

  it('gets its labels where it has none yet', () => {
    const text = '{"text": "Anna sees Oslo.", "id": 3}\n';
    const layout = detectLayout('(stdin)', text, 'rows');
    assert.deepEqual(layout?.columns, ['FORM']);
    const file = readCorpusFile('f', 'f', text, layout);
    assert.equal(
      rewrite(text, file, 'NER', ['B-PER', 'O', 'B-LOC', 'O']),
      '{"text": "Anna sees Oslo.", "id": 3, "label": [[0, 4, "PER"], [10, 14, "LOC"]]}\n',
    );
  });

  it('has no spans where all labels are O, and one for each token where labels make no spans', () => {
    const file = read(versions['doccano with “label”']);
    const text = versions['doccano with “label”'];
    assert.match(
      rewrite(
        text,
        file,
        'LABEL',
        labelsOf(file, 'LABEL').map(() => 'O'),
      ),
      /"label":\[\],/,
    );
    const tags = ['NOUN', 'VERB', 'NOUN', 'PUNCT', 'NOUN', 'VERB', 'PUNCT'];
    assert.match(rewrite(text, file, 'LABEL', tags), /\[0,4,"NOUN"\],\[5,9,"VERB"\]/);
  });

  for (const [what, text] of Object.entries({
    'package.json': '{\n  "name": "a",\n  "files": ["a"],\n  "scripts": { "test": "x" }\n}\n',
    'a lock file': '{"lockfileVersion": 3, "packages": {"": {"version": "1.0.0"}}}\n',
    'labels of whole texts': lines(
      { text: 'Bad.', label: ['negative'] },
      { text: 'Good.', labels: ['positive', 'x'] },
    ),
    'texts without annotations': lines({ text: 'Bad.' }, { text: 'Good.' }),
    'a log': lines({ time: 1, text: 'started', spans: [] }, { time: 2, text: 'stopped', spans: [] }),
    coordinates: '[[1, 2, 3], [4, 5, 6]]\n',
    'a table of Markdown': '[a]: http://x\n[b]: http://y\n',
  }))
    it(`is not what ${what} are taken for`, () => assert.equal(detectLayout('d/data.json', text), undefined));

  it('is read whatever is in it, and written with its own labels to the byte', () => {
    const place = fc.integer({ min: -1, max: 24 });
    const type = fc.constantFrom('PER', 'LOC', '', 'a b');
    const piece = fc.constantFrom(
      'a',
      'B.',
      ' ',
      '  ',
      '\n',
      '🙂',
      '猫',
      '"',
      '\\',
      '\u2028',
      'e\u0301',
      '. ',
    );
    const text = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));
    const record = fc.record({ text, label: fc.array(fc.tuple(place, place, type), { maxLength: 5 }) });
    const layout = { kind: 'json-spans', columns: ['FORM', 'LABEL'], form: 0 };
    fc.assert(
      fc.property(fc.array(record, { maxLength: 4 }), fc.constantFrom(0, 1, 2), (records, how) => {
        const json = how === 0 ? lines(...records) : JSON.stringify(records, undefined, how - 1);
        const file = readCorpusFile('f', 'f', json, layout);
        assert.equal(formatOf(layout).writeLabels(json, file, 'LABEL', labelsOf(file, 'LABEL')), json);
        const begun = labelsOf(file, 'LABEL').filter((label) => label.startsWith('B-')).length;
        const told = file.problems.filter(
          ({ code }) => code === 'bad-span' || code === 'overlapping-span',
        ).length;
        const same = records.reduce((sum, { label }) => sum + label.length, 0) - begun - told;
        assert.ok(same >= 0);
        const none = formatOf(layout).writeLabels(
          json,
          file,
          'LABEL',
          labelsOf(file, 'LABEL').map(() => 'O'),
        );
        assert.ok(
          labelsOf(readCorpusFile('f', 'f', none, layout), 'LABEL').every((label) => label === 'O') ||
            told > 0,
        );
      }),
    );
  });
});
