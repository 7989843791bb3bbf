import assert from 'node:assert/strict';
import fc from 'fast-check';
import { escapeMarkdown } from '../../../../src/common/escapeMarkdown';
import { withUnseenWritten } from '../../../../src/common/shownText';
import { hoverText } from '../../../../src/editor/labels/hoverText';
import { tokenOf } from './documents';

const english = (message: string, ...values: (string | number)[]): string =>
  message.replace(/\{(\d+)\}/g, (_, i: string) => String(values[Number(i)]));
const model = { corpusName: 'EWT', column: 'UPOS', settings: { columns: [] } };

/** Any code points, those with a meaning in Markdown often. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...'|`[]()<>\\*_#&!:./@~$\n '),
      fc.integer({ min: 0, max: 0x10ffff }).map((point) => String.fromCodePoint(point)),
    ),
    { maxLength: 20 },
  )
  .map((characters) => characters.join(''));

describe('Text in Markdown', () => {
  it('has a backslash before all punctuation, and nothing else changes', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const escaped = escapeMarkdown(text);
        const inner = escaped.replace(/^(?:&nbsp;)+|(?:&nbsp;)+$/g, '');
        assert.match(inner, /^(?:\\[!-/:-@[-`{-~]|[^!-/:-@[-`{-~])*$/u);
        assert.doesNotMatch(escaped, /[\p{Cc}\u2028\u2029]/u);
        const read = inner.replace(/\\(.)/gu, '$1').trim();
        assert.equal(read, withUnseenWritten(text).trim());
      }),
    );
  });

  it('is no link, image, HTML, entity or table border', () => {
    assert.equal(escapeMarkdown('a|b'), 'a\\|b');
    assert.equal(escapeMarkdown('[x](command:y)'), '\\[x\\]\\(command\\:y\\)');
    assert.equal(escapeMarkdown('<img src=x>&lt;'), '\\<img src\\=x\\>\\&lt\\;');
    assert.equal(escapeMarkdown('`code`\n# heading'), '\\`code\\`‹U\\+000A›\\# heading');
  });
});

describe('Very long text in Markdown', () => {
  it('is escaped in linear time', function () {
    this.timeout(60_000);
    for (const unit of [' ', ' a', '*', '\u0001']) {
      const text = `x${unit.repeat(1_000_000)}x`;
      assert.ok(escapeMarkdown(text).length >= text.length);
    }
  });

  it('keeps its spaces at both ends', () => {
    assert.equal(escapeMarkdown('  a b '), '&nbsp;&nbsp;a b&nbsp;');
    assert.equal(escapeMarkdown('  '), '&nbsp;&nbsp;');
  });
});

describe('The hover of a token', () => {
  it('has the label, its probability and the most probable labels', () => {
    const best = [
      { label: 'NOUN', probability: 0.873 },
      { label: 'VERB', probability: 0.1 },
    ];
    assert.deepEqual(
      hoverText(tokenOf({ line: 0, label: 'NOUN', probability: 0.873, best }), model, english).split('\n'),
      [
        '**NOUN** 87\\.3 \\%',
        '',
        '| Label | Probability |',
        '| :-- | --: |',
        '| NOUN | 87\\.3 \\% |',
        '| VERB | 10\\.0 \\% |',
        '',
        'Model: EWT, UPOS',
      ],
    );
  });

  it('has the gold label, and says whether it is another', () => {
    const span = { type: 'PER', tokens: 2, probability: 0.8312 };
    const hover = (of: typeof span): string =>
      hoverText({ ...tokenOf({ line: 0, label: 'B-PER' }), span: of }, model, english);
    assert.match(hover(span), /Span PER, 2 tokens: 83\\\.1 \\%/);
    assert.match(hover({ ...span, type: '', tokens: 1 }), /Span, 1 token: 83/);
    const ranked = (...labels: string[]) =>
      hoverText(
        {
          ...tokenOf({ line: 0, label: 'B-PER' }),
          best: labels.map((label) => ({ label, probability: 0.4 })),
        },
        model,
        english,
      );
    assert.match(ranked('O', 'B-PER'), /chosen for the whole sentence/);
    assert.doesNotMatch(ranked('B-PER', 'O'), /chosen for the whole sentence/);
    const lines = (gold: string): string[] =>
      hoverText(tokenOf({ line: 0, label: 'B-PER', gold }), model, english).split('\n');
    assert.ok(lines('B-PER').includes('Gold label: B\\-PER'));
    assert.ok(lines('O').includes('≠ gold label **O**'));
  });

  it('says in plain text which columns the model reads besides', () => {
    const last = (columns: string[], labelColumn?: number) =>
      hoverText(
        { ...tokenOf({ line: 0, label: 'O' }), labelColumn },
        { ...model, settings: { columns } },
        english,
      )
        .split('\n')
        .at(-1);
    assert.equal(last(['POS', 'A|B']), 'The model also reads POS, A\\|B, which plain text does not have.');
    assert.equal(last(['POS'], 7), 'Model: EWT, UPOS');
    assert.equal(last([]), 'Model: EWT, UPOS');
  });

  it('keeps every table row in one line with two cells', () => {
    fc.assert(
      fc.property(anyText, (label) => {
        const rows = hoverText(tokenOf({ line: 0, label }), model, english)
          .split('\n')
          .filter((line) => line.startsWith('|'));
        assert.equal(rows.length, 3);
        for (const row of rows) assert.equal(row.replace(/\\./gu, '').split('|').length, 4);
      }),
    );
  });
});
