import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { groupCorpora, summarise } from '../../../src/corpus/grouping';
import { similarColumns } from '../../../src/corpus/labels/columns';
import { questionOf } from '../../../src/engine/openQuestions';
import { readSource } from '../../../src/engine/source';
import type { SourceFile } from '../../../src/engine/sourceFile';

/** What is right for a file. */
interface Expected {
  readonly tokens: number;
  readonly sentences: number;
  readonly documents?: number;
  /** Names of the columns, parted by spaces. */
  readonly columns: string;
  /** The column that is learned where nobody says more, how its labels mark spans, and its labels. */
  readonly learned: readonly [
    column: string,
    scheme: string,
    labels: Readonly<Record<string, number>> | number,
  ];
  readonly leftOut?: number;
  /** What is told: line and code. */
  readonly told?: readonly string[];
}

/** The text of most cases: 60 sentences, of which 20 begin with a name of two words. */
const labels = { O: 120, 'B-PER': 60, 'B-LOC': 60, 'I-PER': 20 };
const usual: Expected = {
  tokens: 260,
  sentences: 60,
  columns: 'FORM LABEL',
  learned: ['LABEL', 'IOB2', labels],
};
const conllu = 'ID FORM LEMMA UPOS XPOS FEATS HEAD DEPREL DEPS MISC';

/** By case, and by file. */
const cases: Readonly<Record<string, Readonly<Record<string, Expected>>>> = {
  '01-no-blank-line-in-2000-rows': {
    'ok-1999-rows.bio': unparted(1999, 'FORM LABEL'),
    'bad-2000-rows.bio': unparted(2000, 'FORM LABEL'),
    'bad-3-tab-columns.conll': unparted(2000, 'FORM COLUMN2 LABEL'),
  },
  '02-conllup-without-id-drops-hash-tokens': {
    'train.conllup': {
      tokens: 180,
      sentences: 60,
      columns: 'FORM UPOS CONLL:NER',
      learned: ['CONLL:NER', 'IOB2', { 'B-PER': 60, O: 60, 'B-LOC': 60 }],
    },
  },
  '03-tag-stdin-label-first': {
    'train.bio': { ...usual, columns: 'LABEL FORM' },
    'train.txt': { ...usual, columns: 'LABEL FORM' },
  },
  '04-tag-stdin-numbered-rows-without-label': {
    'train.iob2': { ...usual, columns: 'ID FORM TAG COLUMN4 ANNOTATOR', learned: ['TAG', 'IOB2', labels] },
  },
  '06-tag-stdin-labels-comments-and-docstart': { 'train.conll': usual },
  '08-invisible-characters-behind-label': { 'train.conll': usual, 'gold.conll': usual },
  '09-webanno-tsv3-read-with-ids-as-words': {
    'train.tsv': {
      ...usual,
      columns: 'TOKEN PLACE FORM NamedEntity.identifier NamedEntity.value',
      learned: ['NamedEntity.value', 'IOB2', { O: 120, 'B-PER': 80, 'B-LOC': 60 }],
    },
  },
  '10-header-row-is-a-token': {
    'pos.conll': {
      ...usual,
      columns: 'Word POS',
      learned: ['POS', 'none', { NNP: 140, VBZ: 60, PUNCT: 60 }],
    },
    'ner.conll': { ...usual, columns: 'token ner_tag', learned: ['ner_tag', 'IOB2', labels] },
  },
  '12-nested-column-is-the-default': {
    'train.conll': { ...usual, columns: 'ID FORM LABEL COLUMN4' },
    'nonum.conll': { ...usual, columns: 'FORM LABEL COLUMN3' },
    'two.conll': usual,
  },
  '14-comments-inside-a-sentence-are-errors': {
    'mid.conll': usual,
    'docstart.iob': { ...usual, documents: 6, columns: 'FORM COLUMN2 COLUMN3 LABEL' },
  },
  '16-train_dev-becomes-development': {
    'train.conll': part(172, 40, { O: 80, 'B-PER': 40, 'B-LOC': 40, 'I-PER': 12 }),
    'devel.conll': part(46, 10, { O: 20, 'B-PER': 10, 'B-LOC': 10, 'I-PER': 6 }),
    'test.conll': part(42, 10, { O: 20, 'B-PER': 10, 'B-LOC': 10, 'I-PER': 2 }),
    'train_dev.conll': part(218, 50, { O: 100, 'B-PER': 50, 'B-LOC': 50, 'I-PER': 18 }),
  },
  '17-tabs-and-spaces-mixed': { 'train.conll': usual },
  '18-separator-lines-that-are-not-empty': { 'eos.conll': usual, 'nbsp.conll': usual, 'emptyO.conll': usual },
  '20-byte-order-mark-inside-the-file': {
    'train.conllu': {
      ...usual,
      columns: conllu,
      learned: ['UPOS', 'none', { PROPN: 140, VERB: 60, PUNCT: 60 }],
    },
    'two.conll': part(520, 120, { O: 240, 'B-PER': 120, 'B-LOC': 120, 'I-PER': 40 }),
  },
  '24-outside-is-zero-or-underscore': {
    'zero.conll': { ...usual, learned: ['LABEL', 'IOB2', { 0: 120, 'B-PER': 60, 'B-LOC': 60, 'I-PER': 20 }] },
    'lower.conll': {
      ...usual,
      learned: ['LABEL', 'IOB2', { o: 120, 'b-PER': 60, 'b-LOC': 60, 'i-PER': 20 }],
    },
  },
  '26-io-labels-without-prefix': {
    'train.conll': { ...usual, learned: ['LABEL', 'IO', { O: 120, PER: 80, LOC: 60 }] },
  },
  '27-more-than-300-labels': {
    'train.conll': { tokens: 1800, sentences: 300, columns: 'FORM LABEL', learned: ['LABEL', 'none', 310] },
  },
  '30-tsv-and-txt-in-a-folder': { 'data/train.tsv': usual, 'data/test.tsv': usual },
  '32-other-formats-generic-message': {
    'a.csv': { ...usual, columns: 'SENTENCE Word POS Tag', learned: ['Tag', 'IOB2', labels] },
    'b.txt': usual,
    'c.iob': { ...usual, columns: 'FORM POS LABEL' },
    'd.jsonl': { ...part(27, 9, { O: 18, 'B-PER': 9 }), documents: 9 },
  },
  '40-bare-bio': { 'train.conll': { ...usual, learned: ['LABEL', 'IOB2', { B: 120, O: 120, I: 20 }] } },
  '41-hyphens-in-types': {
    'train.conll': {
      ...usual,
      learned: ['LABEL', 'IOB2', { O: 120, 'B-ARGM-PER-1': 60, 'B-LOC': 60, 'I-ARGM-PER-1': 20 }],
    },
  },
  '42-multiconer': { 'train.conll': { ...usual, columns: 'FORM COLUMN2 COLUMN3 LABEL' } },
  '43-neuronlp2-numbered-spaces': {
    'train.conll': {
      ...usual,
      columns: 'ID FORM COLUMN3 COLUMN4 LABEL',
      learned: ['LABEL', 'IOB1', { O: 120, 'I-PER': 80, 'I-LOC': 60 }],
    },
  },
  '44-label-studio-empty-token': {
    'train.conll': {
      ...usual,
      columns: 'FORM COLUMN2 COLUMN3 LABEL',
      leftOut: 1,
      told: ['23 rows-left-out', '23 too-few-columns'],
    },
  },
  '45-conllu-oddities': {
    'train.conllu': {
      tokens: 266,
      sentences: 61,
      columns: conllu,
      learned: ['UPOS', 'none', { PROPN: 141, PUNCT: 61, VERB: 60, ADP: 1, DET: 1, NUM: 1, X: 1 }],
    },
  },
  '46-spacy-conll-line-breaks': {
    'train.conllu': {
      tokens: 261,
      sentences: 61,
      columns: conllu,
      learned: ['UPOS', 'none', { PROPN: 141, VERB: 60, PUNCT: 60 }],
      leftOut: 3,
      told: ['2 rows-left-out', '2 too-few-columns', '4 too-few-columns', '7 too-few-columns'],
    },
  },
  '47-crlf-bom-tag': { 'train.conll': usual },
  '48-hash-tokens-in-columns': { 'train.conll': part(380, 60, { ...labels, O: 240 }) },
  '50-multi-label-values': {
    'train.conll': {
      ...usual,
      learned: ['LABEL', 'IOB2', { O: 120, 'B-LOC': 60, 'B-PER': 45, 'I-PER': 20, 'B-PER#B-ORG': 15 }],
      // A name that goes on in one type, and began in two.
      told: [
        '2 type-changes-in-span',
        '45 type-changes-in-span',
        '151 type-changes-in-span',
        '214 type-changes-in-span',
      ],
    },
  },
};

/** Files that are not read, with line and code of what is told. */
const refused: Readonly<Record<string, readonly string[]>> = {
  '31-utf16-without-mark/mark.conll': ['1 utf-16'],
  '31-utf16-without-mark/nomark.conll': ['1 utf-16'],
  '49-latin1/esp.train': [1, 28, 133, 145, 187, 253, 259, 305].map((line) => `${line} invalid-utf8`),
};

/** Input of `tag`: see the tests of the command line. */
const inputs = [
  '04-tag-stdin-numbered-rows-without-label/new.txt',
  '06-tag-stdin-labels-comments-and-docstart/new.txt',
];

function part(tokens: number, sentences: number, counts: Readonly<Record<string, number>>): Expected {
  return { tokens, sentences, columns: 'FORM LABEL', learned: ['LABEL', 'IOB2', counts] };
}

/** Sentences of four tokens, and nothing between them. */
function unparted(tokens: number, columns: string): Expected {
  const counts = { O: tokens - 1000, 'B-PER': 500, 'B-LOC': 500 };
  return {
    tokens,
    sentences: 500,
    columns,
    learned: ['LABEL', 'IOB2', counts],
    told: ['1 no-sentence-ends'],
  };
}

const folder = path.join(process.cwd(), 'test/cases');

/** A file as the command line hands it over. */
function sourceOf(name: string): SourceFile {
  return {
    file: name,
    path: name,
    content: new Uint8Array(readFileSync(path.join(folder, name))),
    chosen: true,
  };
}

function toldOf({ problems }: ReturnType<typeof readSource>): string[] {
  return problems.map(({ line, code }) => `${line + 1} ${code}`);
}

describe('files of users of annotation tools', () => {
  for (const [name, files] of Object.entries(cases)) {
    for (const [file, expected] of Object.entries(files)) {
      it(`are read as they are meant: ${name}/${file}`, () => {
        const source = sourceOf(`${name}/${file}`);
        const read = readSource(source, false);
        assert.ok(read.file, JSON.stringify(read.problems));
        const { tokens, sentences, layout, leftOut, sentenceDocument } = read.file;
        const [corpus] = groupCorpora([summarise(read.file, source.path)]);
        const [column] = corpus.columns;
        const counts = Object.fromEntries(column.labels.map(({ label, count }) => [label, count]));
        const { documents = 1, learned, leftOut: rows = 0, told = [] } = expected;
        assert.deepEqual(
          {
            tokens,
            sentences,
            documents: (sentenceDocument.at(-1) ?? -1) + 1,
            columns: layout.columns.join(' '),
            learned: [
              column.name,
              column.scheme,
              typeof learned[2] === 'number' ? column.labels.length : counts,
            ],
            leftOut: leftOut.rows,
            told: toldOf(read),
          },
          { ...expected, documents, leftOut: rows, told },
        );
      });

      it(`leave nothing open: ${name}/${file}`, () => {
        const source = sourceOf(`${name}/${file}`);
        assert.equal(questionOf(source, false), undefined);
        const { file: read } = readSource(source, false);
        assert.ok(read);
        assert.equal(similarColumns(groupCorpora([summarise(read, source.path)])[0]).length, 1);
      });
    }
  }

  for (const [file, told] of Object.entries(refused)) {
    it(`are refused by line, with the way out: ${file}`, () => {
      const read = readSource(sourceOf(file), false);
      assert.equal(read.file, undefined);
      assert.deepEqual(toldOf(read), told);
      assert.match(read.problems[0].message, /^(?=.*UTF-(?:8|16)).*[Ss]ave .* as UTF-8, or .* encoding/);
    });
  }

  it('are all here', () => {
    const there = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== 'README.md')
      .map((entry) =>
        path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'),
      );
    const known = Object.entries(cases).flatMap(([name, files]) =>
      Object.keys(files).map((file) => `${name}/${file}`),
    );
    assert.deepEqual(there.sort(), [...known, ...Object.keys(refused), ...inputs].sort());
  });
});
