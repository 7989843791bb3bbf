/** What the command line makes of the corpora in test/cases: what is right, as data. */

/** Gives the text of a file of the case. */
export type Read = (file: string) => string;

/** What `tag` makes of an input, with a model that was trained on the case. */
interface Tagging {
  readonly what: string;
  readonly file?: string;
  readonly input?: (read: Read) => string;
  readonly output: (read: Read) => string;
  /** What of the output is compared, where not all of it is said. */
  readonly compared?: (output: string) => string;
}

interface Case {
  readonly train: readonly string[];
  /** What the line of facts says. */
  readonly facts: string;
  /** Further lines of the report. */
  readonly told?: readonly RegExp[];
  readonly tags?: readonly Tagging[];
  /** Files that the model labels without a mistake: precision, recall and F1 of spans are 100 %. */
  readonly evaluates?: readonly (readonly string[])[];
}

const usual = '235 training, 25 development (held out), 0 test tokens; 4 labels, 17 words';
const names = 'Anna\tB-PER\nsees\tO\nOslo\tB-LOC\n';

export const cases: Readonly<Record<string, readonly Case[]>> = {
  '01-no-blank-line-in-2000-rows': [
    {
      train: ['bad-2000-rows.bio'],
      facts: '1,800 training, 200 development (held out), 0 test tokens; 3 labels, 5 words',
      told: [/^bad-2000-rows\.bio:1:1: information: Nothing parts the sentences of this file, /m],
    },
  ],
  '02-conllup-without-id-drops-hash-tokens': [
    {
      train: ['train.conllup', '--column', 'CONLL:NER'],
      facts: '162 training, 18 development (held out), 0 test tokens; 3 labels, 18 words',
      tags: [
        {
          what: 'words that begin with #',
          file: 'train.conllup',
          output: (read) => read('train.conllup'),
        },
      ],
      evaluates: [['train.conllup']],
    },
  ],
  '03-tag-stdin-label-first': [
    {
      train: ['train.bio'],
      facts: usual,
      tags: [
        { what: 'a file', file: 'train.bio', output: labelFirst },
        { what: 'a pipe', input: (read) => read('train.bio'), output: labelFirst },
      ],
    },
    { train: ['train.txt'], facts: usual },
  ],
  '04-tag-stdin-numbered-rows-without-label': [
    {
      train: ['train.iob2'],
      facts: usual,
      tags: [
        {
          what: 'numbered rows',
          input: (read) => read('new.txt'),
          output: () => '1\tAnna\tB-PER\n2\tsees\tO\n3\tOslo\tB-LOC\n4\t.\tO\n',
        },
        { what: 'words alone', input: () => 'Anna\nsees\nOslo\n.\n', output: () => `${names}.\tO\n` },
      ],
    },
  ],
  '06-tag-stdin-labels-comments-and-docstart': [
    {
      train: ['train.conll'],
      facts: usual,
      tags: [
        {
          what: 'words among comments',
          input: (read) => read('new.txt'),
          output: () => `-DOCSTART-\n\n# sent_id = 1\n# text = Anna sees Oslo\n${names}`,
        },
      ],
    },
  ],
  '08-invisible-characters-behind-label': [
    { train: ['train.conll'], facts: usual, evaluates: [['gold.conll']] },
  ],
  '09-webanno-tsv3-read-with-ids-as-words': [
    {
      train: ['train.tsv'],
      facts: '235 training, 25 development (held out), 0 test tokens; 3 labels, 17 words',
      tags: [{ what: 'words', input: () => 'Anna\nsees\nOslo\n', output: () => names }],
    },
  ],
  '10-header-row-is-a-token': [
    {
      train: ['pos.conll'],
      facts: 'POS: 235 training, 25 development (held out), 0 test tokens; 3 labels, 17 words',
    },
    { train: ['ner.conll'], facts: `ner_tag: ${usual}` },
  ],
  '12-nested-column-is-the-default': [
    {
      train: ['train.conll'],
      facts: usual,
      tags: [{ what: 'words', input: () => 'Anna\nsees\nOslo\n', output: () => names }],
    },
    {
      train: ['two.conll'],
      facts: usual,
      evaluates: [['nonum.conll'], ['nonum.conll', '--column', '2'], ['train.conll']],
    },
  ],
  '16-train_dev-becomes-development': [
    {
      train: ['.'],
      facts: '172 training, 46 development, 42 test tokens; 4 labels',
      told: [/^train_dev\.conll:1:1: warning: Its sentences are in the other files of the corpus too/m],
    },
  ],
  '17-tabs-and-spaces-mixed': [{ train: ['train.conll'], facts: usual }],
  '20-byte-order-mark-inside-the-file': [
    {
      train: ['two.conll'],
      facts: '467 training, 53 development (held out), 0 test tokens; 4 labels, 17 words',
    },
  ],
  '24-outside-is-zero-or-underscore': [
    { train: ['zero.conll'], facts: usual, evaluates: [['zero.conll']] },
    { train: ['lower.conll'], facts: usual, evaluates: [['lower.conll']] },
  ],
  '26-io-labels-without-prefix': [
    {
      train: ['train.conll'],
      facts: '235 training, 25 development (held out), 0 test tokens; 3 labels, 17 words',
      evaluates: [['train.conll']],
    },
  ],
  '27-more-than-300-labels': [
    {
      train: ['train.conll', '--column', '2'],
      facts: '1,620 training, 180 development (held out), 0 test tokens; 310 labels, 311 words',
    },
  ],
  '30-tsv-and-txt-in-a-folder': [
    {
      train: ['data'],
      facts: '235 training, 25 development (held out), 260 test tokens; 4 labels, 17 words',
      told: [/^data\/test\.tsv:1:1: warning: 20 of 20 sentences .* are in the training data too/m],
    },
    { train: ['data/train.tsv'], facts: usual },
  ],
  '32-other-formats-generic-message': [
    { train: ['a.csv'], facts: `Tag: ${usual}` },
    { train: ['b.txt'], facts: usual },
    { train: ['c.iob'], facts: usual },
    {
      train: ['d.jsonl'],
      facts: '24 training, 3 development (held out), 0 test tokens; 2 labels, 4 words',
    },
  ],
  '40-bare-bio': [
    {
      train: ['train.conll'],
      facts: '235 training, 25 development (held out), 0 test tokens; 3 labels, 17 words',
      evaluates: [['train.conll']],
    },
  ],
  '41-hyphens-in-types': [
    { train: ['train.conll'], facts: usual, told: [/F1 100\.0 %/], evaluates: [['train.conll']] },
  ],
  '44-label-studio-empty-token': [
    {
      train: ['train.conll'],
      facts: usual,
      told: [
        /^train\.conll:23:1: warning: 1 of 261 rows is left out: 1 with too few columns \(the first is line 23\)\.$/m,
        /^train\.conll:23:1: error: This row has 3 columns instead of 4, so it is left out\./m,
      ],
    },
  ],
  '45-conllu-oddities': [
    {
      train: ['train.conllu'],
      facts: '241 training, 25 development (held out), 0 test tokens; 7 labels, 23 words',
      tags: [
        {
          what: 'ranges, empty nodes, spaces, U+2028 and no line end at the end, UPOS apart',
          file: 'train.conllu',
          output: (read) => withoutUpos(read('train.conllu')),
          compared: withoutUpos,
        },
      ],
    },
  ],
  '46-spacy-conll-line-breaks': [
    {
      train: ['train.conllu'],
      facts: '236 training, 25 development (held out), 0 test tokens; 3 labels, 17 words',
      told: [2, 4, 7].map(
        (line) => new RegExp(`^train\\.conllu:${line}:1: error: This row has \\d columns`, 'm'),
      ),
    },
  ],
  '47-crlf-bom-tag': [
    {
      train: ['train.conll'],
      facts: usual,
      tags: [
        {
          what: 'line ends of Windows and a byte order mark',
          file: 'train.conll',
          output: (read) => read('train.conll').replace(/\t(\S+)\r$/gm, '\t$1\t$1\r'),
        },
      ],
    },
  ],
  '48-hash-tokens-in-columns': [
    {
      train: ['train.conll'],
      facts: '343 training, 37 development (held out), 0 test tokens; 4 labels, 24 words',
    },
  ],
  '50-multi-label-values': [
    {
      train: ['train.conll'],
      facts: '235 training, 25 development (held out), 0 test tokens; 5 labels, 17 words',
      told: [/^train\.conll:2:6: information: “I-PER” goes on with the span of “B-PER#B-ORG”/m],
    },
  ],
};

/** The rows of a file with the label first, with their labels once more behind them. */
function labelFirst(read: Read): string {
  return read('train.bio').replace(/^(\S+)\t(\S+)$/gm, '$1\t$2\t$1');
}

/** The rows of CoNLL-U without their fourth field. */
function withoutUpos(rows: string): string {
  return rows.replace(/^((?:[^\t\n]*\t){3})[^\t\n]*/gm, '$1');
}

/** Commands that are refused: exit code 1, and what is said. */
export const refused: readonly (readonly [name: string, file: string, told: readonly RegExp[]])[] = [
  ['27-more-than-300-labels', 'train.conll', [/Say which to learn with --column: LABEL \(310 values\)/]],
  ['31-utf16-without-mark', 'mark.conll', [/^mark\.conll:1:1: error: The text is written in UTF-16/]],
  ['31-utf16-without-mark', 'nomark.conll', [/^nomark\.conll:1:1: error: The text is written in UTF-16/]],
  [
    '49-latin1',
    'esp.train',
    [1, 28].map((line) => new RegExp(`^esp\\.train:${line}:4: error: .*byte 0xF1`, 'm')),
  ],
];
