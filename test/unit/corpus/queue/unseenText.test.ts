import assert from 'node:assert/strict';
import fc from 'fast-check';
import { assignSentences } from '../../../../src/corpus/assignSentences';
import type { CorpusFile } from '../../../../src/corpus/corpus';
import { readCorpusFile } from '../../../../src/corpus/formats/read';
import { isInside, touchesLines, unseenText } from '../../../../src/corpus/queue/unseenText';
import { unseenSources } from '../../../../src/engine/unseenSources';

const column = { column: 'LABEL', scheme: 'IOB2' } as const;
const columnsLayout = { kind: 'columns', columns: ['FORM', 'LABEL'], form: 0, separator: '\t' } as const;

/** Sentences of so many tokens each; every other token begins a span. */
function file(name: string, lengths: readonly number[]): CorpusFile {
  let n = 0;
  const text = lengths
    .map((length) => Array.from({ length }, () => `${name}${n}\t${n++ % 2 === 0 ? 'B-A' : 'O'}\n`).join(''))
    .join('\n');
  return readCorpusFile(name, name, `${text}\n`, columnsLayout);
}

const lengths = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 30 });

describe('text that a model has not been trained on', () => {
  it('is all of the files that are named as development data', () => {
    const dev = file('dev.tsv', [2, 3]);
    const [own] = unseenText([{ file: dev, path: 'dev.tsv' }], column, undefined);
    assert.deepEqual(own, {
      file: 'dev.tsv',
      stretches: [{ start: { line: 0, column: 0 }, end: { line: 5, column: 8 } }],
      sentences: 2,
      tokens: 5,
      spans: 3,
    });
  });

  it('is exactly what is held out, where a tenth is: of any files, by any seed', () => {
    fc.assert(
      fc.property(fc.array(lengths, { minLength: 1, maxLength: 4 }), fc.nat(1000), (all, seed) => {
        const files = all.map((own, i) => file(`f${i}.tsv`, own));
        const sources = files.map((own) => ({ file: own, path: own.file }));
        const { training, development } = assignSentences(sources, seed).sentences;
        const unseen = unseenText(sources, column, seed);
        const isMeant = (own: CorpusFile, token: number): boolean =>
          isInside(unseen.find((other) => other.file === own.file)?.stretches ?? [], {
            line: own.line[token],
            column: own.startColumn[token],
          });
        const tokensOf = (refs: typeof training): { file: CorpusFile; token: number }[] =>
          refs.flatMap(({ file: own, sentence }) =>
            Array.from({ length: own.sentenceStart[sentence + 1] - own.sentenceStart[sentence] }, (_, t) => ({
              file: own,
              token: own.sentenceStart[sentence] + t,
            })),
          );
        assert.ok(tokensOf(development).every((one) => isMeant(one.file, one.token)));
        assert.ok(tokensOf(training).every((one) => !isMeant(one.file, one.token)));
        const sum = (of: (own: (typeof unseen)[number]) => number): number =>
          unseen.reduce((total, own) => total + of(own), 0);
        assert.equal(
          sum(({ tokens }) => tokens),
          tokensOf(development).length,
        );
        assert.equal(
          sum(({ sentences }) => sentences),
          development.length,
        );
        for (const { file: name, stretches } of unseen) {
          const own = files.find((other) => other.file === name)!;
          const lines = own.line.filter((_, token) => isMeant(own, token));
          assert.ok(lines.every((line) => touchesLines(stretches, { first: line, last: line })));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is of a text that is being labelled what lies behind its last label, too', () => {
    const text = 'Anna lives in Oslo. She sings. He works. They eat. It rains. Rita walks home.';
    const source = {
      file: 'a.txt',
      path: 'a.txt',
      content: text,
      companion: { file: 'a.ann', content: 'T1\tPER 0 4\tAnna\n', inProgress: true },
    };
    const { development, unread } = unseenSources({
      files: [source],
      inProgress: [source],
      replaceInvalidBytes: false,
      seed: 1,
      ...column,
    });
    assert.deepEqual(development, []);
    assert.equal(unread.length, 1);
    const [{ stretches, sentences }] = unread;
    assert.ok(sentences >= 1 && sentences <= 5, String(sentences));
    const at = (words: string): boolean => isInside(stretches, { line: 0, column: text.indexOf(words) });
    assert.ok(!at('Anna') && !at('Oslo') && at('Rita'));
  });
});
