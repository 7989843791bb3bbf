import assert from 'node:assert/strict';
import type { FileTokens, LabelDraft } from '../../../../src/corpus/answers/labelDraft';
import type { LabelScheme } from '../../../../src/corpus/corpus';
import { annotated, answered } from './annotated';
import type { Reading } from './annotated';

/** Sentences `Rita/B-PER sings/O | …` as rows with a further column. */
function rows(sentences: string, end = '\n'): string {
  return sentences
    .split(' | ')
    .map((sentence) =>
      sentence
        .split(' ')
        .map(
          (pair, i) =>
            `${pair.slice(0, pair.indexOf('/'))}\tX${i}\t${pair.slice(pair.indexOf('/') + 1)}${end}`,
        )
        .join(''),
    )
    .join(end);
}

interface Case {
  readonly what: string;
  readonly before: string;
  readonly words: string;
  readonly give: (draft: LabelDraft, at: FileTokens) => ReturnType<LabelDraft['labelSame']> | undefined;
  readonly scheme?: LabelScheme;
}

const conll: Reading = { path: 'a.conll', column: 'LABEL' };
const layout = { kind: 'columns', columns: ['FORM', 'COLUMN2', 'LABEL'], form: 0, separator: '\t' };

describe('answers', () => {
  const iob2 = 'Rita/B-PER May/I-PER lives/O in/O New/B-LOC York/I-LOC ./O';
  const given: readonly (Case & { readonly after: string })[] = [
    {
      what: 'a type for a token in a span changes the span',
      before: iob2,
      words: 'York',
      give: (draft, at) => draft.label(at, 'ORG'),
      after: 'Rita/B-PER May/I-PER lives/O in/O New/B-ORG York/I-ORG ./O',
    },
    {
      what: 'a type for tokens makes them a span, and cuts those that they are a part of',
      before: iob2,
      words: 'May lives',
      give: (draft, at) => draft.label(at, 'LOC'),
      after: 'Rita/B-PER May/B-LOC lives/I-LOC in/O New/B-LOC York/I-LOC ./O',
    },
    {
      what: 'a label that is written out stands for its type',
      before: iob2,
      words: 'New York',
      give: (draft, at) => draft.label(at, 'B-ORG'),
      after: 'Rita/B-PER May/I-PER lives/O in/O New/B-ORG York/I-ORG ./O',
    },
    {
      what: 'O for a token in a span takes the span away',
      before: iob2,
      words: 'York',
      give: (draft, at) => draft.label(at, 'O'),
      after: 'Rita/B-PER May/I-PER lives/O in/O New/O York/O ./O',
    },
    {
      what: 'O for a token in no span changes nothing',
      before: iob2,
      words: 'lives',
      give: (draft, at) => draft.label(at, 'O'),
      after: iob2,
    },
    {
      what: 'remove takes a span away',
      before: iob2,
      words: 'New',
      give: (draft, at) => draft.remove(at),
      after: 'Rita/B-PER May/I-PER lives/O in/O New/O York/O ./O',
    },
    {
      what: 'widen takes the token before',
      before: iob2,
      words: 'York',
      give: (draft, at) => draft.resize(at, 'start', 1),
      after: 'Rita/B-PER May/I-PER lives/O in/B-LOC New/I-LOC York/I-LOC ./O',
    },
    {
      what: 'widen takes a token from the neighbouring span',
      before: 'Rita/B-PER May/I-PER York/B-LOC ./O',
      words: 'York',
      give: (draft, at) => draft.resize(at, 'start', 1),
      after: 'Rita/B-PER May/B-LOC York/I-LOC ./O',
    },
    {
      what: 'shorten leaves the last token outside',
      before: iob2,
      words: 'Rita',
      give: (draft, at) => draft.resize(at, 'end', -1),
      after: 'Rita/B-PER May/O lives/O in/O New/B-LOC York/I-LOC ./O',
    },
    {
      what: 'IOB1: B is written only between neighbours of one type',
      scheme: 'IOB1' as const,
      before: 'Rita/I-PER Tom/O May/I-PER York/I-LOC',
      words: 'Tom',
      give: (draft, at) => draft.label(at, 'PER'),
      after: 'Rita/I-PER Tom/B-PER May/B-PER York/I-LOC',
    },
    {
      what: 'IOB1: a neighbour that lost its span is I again',
      scheme: 'IOB1' as const,
      before: 'Rita/I-PER Tom/B-PER May/O',
      words: 'Rita',
      give: (draft, at) => draft.remove(at),
      after: 'Rita/O Tom/I-PER May/O',
    },
    {
      what: 'IOE1: E is written only between neighbours of one type',
      scheme: 'IOE1' as const,
      before: 'Rita/I-PER Tom/O May/O',
      words: 'Tom',
      give: (draft, at) => draft.label(at, 'PER'),
      after: 'Rita/E-PER Tom/I-PER May/O',
    },
    {
      what: 'IOE2: the end gets E',
      scheme: 'IOE2' as const,
      before: 'Rita/E-PER Tom/O May/O',
      words: 'Tom May',
      give: (draft, at) => draft.label(at, 'LOC'),
      after: 'Rita/E-PER Tom/I-LOC May/E-LOC',
    },
    {
      what: 'BILOU is written in its own letters',
      scheme: 'IOBES' as const,
      before: 'Rita/B-PER May/L-PER sees/O York/U-LOC',
      words: 'Rita',
      give: (draft, at) => draft.resize(at, 'end', 1),
      after: 'Rita/B-PER May/I-PER sees/L-PER York/U-LOC',
    },
    {
      what: 'BILOU: one token alone is U',
      scheme: 'IOBES' as const,
      before: 'Rita/B-PER May/L-PER sees/O York/O',
      words: 'Rita',
      give: (draft, at) => draft.resize(at, 'end', -1),
      after: 'Rita/U-PER May/O sees/O York/O',
    },
    {
      what: 'small letters, another border and another sign for outside stay',
      scheme: 'IOB2' as const,
      before: 'Rita/b_per May/i_per sees/o York/b_loc',
      words: 'Rita',
      give: (draft, at) => draft.remove(at),
      after: 'Rita/o May/o sees/o York/b_loc',
    },
    {
      what: 'letters behind the types stay there',
      scheme: 'IOB2 suffix' as const,
      before: 'Rita/PER-B May/PER-I sees/O York/LOC-B',
      words: 'sees',
      give: (draft, at) => draft.label(at, 'LOC'),
      after: 'Rita/PER-B May/PER-I sees/LOC-B York/LOC-B',
    },
    {
      what: 'types alone',
      scheme: 'IO' as const,
      before: 'Rita/PER May/PER sees/O York/LOC',
      words: 'May',
      give: (draft, at) => draft.resize(at, 'end', 1),
      after: 'Rita/PER May/PER sees/PER York/LOC',
    },
    {
      what: 'types alone: spans of one type that touch are one',
      scheme: 'IO' as const,
      before: 'Rita/PER May/O York/PER x/O',
      words: 'May',
      give: (draft, at) => draft.label(at, 'PER'),
      after: 'Rita/PER May/PER York/PER x/O',
    },
    {
      what: 'a malformed span elsewhere in the sentence stays as it is',
      scheme: 'IOB2' as const,
      before: 'Rita/I-PER May/I-PER sees/O York/B-LOC',
      words: 'York',
      give: (draft, at) => draft.label(at, 'ORG'),
      after: 'Rita/I-PER May/I-PER sees/O York/B-ORG',
    },
    {
      what: 'tags change by themselves',
      scheme: 'none' as const,
      before: 'Rita/NNP sees/VBZ',
      words: 'sees',
      give: (draft, at) => draft.label(at, 'VBD'),
      after: 'Rita/NNP sees/VBD',
    },
    {
      what: 'all the same words get the label, but those in larger spans',
      before: 'York/O | York/O sees/O New/B-LOC York/I-LOC | York/B-PER',
      words: 'York',
      give: (draft, at) => draft.labelSame(at, 'LOC'),
      after: 'York/B-LOC | York/B-LOC sees/O New/B-LOC York/I-LOC | York/B-LOC',
    },
    ...['<img src=x onerror=alert(1)>', '[x](command:y)', '__proto__', 'constructor', 'x'.repeat(10_000)].map(
      (label) => ({
        what: `a label called ${label.slice(0, 30)} is text`,
        before: 'Rita/O sees/O May/B-PER',
        words: 'Rita',
        give: (draft: LabelDraft, at: FileTokens) => draft.label(at, label),
        after: `Rita/B-${label} sees/O May/B-PER`
          .replaceAll(' src', '\u00a0src')
          .replaceAll(' onerror', '\u00a0onerror'),
      }),
    ),
  ];
  for (const { what, before, words, give, after, scheme } of given)
    for (const end of ['\n', '\r\n'])
      it(`${what} (${end === '\n' ? 'LF' : 'CRLF'})`, () => {
        const reading = { ...conll, layout, ...(scheme && { scheme }) };
        const wanted = rows(after, end).replaceAll('\u00a0', ' ');
        assert.equal(answered(rows(before, end), reading, words, give), wanted);
      });

  const refused: readonly (Case & { readonly why: string })[] = [
    {
      what: 'a span that begins the sentence is not widened to the left',
      before: 'Rita/B-PER | May/B-PER sees/O',
      words: 'May',
      give: (draft, at) => draft.resize(at, 'start', 1),
      why: 'at-border',
    },
    {
      what: 'a span of one token is not shortened',
      before: 'Rita/B-PER sees/O',
      words: 'Rita',
      give: (draft, at) => draft.resize(at, 'end', -1),
      why: 'last-token',
    },
    {
      what: 'where there is no span, none is removed',
      before: 'Rita/B-PER sees/O',
      words: 'sees',
      give: (draft, at) => draft.remove(at),
      why: 'no-span',
    },
    {
      what: 'tags are no spans',
      scheme: 'none' as const,
      before: 'Rita/NNP sees/VBZ',
      words: 'Rita',
      give: (draft, at) => draft.resize(at, 'end', 1),
      why: 'no-spans',
    },
    ...['a\tb', 'a\nb', '\r'].map((label) => ({
      what: `a label with what parts rows or columns is not written: ${JSON.stringify(label)}`,
      before: 'Rita/B-PER sees/O',
      words: 'sees',
      give: (draft: LabelDraft, at: FileTokens) => draft.label(at, label),
      why: 'not-of-format',
    })),
    {
      what: 'an empty tag is not written',
      scheme: 'none' as const,
      before: 'Rita/NNP sees/VBZ',
      words: 'Rita',
      give: (draft, at) => draft.label(at, ''),
      why: 'not-of-format',
    },
    {
      what: 'a type that would be read as outside is not written',
      scheme: 'IO' as const,
      before: 'Rita/PER sees/O',
      words: 'Rita',
      give: (draft, at) => draft.replace(at, [{ start: 0, end: 1, type: 'O' }]),
      why: 'not-of-scheme',
    },
  ];
  for (const { what, before, words, give, why, scheme } of refused)
    it(what, () => {
      const reading = { ...conll, layout, ...(scheme && { scheme }) };
      assert.equal(answered(rows(before), reading, words, give), why);
    });
});

describe('answers in the formats', () => {
  const retype = (draft: LabelDraft, at: FileTokens) => draft.label(at, 'ORG');
  const remove = (draft: LabelDraft, at: FileTokens) => draft.remove(at);
  const widen = (draft: LabelDraft, at: FileTokens) => draft.resize(at, 'end', 1);

  it('CSV: quotes, and all other cells, stay', () => {
    const text = 'word,label\n"a, b",B-PER\nc,O\n"New","B-LOC"\nYork,I-LOC\n';
    const reading = { path: 'a.csv', column: 'label' };
    assert.equal(
      answered(text, reading, 'New', retype),
      'word,label\n"a, b",B-PER\nc,O\n"New","B-ORG"\nYork,I-ORG\n',
    );
    assert.equal(
      answered(text, reading, 'New', (draft, at) => draft.label(at, 'x,"y')),
      'word,label\n"a, b",B-PER\nc,O\n"New","B-x,""y"\nYork,"I-x,""y"\n',
    );
  });

  it('CoNLL-U: the tag alone, `_` where it is removed', () => {
    const text =
      '# text = a b\n1\ta\ta\tDET\t_\t_\t2\tdet\t_\t_\n2-3\tbc\t_\t_\t_\t_\t_\t_\t_\t_\n2\tb\tb\tNOUN\t_\t_\t0\troot\t_\t_\n3\tc\tc\tPART\t_\t_\t2\tdep\t_\t_\n\n';
    const reading = { path: 'a.conllu', column: 'UPOS', scheme: 'none' as const };
    const verb = (draft: LabelDraft, at: FileTokens) => draft.label(at, 'VERB');
    assert.equal(answered(text, reading, 'b', verb), text.replace('NOUN', 'VERB'));
    assert.equal(answered(text, reading, 'b', remove), text.replace('NOUN', '_'));
  });

  it('CoNLL-U: entities in MISC change under their key alone', () => {
    const text =
      '1\tRita\t_\tPROPN\t_\t_\t0\troot\t_\tNER=B-PER|SpaceAfter=No\n2\tsees\t_\tVERB\t_\t_\t1\tdep\t_\tGloss=x\n3\tYork\t_\tPROPN\t_\t_\t1\tdep\t_\tNER=B-LOC\n\n';
    const reading = { path: 'a.conllu', column: 'MISC:NER', scheme: 'IOB2' as const };
    const before = annotated(text, reading);
    assert.deepEqual(before.labels, ['B-PER', 'O', 'B-LOC']);
    assert.equal(answered(text, reading, 'Rita', retype), text.replace('B-PER', 'B-ORG'));
  });

  it('CoNLL-2012: brackets of the sentence', () => {
    const row = (word: string, entity: string, n: number): string =>
      `bc/x 0 ${n} ${word} NN * - - - - ${entity} -\n`;
    const text = `#begin document (x); part 000\n${row('Rita', '(PERSON)', 0)}${row('sees', '*', 1)}${row('New', '(GPE*', 2)}${row('York', '*)', 3)}\n#end document\n`;
    const reading = { path: 'a.gold_conll', column: 'NER' };
    assert.equal(
      answered(text, reading, 'Rita', widen),
      text.replace('(PERSON)', '(PERSON*').replace('sees NN * - - - - *', 'sees NN * - - - - *)'),
    );
    assert.equal(answered(text, reading, 'York', remove), text.replace('(GPE*', '*').replace('*)', '*'));
  });

  it('words with tags', () => {
    const text = 'Rita/NNP sees/VBZ ./.\nIt/PRP is/VBZ ./.\nRita/NNP is/VBZ here/RB ./.\n';
    assert.equal(
      answered(text, { path: 'a.tagged', scheme: 'none' }, 'sees', (draft, at) => draft.label(at, 'VBD')),
      text.replace('sees/VBZ', 'sees/VBD'),
    );
  });

  it('JSON with spans: the list of the record alone', () => {
    const first = '{"text": "Rita sees New York.", "label": [[0, 4, "PER"], [10, 18, "LOC"]]}';
    const second = '{"text":  "Rita is here.", "label": [[0, 4, "PER"]]}';
    const text = `${first}\n${second}\n`;
    const reading = { path: 'a.jsonl' };
    assert.equal(answered(text, reading, 'York', retype), text.replace('"LOC"', '"ORG"'));
    assert.equal(answered(text, reading, 'New York', remove), text.replace(', [10, 18, "LOC"]', ''));
  });

  it('JSON with lists: the labels alone', () => {
    const text =
      '{"tokens": ["Rita", "sees", "York"], "ner_tags": ["B-PER", "O", "B-LOC"]}\n{"tokens": ["It", "is"], "ner_tags": ["O", "O"]}\n';
    const reading = { path: 'a.jsonl', column: 'ner_tags' };
    assert.equal(answered(text, reading, 'York', retype), text.replace('B-LOC', 'B-ORG'));
  });

  it('brat: ids stay, all other lines too, and new spans are added at the end', () => {
    const text = 'Rita sees New York .\nJon is in Rome .\n';
    const annotations =
      'T1\tPER 0 4\tRita\nT2\tLOC 10 18\tNew York\nR1\tSees Arg1:T1 Arg2:T2\nT3\tPER 21 24\tJon\n';
    const reading = { path: 'a.txt', annotations };
    assert.equal(answered(text, reading, 'York', retype), annotations.replace('LOC', 'ORG'));
    assert.equal(
      answered(text, reading, 'Rome', (draft, at) => draft.label(at, 'LOC')),
      `${annotations}T4\tLOC 31 35\tRome\n`,
    );
    assert.equal(answered(text, reading, 'Jon', remove), annotations.replace('T3\tPER 21 24\tJon\n', ''));
    const wider = annotated(text, reading);
    assert.equal(wider.labels.join(' '), 'B-PER O B-LOC I-LOC O B-PER O O O O');
    assert.equal(
      answered(text, reading, 'Jon', (draft, at) => draft.label(at, 'a b')),
      'not-of-format',
    );
  });

  it('words parted by spaces: a word that is shortened leaves a word', () => {
    const text = '我们 在 北京 。\n他们 在 上海 。\n';
    const reading = { path: 'a.utf8', layout: { kind: 'segmented', columns: ['FORM', 'LABEL'], form: 0 } };
    assert.equal(
      answered(text, reading, '们', (draft, at) => draft.resize(at, 'end', -1)),
      '我 们 在 北京 。\n他们 在 上海 。\n',
    );
    assert.equal(answered(text, reading, '我', widen), '我们在 北京 。\n他们 在 上海 。\n');
  });
});
