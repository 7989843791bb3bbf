import fc from 'fast-check';

/** Lines of files of rows, those with a meaning of their own often. */
const line = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'EOS',
    '# text = A b.',
    '# newdoc id = x',
    '# newdoc',
    '#',
    '# sent_id = 1',
    '-DOCSTART- -X- O',
    '-DOCSTART-\tO',
    'lost',
    '1-2\tzum\t_\t_\t_\t_\t_\t_\t_\t_',
    '\ufeffRita\tB-PER',
  ),
  fc
    .tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom('a', '我', '.'))
    .map(([id, word]) => `${id}\t${word}\t_\tNOUN\t_\t_\t0\troot\t_\t_`),
  fc
    .tuple(fc.constantFrom('a', '我', '#', '.'), fc.constantFrom('O', 'B-PER', 'I-PER', 'X'))
    .map((fields) => fields.join('\t')),
);

/** Texts of such lines. */
export const oddText = fc.array(line, { maxLength: 30 }).map((lines) => lines.join('\n'));
