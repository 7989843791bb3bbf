import { InputError } from '../common/errors';
import * as l10n from '../common/l10n';
import { shownNames } from '../common/shownText';
import { withoutJoined } from '../corpus/assignSentences';
import type { CorpusSource } from '../corpus/assignSentences';
import type { Corpus, CorpusFile } from '../corpus/corpus';
import { columnAt } from '../corpus/corpusFile';
import { findColumn } from '../corpus/formats/layout';
import { groupCorpora, summarise } from '../corpus/grouping';
import type { SentenceRef } from '../corpus/heldOut';
import { isUnlikely } from '../corpus/labels/columns';
import { placeKey } from '../corpus/labels/labelDecisions';
import type { LabelPlace } from '../corpus/labels/labelDecisions';
import { scoreOf, SentenceTexts } from '../corpus/labels/labelFindings';
import type { LabelFinding } from '../corpus/labels/labelFindings';
import { sentencesOf } from '../corpus/sharedSentences';
import { resolveColumns } from '../corpus/trainingCorpus';
import type { ReadColumns } from '../corpus/trainingCorpus';
import { findLabelErrors } from '../training/labelErrors';
import type { LabelErrorOptions } from '../training/labelErrors';
import type { SuspectLabel } from '../training/rankSuspects';
import { mostFindings } from './labelErrorProtocol';
import type { FoundLabelErrors } from './labelErrorProtocol';
import { readSource } from './source';
import type { SourceFile } from './sourceFile';

/** A label that may be wrong, at its place. */
export interface LabelError {
  readonly file: string;
  /** From 0. */
  readonly line: number;
  readonly word: string;
  /** As it stands in the file. */
  readonly gold: string;
  readonly suggested: string;
  /** How sure it is that `gold` is wrong, from 0 to 1: no probability, but the surest come first. */
  readonly score: number;
}

/** What a search for label errors came to. */
export interface LabelErrorReport {
  readonly column: string;
  /** Tokens that were judged. */
  readonly tokens: number;
  /** The surest first. */
  readonly errors: readonly LabelError[];
}

export interface LabelErrorRequest {
  readonly files: readonly SourceFile[];
  readonly replaceInvalidBytes: boolean;
  /** The label column, by name or number; without, the first that is on offer. */
  readonly column?: string;
}

/**
 * Judges each label of one corpus by models that have not seen it. All splits are judged, and all are trained
 * on. Undefined where it was stopped.
 * @throws {InputError} the files are of no corpus or of several, there is no such column, or nothing can be
 * learned.
 */
export async function searchLabelErrors(
  request: LabelErrorRequest,
  options: LabelErrorOptions,
): Promise<LabelErrorReport | undefined> {
  const judged = await judge(request, options);
  return (
    judged && {
      column: judged.columns.layout.columns[judged.columns.label],
      tokens: judged.tokens,
      errors: judged.suspects.map(({ file, token, label, suggested, margin }) => ({
        file: file.file,
        line: file.line[token],
        word: wordAt(file, token),
        gold: label,
        suggested,
        score: scoreOf(margin),
      })),
    }
  );
}

/**
 * The same, so that the labels are found again in texts that were edited since: the surest of them, without those that
 * a person keeps.
 */
export async function findInSources(
  request: LabelErrorRequest & { readonly kept: readonly LabelPlace[] },
  options: LabelErrorOptions,
): Promise<FoundLabelErrors | undefined> {
  const judged = await judge(request, options);
  if (!judged) return undefined;
  const textsOf = new Map<CorpusFile, SentenceTexts>();
  const kept = new Set(request.kept.map(placeKey));
  const findings: LabelFinding[] = [];
  for (const { file, token, label, suggested, margin } of judged.suspects) {
    if (findings.length >= mostFindings) break;
    const texts = textsOf.get(file) ?? new SentenceTexts(file);
    textsOf.set(file, texts);
    const sentence = sentenceAt(file, token);
    const finding = {
      file: file.file,
      sentence: texts.textOf(sentence),
      occurrence: texts.occurrenceOf(sentence),
      token: token - file.sentenceStart[sentence],
      word: wordAt(file, token),
      gold: label,
      suggested,
      margin,
    };
    if (!kept.has(placeKey(finding))) findings.push(finding);
  }
  return { index: judged.columns.label, tokens: judged.tokens, findings };
}

interface Judged {
  readonly columns: ReadColumns;
  readonly tokens: number;
  /** The surest first. */
  readonly suspects: readonly SuspectLabel[];
}

async function judge(request: LabelErrorRequest, options: LabelErrorOptions): Promise<Judged | undefined> {
  const { sentences, columns, tokens } = readToJudge(request);
  const suspects = await findLabelErrors(sentences, columns, options);
  return suspects && { columns, tokens, suspects };
}

/**
 * The sentences of one corpus that are judged, in whichever thread they are read.
 * @throws {InputError} the files are of no corpus or of several, or there is no such column.
 */
export function readToJudge({ files, replaceInvalidBytes, column }: LabelErrorRequest): {
  readonly sentences: readonly SentenceRef[];
  readonly columns: ReadColumns;
  readonly tokens: number;
} {
  const sources = files.flatMap((source): CorpusSource[] => {
    const { file } = readSource(source, replaceInvalidBytes);
    return file ? [{ file, path: source.path }] : [];
  });
  const corpus = oneCorpus(sources, files[0]?.file);
  const { kept } = withoutJoined(sources);
  const read = kept.map(({ file }) => file);
  return {
    sentences: read.flatMap(sentencesOf),
    columns: resolveColumns(read, columnOf(corpus, column)),
    tokens: read.reduce((sum, { tokens }) => sum + tokens, 0),
  };
}

/** The sentence that a token of the file is in. */
function sentenceAt({ sentenceStart, sentences }: CorpusFile, token: number): number {
  let [low, high] = [0, sentences];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (sentenceStart[middle] <= token) low = middle;
    else high = middle;
  }
  return low;
}

function oneCorpus(sources: readonly CorpusSource[], file: string | undefined): Corpus {
  const corpora = groupCorpora(sources.map((source) => summarise(source.file, source.path)));
  if (corpora.length === 1) return corpora[0];
  if (corpora.length === 0) throw new InputError(l10n.t('Nothing here could be read as a corpus.'), { file });
  throw new InputError(
    l10n.t(
      'There are {0} corpora here: {1}.',
      corpora.length,
      shownNames(corpora.map(({ name, layout }) => `${name} (${layout.columns.join(' ')})`)),
    ),
    { file, hint: l10n.t('Label errors are looked for in one: name its files or its folder.') },
  );
}

/** The name of the column that is wanted, or of the first on offer. */
function columnOf({ columns, layout, files }: Corpus, wanted: string | undefined): string {
  const offered = wanted === undefined ? columns.filter((column) => !isUnlikely(layout, column)) : columns;
  const found =
    wanted === undefined
      ? offered[0]
      : columns.find(({ name }) => name === (findColumn(layout, wanted) ?? wanted));
  if (found) return found.name;
  throw new InputError(
    wanted === undefined
      ? l10n.t('There is no label column: one with two or more different values, and fewer than words.')
      : l10n.t('There is no label column {0}.', JSON.stringify(wanted)),
    {
      file: files[0]?.file,
      hint: l10n.t('Name one with --column: {0}.', shownNames(columns.map(({ name }) => name))),
    },
  );
}

function wordAt(file: CorpusFile, token: number): string {
  const { values, ids } = columnAt(file, file.layout.form);
  return values[ids[token]];
}
