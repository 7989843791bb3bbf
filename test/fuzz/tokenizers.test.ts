import assert from 'node:assert/strict';
import fc from 'fast-check';
import { tokenizeText } from '../../src/corpus/text/tokenize';
import { anyText, fuzz } from './cases';

describe('tokenizers of any text', () => {
  it('find tokens where they say, in order, and in plain text all that is not white space', () =>
    fuzz(
      'tokenizers',
      1,
      fc.record({ text: anyText, markdown: fc.boolean(), characters: fc.boolean() }),
      ({ text, markdown, characters }) => {
        const lines = text.split(/\r\n|\r|\n/);
        const rest = lines.map((line) => line.split(''));
        let before = [0, 0];
        for (const token of tokenizeText(text, {
          firstLine: 0,
          firstColumn: 0,
          markdown,
          characters,
        }).flat()) {
          const { form, line, startColumn, endColumn } = token;
          assert.equal(lines[line].slice(startColumn, endColumn), form);
          assert.ok(form !== '' && (line > before[0] || (line === before[0] && startColumn >= before[1])));
          before = [line, endColumn];
          rest[line].fill(' ', startColumn, endColumn);
        }
        if (!markdown)
          assert.equal(
            rest
              .flat()
              .join('')
              .replace(/[\s\u200b]/g, ''),
            '',
          );
      },
    ));
});
