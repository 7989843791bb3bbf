import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';

/** Cases of the whole stage: each file below draws its share. */
const allCases = Number(process.env.RNN_TAGGER_FUZZ_CASES ?? 20_000);
const shares = { readers: 0.18, formats: 0.3, tokenizers: 0.1, models: 0.2, messages: 0.2, linear: 0.02 };

const seed = Number(process.env.RNN_TAGGER_FUZZ_SEED ?? Date.now() % 2 ** 31);

/**
 * Checks a property with the stage's seed, which it prints.
 * @param share of the cases that this part of the program gets.
 */
export function fuzz<Case>(
  part: keyof typeof shares,
  share: number,
  drawn: fc.Arbitrary<Case>,
  check: (drawn: Case) => void,
): void {
  const numRuns = Math.max(1, Math.round(allCases * shares[part] * share));
  process.stdout.write(`    ${part}: ${numRuns} cases, RNN_TAGGER_FUZZ_SEED=${seed}\n`);
  fc.assert(fc.property(drawn, check), { seed, numRuns });
}

/** What turns up in annotated text, and what should not. */
const piece = fc.oneof(
  fc.constantFrom(...['\n', '\r', '\r\n', '\n\n', '\t', ' ', '#', '_', '1', '1-2', '8.1', '0', '-']),
  fc.constantFrom(...['\ufeff', '\u2028', '\u0085', '\u00a0', '\u200b', '\ud800', '\u202e', '\0']),
  fc.constantFrom(...['O', 'B-PER', 'I-', 'S-X', '-DOCSTART-', '# newdoc', '# global.columns = ID FORM']),
  fc.constantFrom(
    ...['http://a', '](', '`', '```', '<!--', '<b', '---', '**', '. ', '。', '👩‍👩‍👧', '猫', "n't"],
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
);

/** The beginnings of the files that the tests' workspaces hold. */
const realTexts = realFiles().map((file) => readFileSync(file, 'latin1').slice(0, 4000));
/** Their bytes. */
export const realBytes = realTexts.map((text) => Uint8Array.from(Buffer.from(text, 'latin1')));

function realFiles(): string[] {
  return readdirSync('test/workspaces', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/LICENSE|README/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

const drawnText = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));

/** Real text, cut out, with pieces put in and taken away. */
const damagedText = fc
  .record({
    bytes: fc.constantFrom(...realBytes),
    from: fc.nat(3000),
    length: fc.nat(800),
    edits: fc.array(fc.record({ at: fc.nat(800), remove: fc.nat(12), piece }), { maxLength: 6 }),
  })
  .map(({ bytes, from, length, edits }) =>
    edits.reduce(
      (text, edit) => text.slice(0, edit.at) + edit.piece + text.slice(edit.at + edit.remove),
      Buffer.from(bytes)
        .toString('utf8')
        .slice(from, from + length),
    ),
  );

/** Text of any kind. */
export const anyText = fc.oneof(drawnText, damagedText);
