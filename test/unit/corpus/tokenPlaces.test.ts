import assert from 'node:assert/strict';
import { readCorpusFile } from '../../../src/corpus/formats/read';
import { placesOfTokens } from '../../../src/corpus/labels/tokenPlaces';

const layout = { kind: 'columns', columns: ['FORM', 'LABEL'], form: 0, separator: '\t' } as const;
const read = (text: string) => readCorpusFile('f', 'f', text, layout);

const cat = 'the\tD\ncat\tN\nsees\tV\n\n';
const dog = 'a\tD\ndog\tN\n\n';
const sought = (number: number, words: string, token: number, gold?: string) => ({
  number,
  words,
  token,
  ...(gold && { gold }),
});
const placesIn = (text: string, ...tokens: ReturnType<typeof sought>[]) =>
  placesOfTokens(read(text), 'LABEL', tokens).map(
    (place) => place && [place.line, place.startColumn, place.endColumn],
  );

describe('places of tokens', () => {
  it('are those of their words', () => {
    assert.deepEqual(placesIn(cat + dog, sought(0, 'the cat sees', 2, 'V'), sought(1, 'a dog', 1, 'N')), [
      [2, 0, 4],
      [5, 0, 3],
    ]);
  });

  it('follow a sentence that has moved, and are in the nearest of several alike', () => {
    assert.deepEqual(placesIn(dog + dog + cat, sought(0, 'the cat sees', 0)), [[6, 0, 3]]);
    assert.deepEqual(
      placesIn(cat + dog + cat + cat, sought(2, 'the cat sees', 1), sought(9, 'the cat sees', 1)),
      [
        [8, 0, 3],
        [12, 0, 3],
      ],
    );
  });

  it('are none where the words are others, or the label is', () => {
    assert.deepEqual(
      placesIn(
        cat.replace('cat\tN', 'cat\tX') + dog,
        sought(0, 'the cat sees', 1, 'N'),
        sought(0, 'the cat sees', 1, 'X'),
        sought(0, 'the cat sees', 1),
        sought(1, 'a cow', 1, 'N'),
        sought(1, 'a dog', 7),
      ),
      [undefined, [1, 0, 3], [1, 0, 3], undefined, undefined],
    );
  });
});
