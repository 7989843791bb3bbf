import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isCharacterText } from '../../../../src/corpus/script';
import { sentenceEndsBetween, tokenizeText } from '../../../../src/corpus/text/tokenize';
import type { TokenizeOptions } from '../../../../src/corpus/text/tokenize';
import { cutWords } from '../../../../src/corpus/text/words';
import { workspaceFile } from '../sources';

const options: TokenizeOptions = { firstLine: 0, firstColumn: 0, markdown: false, characters: false };
const cut = (text: string, more: Partial<TokenizeOptions> = {}): string[] =>
  tokenizeText(text, { ...options, ...more }).map((sentence) => sentence.map(({ form }) => form).join(' '));

describe('cutting text into tokens', () => {
  const cases: Record<string, string> = {
    "I'm sure they don't, can't and won't.": "I 'm sure they do n't , ca n't and wo n't .",
    'Rita’s dog isn’t ours; we’ve none.': 'Rita ’s dog is n’t ours ; we ’ve none .',
    'I cannot, gonna, wanna': 'I can not , gon na , wan na',
    'Dr. Okafor lives on Main St. near J. Smith': 'Dr. Okafor lives on Main St. near J. Smith',
    'It cost $3,000.50 (or 5%) at 10:30 on 10/11/2005.':
      'It cost $ 3,000.50 ( or 5 % ) at 10:30 on 10/11/2005 .',
    'at 5pm, pp. 10-12, call 713-853-3989': 'at 5 pm , pp. 10 - 12 , call 713-853-3989',
    'a well-known e-mail, child-like, co-founder': 'a well - known e-mail , child-like , co-founder',
    'Wait... what?! no --- never!!!': 'Wait ... what ?! no --- never !!!',
    'See https://example.org/a_(b)?c=d, or www.example.org.':
      'See https://example.org/a_(b)?c=d , or www.example.org .',
    'Mail r.silva@example.org (or not).': 'Mail r.silva@example.org ( or not ) .',
    '@user loves #Lisbon, #1 and AT&T :)': '@user loves #Lisbon , # 1 and AT&T :)',
    '“Yes,” she said': '“ Yes , ” she said',
    "'quoted' and/or not": "' quoted ' and / or not",
    'the U.S. army, e.g. here': 'the U.S. army , e.g. here',
    'fun 👩‍👩‍👧🇵🇹❤️ok': 'fun 👩‍👩‍👧 🇵🇹 ❤️ ok',
    'sign here: ____, not x_y, snake__case, __init__': 'sign here : ____ , not x_y , snake__case , __ init__',
    'St, not St. or St.. of St': 'St , not St. or St .. of St',
    'xD, he Xd-ed the www.org, why, ftp': 'xD , he Xd - ed the www.org , why , ftp',
    'naïve Ωmega Привет': 'naïve Ωmega Привет',
    'a\u00a0b\u2009c': 'a b c',
  };
  for (const [text, expected] of Object.entries(cases))
    it(text, () => assert.deepEqual(cut(text), [expected]));

  it('cuts Chinese and Japanese into words, or into characters', () => {
    assert.deepEqual(cut('我喜歡北京。'), ['我 喜歡 北京 。']);
    assert.deepEqual(cut('我喜歡 ABC 𠮷。', { characters: true }), ['我 喜 歡 A B C 𠮷 。']);
    assert.ok(cut('Tokyoに行きます。')[0].startsWith('Tokyo に '));
  });
});

describe('an emoji of several code points', () => {
  for (const [name, emoji] of Object.entries({
    'a flag': '🇨🇳',
    'joined emoji': '👨‍👩‍👧',
    'one with a skin tone': '👍🏽',
    'joined ones with a skin tone': '👩🏿‍🔬',
    'one with a variation selector': '❤️',
    'joined ones with a variation selector': '🏳️‍🌈',
    'a keycap': '1️⃣',
    'a flag of a part of a country': '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  }))
    it(`is one token of a model of characters: ${name}`, () => {
      assert.deepEqual(cut(`我${emoji}${emoji}好 ${emoji}`, { characters: true }), [
        `我 ${emoji} ${emoji} 好 ${emoji}`,
      ]);
      const counts: [string, number][] = [
        ['我', 10],
        [emoji, 9],
      ];
      assert.ok(isCharacterText(counts), 'and a corpus with it is one of characters');
    });

  it('is none where it is cut short', () => {
    assert.deepEqual(cut('🇨🇳🇨 1\u20e3a 1\ufe0f', { characters: true }), ['🇨🇳 🇨 1\u20e3 a 1 \ufe0f']);
    assert.ok(
      !isCharacterText([
        ['🇨🇳🇨🇳', 1],
        ['我們', 1],
      ]),
    );
  });
});

describe('cutting text into sentences', () => {
  it('ends them at sentence marks, with the quotes and brackets behind', () => {
    assert.deepEqual(
      cut('It rains. "Stay in!" (Or not.) Dr. No said 3.5 is o.k. today. really? yes... Maybe.'),
      [
        'It rains .',
        '" Stay in ! "',
        '( Or not . )',
        'Dr. No said 3.5 is o.k. today . really ? yes ...',
        'Maybe .',
      ],
    );
    assert.deepEqual(cut('他来了。她走了！好', { characters: true }), ['他 来 了 。', '她 走 了 ！', '好']);
  });

  it('ends them at blank lines and short lines, and carries wrapped lines on', () => {
    const long = 'This is a line that is long enough to have been wrapped by';
    assert.deepEqual(cut(`Dear Rita,\n\nHello\nThere\n${long}\nHand. Bye`), [
      'Dear Rita ,',
      'Hello',
      'There',
      `${long} Hand .`,
      'Bye',
    ]);
    assert.deepEqual(cut('Short\nbut going on'), ['Short but going on']);
    assert.deepEqual(cut('a\r\n\r\nb\n \t\nc'), ['a', 'b', 'c']);
  });

  it('gives positions in the document', () => {
    const [[, second], [third]] = tokenizeText('b c.\n\n d', { ...options, firstLine: 7, firstColumn: 3 });
    assert.deepEqual(second, { form: 'c', line: 7, startColumn: 5, endColumn: 6 });
    assert.deepEqual(third, { form: 'd', line: 9, startColumn: 1, endColumn: 2 });
  });
});

describe('cutting Markdown', () => {
  const markdown = (text: string): string[] => cut(text, { markdown: true });

  it('leaves markup out', () => {
    assert.deepEqual(
      markdown(
        '# The *title* #\n\n- [x] one **bold**\n- two_words `code` <b>three</b>\n1. [link](http://a.b) ![image](c.png)\n> quote',
      ),
      ['The title', 'one bold', 'two_words three', 'link image', 'quote'],
    );
    assert.deepEqual(markdown('Title\n=====\n\na | b\n--- | ---\nc | d\n\n[ref]: http://x\n\n***\n'), [
      'Title',
      'a b',
      'c d',
    ]);
    assert.deepEqual(markdown('a <!-- no\nno\nno --> b'), ['a', 'b']);
  });

  it('leaves front matter and fenced code out', () => {
    assert.deepEqual(markdown('---\ntitle: no\n---\nyes\n\n```js\nno\n~~~\n```\nyes\n~~~~\nno\n~~~\nno'), [
      'yes',
      'yes',
    ]);
    assert.deepEqual(markdown('```no``` yes\nyes'), ['yes yes']);
    assert.deepEqual(cut('---\nno rule\n', { markdown: true, firstLine: 5 }), ['no rule']);
  });

  it('reads the sample notes', () => {
    const text = new TextDecoder().decode(workspaceFile('sample/notes.md'));
    assert.deepEqual(markdown(text), [
      'Things to do in Lisbon',
      'Take tram 28 from Graça to Estrela .',
      'Visit the Oceanarium , which Peter Chermayeff designed .',
      'Ask Tom whether Ryanair still flies to Faro .',
      "The museum opens at , and it 's closed on Mondays .",
      'Anna says that the Gulbenkian is the best one in Portugal .',
    ]);
  });
});

describe('tokens of any text', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...[
        '.',
        '...',
        ' ',
        '\n',
        '\r\n',
        '\r',
        '\t',
        "n't",
        "'s",
        '-',
        '@',
        '#',
        'a@b.c',
        'http://',
        'www.',
        '`',
        '```',
        '<',
        '>',
        '](',
        '[',
        '*',
        '|',
        '<!--',
        '-->',
        '---',
        '中',
        '。',
        '👩‍👩‍👧',
        '\ud800',
        '\u200b',
        '3,0',
        '5pm',
        'can',
        'Dr.',
        ':)',
      ],
    ),
    fc.string({ unit: 'binary', maxLength: 6 }),
  );
  const anyText = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));

  it('stand where they say, in order, without overlap', () => {
    fc.assert(
      fc.property(
        anyText,
        fc.boolean(),
        fc.boolean(),
        fc.nat(9),
        fc.nat(9),
        (text, markdown, characters, firstLine, firstColumn) => {
          const lines = text.split(/\r\n|\r|\n/);
          let line = firstLine;
          let column = 0;
          for (const token of tokenizeText(text, { firstLine, firstColumn, markdown, characters }).flat()) {
            const shift = token.line === firstLine ? firstColumn : 0;
            assert.ok(token.line > line || (token.line === line && token.startColumn >= column));
            assert.ok(token.endColumn > token.startColumn);
            assert.equal(
              lines[token.line - firstLine].slice(token.startColumn - shift, token.endColumn - shift),
              token.form,
            );
            assert.doesNotMatch(token.form, /[\t\n\r ]/);
            line = token.line;
            column = token.endColumn;
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('hold everything but white space, in plain text', () => {
    fc.assert(
      fc.property(anyText, fc.boolean(), (text, characters) => {
        const joined = tokenizeText(text, { ...options, characters })
          .flat()
          .map(({ form }) => form)
          .join('');
        assert.equal(joined, text.replace(/[\s\u200b]/g, ''));
      }),
      { numRuns: 500 },
    );
  });

  it('are found in very long lines, which takes linear time', () => {
    for (const unit of [
      'a',
      'a.',
      'a-',
      '@',
      "a'",
      '1,',
      '`',
      '<',
      '](',
      '<!--',
      'https://',
      '中a',
      '...',
      '[',
      '_a',
      'a.b@c.',
    ]) {
      for (const markdown of [false, true]) {
        const text = unit.repeat(200_000 / unit.length);
        assert.ok(tokenizeText(text, { ...options, markdown }).flat().length <= text.length, unit);
      }
    }
  });
});

describe('an address with very many closing brackets behind it', () => {
  // Where each bracket had the whole address searched for an opening one, this would take hours.
  it('is cut in linear time', function () {
    this.timeout(120_000);
    const length = 4_000_000;
    const brackets = 2_000_000;
    for (const [line, tokens] of [
      [`http://${'a'.repeat(length)}${')'.repeat(brackets)}`, 1 + brackets],
      [`http://(${'a'.repeat(length)}${')'.repeat(brackets)}`, 1],
    ] as const) {
      let count = 0;
      cutWords(line, () => count++);
      assert.equal(count, tokens);
    }
  });

  it('keeps them where one was opened in it', () => {
    const forms = (line: string) => tokenizeText(line, options)[0].map(({ form }) => form);
    assert.deepEqual(forms('http://a.b/c_(d))'), ['http://a.b/c_(d))']);
    assert.deepEqual(forms('(http://a.b/c)).'), ['(', 'http://a.b/c', ')', ')', '.']);
    assert.deepEqual(forms('http://a.b/c(.'), ['http://a.b/c(', '.']);
  });
});

describe('the end of a sentence between two lines', () => {
  const line = fc
    .array(
      fc.constantFrom(
        ...['one', 'Two', 'It is so.', 'and on', 'U.S.', '"So?"', ')', '。', '你好！', '-', ' ', '...'],
        'a line that is so long that it may be one that was wrapped',
      ),
      { maxLength: 4 },
    )
    .map((words) => words.join(' '));

  it('is one in the whole text too', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 2, maxLength: 8 }), fc.boolean(), (lines, markdown) => {
        const sentences = tokenizeText(lines.join('\n'), { ...options, firstLine: 1, markdown });
        for (let i = 1; i < lines.length; i++) {
          if (!sentenceEndsBetween(lines[i - 1], lines[i], markdown)) continue;
          const spanning = sentences.find(
            (sentence) => sentence[0].line <= i && sentence[sentence.length - 1].line > i,
          );
          assert.equal(spanning, undefined);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is told by marks, short lines and what the next line begins with', () => {
    const long = 'This line is long enough to be one that was wrapped by';
    const ends = (before: string, after: string) => sentenceEndsBetween(before, after, false);
    assert.deepEqual(
      [ends('Title', 'Text'), ends('Title', 'text'), ends(long, 'Rita'), ends(`${long} her.`, 'Rita')],
      [true, false, false, true],
    );
  });
});
