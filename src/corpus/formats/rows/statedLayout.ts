/** What a person says of a file's rows, where what is told from the text will not do. */
import { InputError } from '../../../common/errors';
import * as l10n from '../../../common/l10n';
import { shownNames } from '../../../common/shownText';
import type { CorpusLayout, LabelScheme } from '../../corpus';
import { labelSchemes } from '../../labels/notation';
import { layOutRows } from '../columns';
import { rowsOf } from './keyColumns';
import { surveyRows } from './rowSurvey';
import type { RowSurvey } from './rowSurvey';

export interface StatedLayout {
  /** Names of all columns, the word's among them: see {@link isWordName}. `_` and `-` name none. */
  readonly columns?: readonly string[];
  /** One character, or its name: see {@link readDelimiter}. */
  readonly delimiter?: string;
  /** Whether the first row names the columns. */
  readonly header?: boolean;
  /** What comments begin with; empty where there are none. */
  readonly comment?: string;
  readonly scheme?: LabelScheme;
  /** As the Encoding Standard names it. */
  readonly encoding?: string;
}

const wordNames = ['form', 'word', 'token', 'text'];

/** Whether a name stands for the column with the words: `form`, `word`, `token` or `text`. */
export function isWordName(name: string): boolean {
  return wordNames.includes(name.toLowerCase());
}

const delimiters: ReadonlyMap<string, string> = new Map([
  ['tab', '\t'],
  ['\\t', '\t'],
  ['space', ' '],
  ['comma', ','],
  ['semicolon', ';'],
]);

/** The character that a text stands for; undefined where it stands for none. */
export function readDelimiter(text: string): string | undefined {
  const named = delimiters.get(text.toLowerCase());
  if (named !== undefined) return named;
  return text.length === 1 && !/[\r\n"\p{L}\p{N}]/u.test(text) ? text : undefined;
}

/** The scheme that a name stands for, in any case, BILOU, BMES and plain types included. */
export function readScheme(name: string): LabelScheme | undefined {
  const wanted = name.trim().toUpperCase();
  if (['BILOU', 'BMES', 'BMEWO', 'BIOES', 'BIEO'].includes(wanted)) return 'IOBES';
  if (wanted === 'BIO' || wanted === 'BIO2') return 'IOB2';
  return labelSchemes.find((scheme) => scheme.toUpperCase() === wanted);
}

/**
 * The layout of a text of which a person says something; what is left open is told from the text.
 *
 * @param recognised what the text says without that, where it says anything.
 * @throws {InputError} the rows have another number of columns than there are names, or none is the word.
 */
export function layOutAsStated(
  file: string,
  text: string,
  stated: StatedLayout,
  recognised: CorpusLayout | undefined,
): CorpusLayout {
  const told = toldBy(stated.delimiter, text, recognised && rowsOf(recognised));
  const survey = surveyRows(
    text,
    stated.delimiter ?? (told?.quoted ? told.separator : undefined),
    told?.quoted,
  );
  const names = stated.columns ?? (told && told.columns.length === survey.width ? told.columns : undefined);
  const header = stated.header === true ? survey.first : stated.header === false ? undefined : told?.header;
  const columns = nameColumns(file, names ?? header ?? numbered(survey.width), survey);
  const form = columns.findIndex(isWordName);
  const { header: _, ...rest } = told ?? { kind: 'columns' };
  return {
    ...rest,
    kind: stated.columns || told === undefined ? 'columns' : told.kind,
    columns,
    form: form >= 0 ? form : told && told.columns.length === columns.length ? told.form : 0,
    separator: survey.separator,
    ...(survey.mixed && { mixed: true }),
    ...(header && { header }),
    ...(stated.comment !== undefined && { comment: stated.comment }),
    ...(stated.scheme !== undefined && { scheme: stated.scheme }),
  };
}

/** What the text says once it is known what parts its columns. */
function toldBy(
  delimiter: string | undefined,
  text: string,
  told: CorpusLayout | undefined,
): CorpusLayout | undefined {
  const isRows = told === undefined || told.kind === 'columns' || told.kind === 'csv';
  if (delimiter === undefined || !isRows || told?.separator === delimiter) return told;
  const { kind, quoted, comment } = told ?? {};
  const rows = layOutRows(surveyRows(text, delimiter, quoted), text, 'chosen');
  return rows && kind === 'csv' ? { ...rows, kind, quoted, comment } : rows;
}

function nameColumns(file: string, names: readonly string[], survey: RowSurvey): string[] {
  if (names.length !== survey.width) {
    throw new InputError(
      survey.width === 1
        ? l10n.t('Its rows have 1 column, but there are names for {0}: {1}.', names.length, shownNames(names))
        : l10n.t(
            'Its rows have {0} columns, but there are names for {1}: {2}.',
            survey.width,
            names.length,
            shownNames(names),
          ),
      {
        file,
        hint: l10n.t(
          'Name all columns in their order, the word “form”, and “_” for those that do not matter.',
        ),
      },
    );
  }
  if (!names.some(isWordName) && names.every((name) => !/^(?:FORM|COLUMN\d+)$/.test(name))) {
    throw new InputError(l10n.t('None of the columns {0} is the word.', shownNames(names)), {
      file,
      hint: l10n.t('Name the column with the words “form”.'),
    });
  }
  const taken = new Set<string>();
  return names.map((name, i) => {
    const upper = name.toUpperCase();
    const known = isWordName(name)
      ? 'FORM'
      : ['ID', 'MISC', 'LEMMA', 'SENTENCE'].includes(upper)
        ? upper
        : name;
    const own = name === '_' || name === '-' || taken.has(known) ? `COLUMN${i + 1}` : known;
    taken.add(own);
    return own;
  });
}

const numbered = (width: number): string[] =>
  Array.from({ length: width }, (_, i) => (i === 0 ? 'FORM' : i === width - 1 ? 'LABEL' : `COLUMN${i + 1}`));
