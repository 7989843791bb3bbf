import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readCorpusFile } from '../../../../src/corpus/formats/read';
import { mostRules, parseConventions } from '../../../../src/corpus/text/conventions';
import type { TextConventions } from '../../../../src/corpus/text/conventions';
import { fitConventions } from '../../../../src/corpus/text/fitConventions';
import type { CutSentence } from '../../../../src/corpus/text/fitConventions';
import { spacing } from '../../../../src/corpus/text/spacing';
import { tokenizeText } from '../../../../src/corpus/text/tokenize';
import { buildTrainingCorpus } from '../../../../src/corpus/trainingCorpus';

/** A sentence whose tokens are parted by spaces, and by `|` where no space is between them in the text. */
function sentence(text: string): CutSentence {
  const forms: string[] = [];
  const codes: number[] = [];
  for (const stretch of text.split(' '))
    stretch.split('|').forEach((form, i) => {
      forms.push(form);
      codes.push(i > 0 ? spacing.none : spacing.space);
    });
  return { forms, spacing: Uint8Array.from(codes), first: true };
}

/** The same without what is known of the text. */
const wordsOf = (text: string): CutSentence => ({ forms: text.split(/[ |]/), first: true });

const several = <T>(items: readonly T[]): T[] => Array.from({ length: 5 }, () => items).flat();
const learn = (...texts: string[]): TextConventions | undefined =>
  fitConventions(several(texts.map(sentence)));
const learnWords = (...texts: string[]): TextConventions | undefined =>
  fitConventions(several(texts.map(wordsOf)));

function cut(text: string, conventions: TextConventions | undefined, markdown = false): string[] {
  return tokenizeText(text, { firstLine: 0, firstColumn: 0, markdown, characters: false, conventions }).map(
    (tokens) => tokens.map(({ form }) => form).join(' '),
  );
}

describe('tokens of text are cut as the training data cuts them', () => {
  const cases: Record<string, { readonly data: string[]; readonly text: string; readonly tokens: string }> = {
    'contractions that are kept whole': {
      data: ["I don't know|.", "She won't|, they can't|, it's mine", "Ann's cat isn't old", 'I cannot see'],
      text: "You don't, it isn't Bob's; we cannot.",
      tokens: "You don't , it isn't Bob's ; we cannot .",
    },
    'negations cut at their apostrophe': {
      data: ["I don|'t know|.", "She won|'t|, they can|'t|, he isn|'t"],
      text: "You don't, we aren't.",
      tokens: "You don 't , we aren 't .",
    },
    'hyphens that are kept': {
      data: ['a well-known man', 'two twenty-year-old men', 'the Anglo-French war', 'the 10-12 men'],
      text: 'the left-hand side, 20-30 words',
      tokens: 'the left-hand side , 20-30 words',
    },
    'hyphens cut where we keep them': {
      data: ['the co|-|founder', 'a pre|-|war car', 'an e|-|mail'],
      text: 'our non-stop train',
      tokens: 'our non - stop train',
    },
    'elided articles': {
      data: ["l'|homme d'|or", "qu'|il n'|est l'|eau", "aujourd'hui c'|est l'|or", "aujourd'hui l'|air"],
      text: "l'arbre qu'on dit d'ici aujourd'hui",
      tokens: "l' arbre qu' on dit d' ici aujourd'hui",
    },
    'pronouns behind hyphens': {
      data: ['a|-t-il dit', 'fazê|-lo|, vê|-lo', 'dá|-me'],
      text: 'comprá-lo',
      tokens: 'comprá -lo',
    },
    'stops of abbreviations that are cut off': {
      data: ['Mr|. Smith of U.S|. Steel', 'Dr|. J|. Brown of Main St|. here'],
      text: 'Dr. Jones and Mr. K. Lee',
      tokens: 'Dr . Jones and Mr . K . Lee',
    },
    'stops of abbreviations of its own': {
      data: [
        'zum Bsp. Anna',
        'im Bsp. drei',
        'bzw. zwei',
        'Geb. am Montag bzw. so',
        ...['Ende|.', 'Haus|.', 'Berg|.', 'Tal|.', 'Tag|.', 'Gut|.', 'Wald|.'],
      ],
      text: 'Bsp. eins bzw. zwei im Garten.',
      tokens: 'Bsp. eins bzw. zwei im Garten .',
    },
    'signs of currency and percent that stay with their numbers': {
      data: ['$5 or 10%', '€20 and 7%|, $3'],
      text: 'It was $30, or 25%.',
      tokens: 'It was $30 , or 25% .',
    },
    'names and tags that are cut': {
      data: ['@|anna saw #|lisbon', 'by @|tom on #|monday'],
      text: '@rita and #porto',
      tokens: '@ rita and # porto',
    },
    'addresses that are cut': {
      data: ['see http|:|/|/|a|.|org|/|b', 'at http|:|/|/|c|.|net', 'http|:|/|/|d|.|com|/|e|/|f'],
      text: 'http://x.org/y',
      tokens: 'http : / / x . org / y',
    },
    'slashes that are kept': { data: ['and/or', 'his/her km/h'], text: 'either/or', tokens: 'either/or' },
    'words that are two': {
      data: ['zu|m Haus', 'da|mi|lo zu|m'],
      text: 'zum Haus damilo',
      tokens: 'zu m Haus da mi lo',
    },
    'words of a script without spaces': {
      data: ['我|喜|歡|北|京', '我|喜|歡|他', '他|喜|歡|我'],
      text: '她喜歡我',
      tokens: '她 喜 歡 我',
    },
  };
  for (const [name, { data, text, tokens }] of Object.entries(cases))
    it(name, () => {
      const conventions = learn(...data);
      assert.deepEqual(cut(text, conventions), [tokens]);
      assert.notDeepEqual(cut(text, undefined), [tokens], 'nothing was to be learned');
      for (const known of data)
        assert.deepEqual(cut(known.replaceAll('|', ''), conventions).join(' '), known.replaceAll('|', ' '));
    });

  it('also where the words alone are known, as in CoNLL-2003', () => {
    const conventions = learnWords(
      'the 20-year-old of U.S. Steel - London -',
      'a well-known man did n\'t say " no "',
      'the Anglo-French team beat Bosnia-Herzegovina 3-2 .',
    );
    assert.deepEqual(cut("The new left-winger of St. Pauli didn't score in the 12-9 game.", conventions), [
      "The new left-winger of St. Pauli did n't score in the 12-9 game .",
    ]);
    assert.deepEqual(cut("l'arbre, l'eau", learnWords("l' homme", "l' or , d' or")), ["l' arbre , l' eau"]);
    assert.deepEqual(cut("I don't", learnWords("She don't", "they don't , it's")), ["I don't"]);
  });

  it('and stand where the text has them, whatever the data writes for them', () => {
    const conventions = learn("-LRB-|a|-RRB- ``|b|''", "c -LRB-|d|-RRB-|, ``|e|''");
    const line = '(x) 👩‍👩‍👧 said "yes" [z] "no"';
    const [tokens] = tokenizeText(line, {
      firstLine: 3,
      firstColumn: 0,
      markdown: false,
      characters: false,
      conventions,
    });
    assert.deepEqual(
      tokens.map(({ form }) => form).join(' '),
      "-LRB- x -RRB- 👩‍👩‍👧 said `` yes '' [ z ] `` no ''",
    );
    assert.equal(
      tokens.map(({ startColumn, endColumn }) => line.slice(startColumn, endColumn)).join(' '),
      '( x ) 👩‍👩‍👧 said " yes " [ z ] " no "',
    );
    assert.ok(tokens.every(({ line: number }) => number === 3));
  });

  it('but two apostrophes are no other writing where the data has no opening ones', () => {
    assert.deepEqual(learn("''|a|''", "b|-c ''|d|''")?.forms ?? [], []);
  });

  it('in Markdown too', () => {
    assert.deepEqual(cut('# A *well-known* `x-y` man', learn('a well-known man', 'a so-called one'), true), [
      'A well-known man',
    ]);
  });

  it('and nothing is learned from data that is cut as is done without', () => {
    assert.equal(learn("I do|n't know|, Dr. No|!", 'a well|-|known e-mail'), undefined);
    assert.equal(fitConventions([]), undefined);
  });

  it('nor from what occurs once', () => {
    assert.equal(fitConventions([sentence("I don't know"), sentence('He knows')]), undefined);
  });

  it('and characters that are tokens stay so', () => {
    const conventions = learn('ab-cd', 'ef-gh');
    const options = { firstLine: 0, firstColumn: 0, markdown: false, characters: true, conventions };
    assert.equal(tokenizeText('ab-cd', options)[0].length, 5);
  });
});

describe('sentences of text end as those of the training data', () => {
  /** Sentences of one paragraph. */
  const paragraph = (...texts: string[]): CutSentence[] =>
    texts.map((text, i) => ({ ...sentence(text), first: i === 0 }));

  it('before words in lower case, where the data does that', () => {
    const conventions = fitConventions(several(paragraph('so it is|.', 'i know|.', 'we do|!', 'why|?')));
    assert.deepEqual(cut('it rains. we stay. good', conventions), ['it rains .', 'we stay .', 'good']);
    assert.equal(cut('it rains. we stay. good', undefined).length, 1);
  });

  it('not behind abbreviations whose stop is a token', () => {
    const conventions = fitConventions(
      several(paragraph('Herr Dr|. Abel kam|.', 'Er sah Dr|. Kain|.', 'Aus|.')),
    );
    assert.deepEqual(cut('Ja. Der Dr. Noah kam. Gut', conventions), ['Ja .', 'Der Dr . Noah kam .', 'Gut']);
  });
});

describe('what a file says of its text', () => {
  const rows = (...lines: string[]): string =>
    lines.map((line) => line.replaceAll(' ', '\t').replaceAll('·', ' ')).join('\n');
  const word = (id: string, form: string, misc = '_'): string => `${id} ${form} _ X _ _ 0 _ _ ${misc}`;
  const spacingOf = (text: string, name = 'f.conllu'): number[] =>
    Array.from(readCorpusFile(name, name, text).spacing ?? []);

  it('is read from SpaceAfter=No, ranges included', () => {
    const text = rows(
      '#·newdoc',
      word('1-2', "don't", 'SpaceAfter=No'),
      word('1', 'do'),
      word('2', "n't"),
      word('3', ',', 'Gloss=a|SpaceAfter=No'),
      word('4', 'so'),
      word('5-6', 'du'),
      word('5', 'de'),
      word('6', 'le'),
      word('7', '.', 'SpaceAfter=No'),
      '',
      word('1', 'Yes'),
      '',
      '#·newpar',
      word('1', 'No'),
      '',
    );
    assert.deepEqual(spacingOf(text), [3, 2, 2, 2, 1, 0, 1, 2, 3]);
  });

  it('is read from the text of each sentence, whatever its script', () => {
    const text = rows(
      '#·text·=·(A😀)·b',
      word('1', '-LRB-'),
      word('2', 'A'),
      word('3', '😀'),
      word('4', ')'),
      word('5', 'b'),
      '',
    );
    assert.deepEqual(spacingOf(text), [3, 2, 2, 2, 1]);
    assert.deepEqual(spacingOf(rows('#·text·=·other', word('1', 'a'), word('2', 'b'), '')), [3, 0]);
    const iob = rows('#·text·=·ab·c', '1 a O', '2 b B-X', '3 c O', '', '#·text·=·de', '1 d O', '2 e O', '');
    assert.deepEqual(spacingOf(iob, 'f.iob2'), [3, 2, 1, 1, 2]);
  });

  it('is not made up where it says nothing', () => {
    assert.equal(
      readCorpusFile('f.conllu', 'f.conllu', rows(word('1', 'a'), word('2', 'b'), '')).spacing,
      undefined,
    );
  });

  it('is where its tokens stand, in JSON with spans', () => {
    const record = {
      text: 'a-b c',
      tokens: [
        [0, 1],
        [1, 3],
        [4, 5],
      ].map(([start, end]) => ({ start, end })),
      spans: [{ start: 0, end: 1, label: 'X' }],
    };
    assert.deepEqual(spacingOf(JSON.stringify(record), 'f.jsonl'), [3, 2, 1]);
  });

  it('is what a training corpus learns from', () => {
    const one = rows(
      '#·text·=·a·well-known·man',
      word('1', 'a'),
      word('2', 'well-known'),
      '3 man _ Y _ _ 0 _ _ _',
      '',
    );
    const text = `${one}\n`.repeat(20);
    const { conventions } = buildTrainingCorpus(
      [{ file: readCorpusFile('f.conllu', 'f.conllu', text), path: 'f.conllu' }],
      'UPOS',
      1,
    );
    assert.deepEqual(cut('the left-hand side', conventions), ['the left-hand side']);
  });
});

describe('conventions', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...[
        "n't",
        "'s",
        '-',
        '.',
        'Dr',
        'a',
        'B',
        '12',
        '@',
        '/',
        '"',
        '``',
        '-LRB-',
        '(',
        '中',
        '文',
        '👩‍👧',
        'é',
        'e\u0301',
        '\ud83d',
        'İ',
        "l'",
        '!',
        '...',
      ],
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 4 }),
  );
  const anySentence = fc
    .record({
      tokens: fc.array(fc.tuple(piece, fc.constantFrom(0, 1, 2, 3)), { minLength: 1, maxLength: 6 }),
      known: fc.boolean(),
      first: fc.boolean(),
    })
    .map(({ tokens, known, first }): CutSentence => ({
      forms: tokens.map(([form]) => form),
      ...(known && { spacing: Uint8Array.from(tokens, ([, code]) => code) }),
      first,
    }));
  const anyConventions = fc
    .array(anySentence, { maxLength: 12 })
    .map((sentences) => fitConventions(several(sentences)));
  const anyText = fc
    .array(fc.oneof(piece, fc.constantFrom(' ', '\n', '\u200b', '\t')), { maxLength: 30 })
    .map((pieces) => pieces.join(''));

  it('of any data give tokens of any text that stand where they say and are all of it', () => {
    fc.assert(
      fc.property(anyConventions, anyText, (conventions, text) => {
        const lines = text.split(/\r\n|\r|\n/);
        const rest = lines.map((line) => line.split(''));
        let before = [0, 0];
        for (const { form, line, startColumn, endColumn } of tokenizeText(text, {
          firstLine: 0,
          firstColumn: 0,
          markdown: false,
          characters: false,
          conventions,
        }).flat()) {
          const slice = lines[line].slice(startColumn, endColumn);
          const written = conventions?.forms.filter(([own]) => own === slice).map(([, own]) => own) ?? [];
          assert.ok(written.length > 0 ? written.includes(form) : form === slice);
          assert.ok(
            endColumn > startColumn && (line > before[0] || (line === before[0] && startColumn >= before[1])),
          );
          before = [line, endColumn];
          rest[line].fill(' ', startColumn, endColumn);
        }
        assert.equal(
          rest
            .flat()
            .join('')
            .replace(/[\s\u200b]/g, ''),
          '',
        );
      }),
      { numRuns: 300 },
    );
  });

  it('of any data are read again as they were written, and are no larger than said', () => {
    fc.assert(
      fc.property(anyConventions, (conventions) => {
        if (!conventions) return;
        assert.deepEqual(
          parseConventions(JSON.parse(JSON.stringify(conventions)) as Record<string, unknown>),
          conventions,
        );
        assert.ok(conventions.cut.length + conventions.keep.length <= mostRules.tokens);
      }),
      { numRuns: 200 },
    );
  });

  it('are the same whatever the order of the sentences of different documents', () => {
    const data = ["I don't", 'a well-known', "it's", 'x|-|y', 'an e|-|mail', '$5'].map(sentence);
    const sorted = (given: TextConventions | undefined): unknown =>
      given && [[...given.cut].sort(), [...given.keep].sort()];
    assert.deepEqual(
      sorted(fitConventions(several(data))),
      sorted(fitConventions(several([...data].reverse()))),
    );
  });

  it('that are damaged are refused', () => {
    const sound = { version: 1, cut: ['a+a -'], keep: [], end: [], goOn: [], forms: [['(', '-LRB-']] };
    assert.ok(parseConventions(sound));
    const long = Array.from({ length: mostRules.tokens + 1 }, (_, i) => `a${i}`);
    for (const damage of [
      { version: 2 },
      { version: '1' },
      { cut: 'a' },
      { cut: [1] },
      { cut: [''] },
      { cut: long },
      { cut: ['x'.repeat(1000)] },
      { keep: ['a+a -'] },
      { end: undefined },
      { goOn: [null] },
      { forms: [['(', 'x']] },
      { forms: [['(']] },
      { forms: undefined },
    ])
      assert.equal(parseConventions({ ...sound, ...damage }), undefined, JSON.stringify(damage).slice(0, 60));
  });

  it('take linear time, however long a line is', function () {
    this.timeout(300_000);
    const conventions = learn("l'|a", 'zu|m', "a don't", 'a-b', '中|文', '@|a');
    for (const unit of ['a', "a'", 'a-', 'zum', '中', '@', '.', 'e\u0301', '\u0301'])
      assert.ok(cut(unit.repeat(400_000 / unit.length), conventions)[0].length > 0);
  });
});
