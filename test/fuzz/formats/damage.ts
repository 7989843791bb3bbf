import fc from 'fast-check';

/** One change of a text; numbers say where, and are taken as parts of its length. */
export interface Change {
  readonly kind: (typeof kinds)[number];
  readonly at: number;
  readonly other: number;
  readonly piece: string;
}

const kinds = [
  ...['insert', 'insert', 'remove', 'replace', 'cut', 'number'],
  ...['swap lines', 'double a line', 'remove a line', 'join lines', 'cut a line'],
  ...['swap fields', 'double a field', 'remove a field', 'empty a field'],
] as const;

const pieces = [
  ...[
    '\ufeff',
    '\0',
    '\ud83d',
    '\ude00',
    '\ud800',
    '\r',
    '\r\n',
    '\n',
    '\n\n',
    '\t',
    '\u00a0',
    '\u200b',
    '\u2028',
  ],
  ...[
    '😀',
    '👩‍👧',
    '𝒜',
    'e\u0301',
    ' ',
    '"',
    '""',
    "'",
    ',',
    ';',
    '#',
    '# ',
    '/',
    '|',
    '_',
    '-',
    '*',
    '(',
    ')',
  ],
  ...[
    '[',
    ']',
    '{',
    '}',
    ':',
    '\\',
    '\\u',
    '\\ud83d',
    '0',
    '-1',
    '99',
    '1e3',
    '1-2',
    '1.1',
    'O',
    'B-',
    'I-X',
    'null',
  ],
  ...[
    '-DOCSTART-',
    '# newdoc',
    '# x = 1',
    'EOS',
    '[[0,1,"X"]]',
    'T9\tX 0 1\ta\n',
    ',"text":"b"',
    '[2]',
    '|Y[3]',
  ],
];

/** Changes such as a slip of a hand or a faulty tool makes. */
export const changes: fc.Arbitrary<readonly Change[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(...kinds),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    other: fc.double({ min: 0, max: 1, noNaN: true }),
    piece: fc.constantFrom(...pieces),
  }),
  { minLength: 1, maxLength: 5 },
);

/** A text after changes, one after the other. */
export function damaged(text: string, all: readonly Change[]): string {
  return all.reduce(change, text);
}

function change(text: string, { kind, at, other, piece }: Change): string {
  const place = Math.floor(at * text.length);
  const length = 1 + Math.floor(other * 12);
  switch (kind) {
    case 'insert':
      return text.slice(0, place) + piece + text.slice(place);
    case 'remove':
      return text.slice(0, place) + text.slice(place + length);
    case 'replace':
      return text.slice(0, place) + piece + text.slice(place + length);
    case 'cut':
      return text.slice(0, place);
    case 'number':
      return text.replace(/\d+/g, (number, from: number) =>
        from >= place && from < place + 40 ? String(Number(number) + Math.floor(other * 7) - 3) : number,
      );
    default:
      return changeLine(text.split('\n'), kind, at, other, piece).join('\n');
  }
}

function changeLine(
  lines: string[],
  kind: Change['kind'],
  at: number,
  other: number,
  piece: string,
): readonly string[] {
  const i = Math.min(Math.floor(at * lines.length), lines.length - 1);
  const j = Math.min(Math.floor(other * lines.length), lines.length - 1);
  switch (kind) {
    case 'swap lines':
      [lines[i], lines[j]] = [lines[j], lines[i]];
      return lines;
    case 'double a line':
      return lines.toSpliced(j, 0, lines[i]);
    case 'remove a line':
      return lines.toSpliced(i, 1);
    case 'join lines':
      return lines.toSpliced(i, 2, lines.slice(i, i + 2).join(' '));
    case 'cut a line':
      return lines.toSpliced(i, 1, lines[i].slice(0, Math.floor(other * lines[i].length)));
    default:
      return lines.toSpliced(i, 1, changeField(lines[i], kind, other, piece));
  }
}

const borders = ['\t', ',', ';', ' ', '|'];

function changeField(line: string, kind: Change['kind'], other: number, piece: string): string {
  const border = borders.find((sign) => line.includes(sign)) ?? ' ';
  const fields = line.split(border);
  const i = Math.min(Math.floor(other * fields.length), fields.length - 1);
  if (kind === 'double a field') fields.splice(i, 0, fields[i]);
  else if (kind === 'remove a field') fields.splice(i, 1);
  else if (kind === 'empty a field') fields[i] = piece.trim() === '' ? piece : '';
  else [fields[0], fields[i]] = [fields[i], fields[0]];
  return fields.join(border);
}
