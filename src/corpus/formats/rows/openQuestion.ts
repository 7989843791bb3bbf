/** What a file of rows leaves open: where several readings have similar right, a person is asked. */
import type { CorpusFile, CorpusLayout, LabelColumn } from '../../corpus';
import { keptAt } from '../../corpusFile';
import { isOtherOutside, isOutside } from '../../labels/notation';
import { layOutRows } from '../columns';
import { likelyWordColumns, mayBeHeader } from './columnRoles';
import { surveyRows } from './rowSurvey';
import type { RowSurvey } from './rowSurvey';
import { isWordName } from './statedLayout';
import type { StatedLayout } from './statedLayout';

/** One way to read a file. */
export interface PossibleReading {
  /** What a person says to have it read so. */
  readonly stated: StatedLayout;
  /** How much speaks for it, beside the others of its question. */
  readonly score: number;
}

export interface OpenQuestion {
  /** `spans`: whether labels without letters are types of spans, or tags. */
  readonly about: 'delimiter' | 'header' | 'word' | 'spans';
  /** Two or more, that with the highest score first. */
  readonly readings: readonly PossibleReading[];
}

/** A reading whose score is at least this many times that of the next one is clear. */
const clearlyAhead = 1.25;

/** Whether what the columns are is told from the text, so that something may be open. */
export function mayBeAsked({ kind }: CorpusLayout): boolean {
  return kind === 'columns' || kind === 'csv';
}

/**
 * The first thing that is to be asked about a file before it is learned from; undefined where all is clear, or
 * was said.
 *
 * @param file as it is read now.
 * @param stated what a person has said of it.
 * @param learned the label column that is learned where nobody says more.
 */
export function openQuestion(
  text: string,
  file: CorpusFile,
  stated: StatedLayout,
  learned: LabelColumn | undefined,
): OpenQuestion | undefined {
  const { layout } = file;
  if (!mayBeAsked(layout)) return undefined;
  const survey = surveyRows(text, layout.separator, layout.quoted);
  if (survey.width < 2 || survey.columns.length !== survey.width) return undefined;
  if (layout.header) survey.columns.forEach((column, i) => column.remove(layout.header?.[i] ?? ''));
  const unsaid = stated.columns === undefined;
  return (
    (unsaid && stated.delimiter === undefined ? delimiterQuestion(text, layout, survey) : undefined) ??
    (stated.header === undefined && !layout.header ? headerQuestion(survey) : undefined) ??
    (unsaid && !layout.header?.some(isWordName) ? wordQuestion(file, survey) : undefined) ??
    (stated.scheme === undefined && learned ? spansQuestion(learned) : undefined)
  );
}

/** The readings with those of little right left out; undefined where one is clear. */
function question(about: OpenQuestion['about'], all: readonly PossibleReading[]): OpenQuestion | undefined {
  const [best, ...others] = [...all].sort((a, b) => b.score - a.score);
  const near = others.filter(({ score }) => score * clearlyAhead > best.score);
  return near.length > 0 ? { about, readings: [best, ...near] } : undefined;
}

/** Another sign parts the rows as evenly, into another number of columns, and leaves words with labels. */
function delimiterQuestion(text: string, layout: CorpusLayout, survey: RowSurvey): OpenQuestion | undefined {
  const own = survey.separator;
  const signs = layout.quoted ? [',', ';', '\t'] : own === '\t' ? ['\t', ' '] : [];
  const evenness = ({ rows, otherRows }: RowSurvey): number => rows / Math.max(1, rows + otherRows);
  const readings = signs.flatMap((delimiter): PossibleReading[] => {
    if (delimiter === own) return [{ stated: { delimiter }, score: evenness(survey) }];
    const other = surveyRows(text, delimiter, layout.quoted);
    const score = evenness(other);
    const differs = other.width > 1 && other.width !== survey.width;
    if (!differs || score < 0.95 || !layOutRows(other, text, 'nothing')) return [];
    return [{ stated: { delimiter }, score }];
  });
  return readings.length > 1 ? question('delimiter', readings) : undefined;
}

function headerQuestion(survey: RowSurvey): OpenQuestion | undefined {
  if (!mayBeHeader(survey)) return undefined;
  return question('header', [
    { stated: { header: true }, score: 1 },
    { stated: { header: false }, score: 1 },
  ]);
}

/** How much it speaks for a column to be the leftmost one, and to be written otherwise than that one. */
const leftmost = 1.25;
const unrelated = 1.1;

function wordQuestion(file: CorpusFile, survey: RowSurvey): OpenQuestion | undefined {
  const { layout } = file;
  const candidates = likelyWordColumns(survey);
  const [first] = candidates;
  if (candidates.length < 2 || layout.form !== first) return undefined;
  const distinct = (i: number): number => survey.columns[i].distinct;
  const most = Math.max(...candidates.map(distinct));
  const right = (i: number): number => (i === first ? leftmost : beginAlike(file, first, i) ? 1 : unrelated);
  return question(
    'word',
    candidates.map((i) => ({
      stated: { columns: namesWithWord(layout, i) },
      score: (distinct(i) / most) * right(i),
    })),
  );
}

/** Tokens of which two columns are compared. */
const mostCompared = 10_000;

/** Whether the values of two columns begin alike for most tokens, as words and their lemmas do. */
function beginAlike(file: CorpusFile, one: number, other: number): boolean {
  const [a, b] = [keptAt(file, one), keptAt(file, other)];
  // Columns that are not kept are named as what they are.
  if (!a || !b) return true;
  const begin = (value: string): string => value.slice(0, 1).toLowerCase();
  const tokens = Math.min(file.tokens, mostCompared);
  let alike = 0;
  for (let t = 0; t < tokens; t++) if (begin(a.values[a.ids[t]]) === begin(b.values[b.ids[t]])) alike++;
  return alike * 2 >= tokens;
}

/** The columns' names as a person would say them, with the word at another place. */
function namesWithWord({ columns, header }: CorpusLayout, word: number): string[] {
  return columns.map((name, i) => {
    if (i === word) return 'form';
    if (name === 'FORM') return '_';
    return !header && /^COLUMN\d+$/.test(name) ? '_' : name;
  });
}

/** Types alone are spans where the label for outside is much more frequent than any other. */
const outsideShare = 0.3;

function spansQuestion({ labels, scheme }: LabelColumn): OpenQuestion | undefined {
  if (scheme !== 'IO' && scheme !== 'none') return undefined;
  const tokens = labels.reduce((sum, { count }) => sum + count, 0);
  const outside = labels.find(({ label }) => isOutside(label) || isOtherOutside(label));
  if (!outside || !labels.every(({ label }) => label === outside.label || /\p{L}/u.test(label)))
    return undefined;
  const other = Math.max(1, ...labels.map(({ label, count }) => (label === outside.label ? 0 : count)));
  const share = outside.count / tokens;
  const frequent = outside.count / other;
  // Of `_` and 0 nobody knows: they stand for no value as well.
  const spans = share < outsideShare ? (share / outsideShare) * Math.min(1, frequent) : frequent;
  return question('spans', [
    { stated: { scheme: 'IO' }, score: isOutside(outside.label) ? spans : Math.min(1, spans) },
    { stated: { scheme: 'none' }, score: 1 },
  ]);
}
