/** What the view of the queue lists: doubts of the model, labels that look wrong, and, without a model, sentences. */
import { formatCount, formatPercent } from '../../common/figures';
import { shownInShort, shownName } from '../../common/shownText';
import { scoreOf } from '../../corpus/labels/labelFindings';
import type { LabelFinding } from '../../corpus/labels/labelFindings';
import { splitLabel } from '../../corpus/labels/notation';
import type { AskedColumn } from '../../corpus/queue/asked';
import { labelsOf } from '../../corpus/queue/queue';
import type { QueueDecisions, QueueFilter, QueueItem, QueuePlace } from '../../corpus/queue/queue';
import type { Translate } from '../translate';
import { fileNameOf, itemText, joined } from './itemText';
import type { ItemText } from './itemText';

/** What a person is asked. */
export type QueueNode =
  | { readonly kind: 'doubt'; readonly key: string; readonly item: QueueItem }
  /** Models that have not seen the place say that the label is another: for all places with the same word and labels. */
  | {
      readonly kind: 'error';
      readonly key: string;
      readonly findings: readonly LabelFinding[];
      readonly isSkipped: boolean;
    }
  /** No model knows anything yet: any sentence that nobody has labelled teaches the same. */
  | {
      readonly kind: 'sentence';
      readonly key: string;
      readonly file: string;
      readonly line: number;
      readonly text: string;
      readonly isSkipped: boolean;
    };

export type QueueRow =
  QueueNode | { readonly kind: 'place'; readonly node: QueueNode; readonly place: QueuePlace };

/** Labels of a column that look wrong. */
export interface ColumnErrors extends AskedColumn {
  readonly findings: readonly LabelFinding[];
}

/**
 * Label errors among the doubts, in one order: by how likely an answer changes something, skipped ones last. What
 * a doubt asks already is not asked again.
 */
export function queueNodes(
  items: readonly QueueItem[],
  { corpus, column, findings }: ColumnErrors,
  { skipped }: Pick<QueueDecisions, 'skipped'>,
  filter: QueueFilter,
): QueueNode[] {
  const asked = new Set(
    items.flatMap(({ places }) =>
      places
        .filter((place) => place.column === column)
        .map(({ file, doubt }) =>
          JSON.stringify([
            file,
            doubt.words,
            doubt.predicted.label ?? doubt.predicted.spans.map(({ type }) => type),
          ]),
        ),
    ),
  );
  const isAsked = ({ file, word, suggested }: LabelFinding): boolean =>
    [suggested, [splitLabel(suggested, 'IOB2').type]].some((said) =>
      asked.has(JSON.stringify([file, word, said])),
    );
  const groups = new Map<string, LabelFinding[]>();
  for (const finding of findings) {
    const key = JSON.stringify(['error', corpus, column, finding.word, finding.gold, finding.suggested]);
    if (isAsked(finding) || !isMeant(finding, filter)) continue;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  const turns = new Map(skipped.map((key, turn) => [key, turn]));
  const all: { readonly node: QueueNode; readonly worth: number }[] = [
    ...items.map((item) => ({ node: { kind: 'doubt', key: item.key, item } as const, worth: item.worth })),
    ...[...groups].map(([key, own]) => ({
      node: { kind: 'error', key, findings: own, isSkipped: turns.has(key) } as const,
      worth: meanScore(own) * (1 + Math.log(own.length)),
    })),
  ];
  return all
    .sort(
      (a, b) =>
        (turns.get(a.node.key) ?? -1) - (turns.get(b.node.key) ?? -1) ||
        b.worth - a.worth ||
        (a.node.key < b.node.key ? -1 : 1),
    )
    .map(({ node }) => node);
}

/** The places of rows that one label may be given to: all of the first one's column. */
export function placesOfOneColumn(rows: readonly QueueRow[]): QueuePlace[] {
  const places = placesOf(rows);
  return places.filter(({ corpus, column }) => corpus === places[0].corpus && column === places[0].column);
}

/** Those of the rows, each once; label errors and sentences have none. */
export function placesOf(rows: readonly QueueRow[]): QueuePlace[] {
  const places = rows.flatMap((row) =>
    row.kind === 'place' ? [row.place] : row.kind === 'doubt' ? row.item.places : [],
  );
  return [...new Map(places.map((place) => [place.id, place])).values()];
}

/** All labels and files that a filter may name, each once. */
export function filterChoices(
  items: readonly QueueItem[],
  errors: readonly LabelFinding[],
  sentences: readonly { readonly file: string }[] = [],
): { readonly labels: readonly string[]; readonly files: readonly string[] } {
  const labels = [...items.flatMap(labelsOf), ...errors.flatMap(({ gold, suggested }) => [gold, suggested])];
  const files = [
    ...items.flatMap(({ places }) => places.map(({ file }) => file)),
    ...[...errors, ...sentences].map(({ file }) => file),
  ];
  return {
    labels: [...new Set(labels)].filter((label) => label !== '').sort(),
    files: [...new Set(files)].sort(),
  };
}

export function queueRowText(row: QueueRow, t: Translate): ItemText {
  switch (row.kind) {
    case 'doubt':
      return doubtText(row.item, t);
    case 'error': {
      const [{ word, gold, suggested }] = row.findings;
      return itemText(
        shownName(word),
        [
          t('{0} → {1}', saidText(gold), saidText(suggested)),
          t('label may be wrong'),
          placesText(row.findings.length, t),
          row.isSkipped ? t('skipped') : undefined,
        ],
        [
          t('Models that have not seen the label say otherwise.'),
          t(
            'It is asked about even where you have answered: an answer that was given to all places with the same words may be wrong at some of them.',
          ),
          t('Score {0}', meanScore(row.findings).toFixed(2)),
        ],
      );
    }
    case 'sentence':
      return itemText(shownName(row.text, 100), [
        fileNameOf(row.file),
        row.isSkipped ? t('skipped') : undefined,
      ]);
    case 'place': {
      const { text } = contextOf(row.place);
      return itemText(text, [fileNameOf(row.place.file)]);
    }
  }
}

/** "▰▰▱▱▱▱▱▱▱▱ 12 of 60 answered". */
export function progressText(answered: number, open: number, t: Translate): string | undefined {
  const all = answered + open;
  if (all === 0) return undefined;
  const filled = open === 0 ? barLength : Math.min(barLength - 1, Math.floor((barLength * answered) / all));
  const bar = '▰'.repeat(filled) + '▱'.repeat(barLength - filled);
  return `${bar} ${t('{0} of {1} answered', formatCount(answered), formatCount(all))}`;
}

const barLength = 10;

export function filterText({ label, file, text }: QueueFilter, t: Translate): string {
  return joined([
    label === undefined ? undefined : t('label {0}', shownName(label, 30)),
    file === undefined ? undefined : fileNameOf(file),
    text === undefined ? undefined : `“${shownName(text, 30)}”`,
  ]);
}

/** The sentence around a place, on one line, with where its words stand in that. */
export function contextOf({ doubt: { target } }: Pick<QueuePlace, 'doubt'>): {
  readonly text: string;
  readonly start: number;
  readonly end: number;
} {
  const words = target.sentence.split('\n');
  const cut = (part: readonly string[], longest: number): string => shownInShort(part.join(' '), longest);
  const from = Math.max(0, target.index - contextWords);
  const to = Math.min(words.length, target.index + target.tokens + contextWords);
  const before = cut(words.slice(from, target.index), 60);
  const own = cut(words.slice(target.index, target.index + target.tokens), 60);
  const after = cut(words.slice(target.index + target.tokens, to), 60);
  const start = `${from > 0 ? '… ' : ''}${before}${before === '' ? '' : ' '}`;
  const text = `${start}${own}${after === '' ? '' : ' '}${after}${to < words.length ? ' …' : ''}`;
  return { text, start: start.length, end: start.length + own.length };
}

const contextWords = 8;

function doubtText(item: QueueItem, t: Translate): ItemText {
  const { words, gold, predicted, places, uncertainty, isGuess, isSkipped } = item;
  const said = isGuess ? t('{0}?', saidText(predicted)) : t('{0} → {1}', saidText(gold), saidText(predicted));
  return itemText(
    shownName(words),
    [
      said,
      placesText(places.length, t),
      t('unsure {0}', formatPercent(uncertainty, 0)),
      isSkipped ? t('skipped') : undefined,
    ],
    places.slice(0, tooltipPlaces).map((place) => `${contextOf(place).text} (${fileNameOf(place.file)})`),
  );
}

const tooltipPlaces = 3;

const saidText = (said: string): string => (said === '' ? '–' : shownName(said, 40));

function placesText(count: number, t: Translate): string | undefined {
  return count === 1 ? undefined : t('{0} places', formatCount(count));
}

function meanScore(findings: readonly LabelFinding[]): number {
  return findings.reduce((sum, { margin }) => sum + scoreOf(margin), 0) / findings.length;
}

function isMeant({ word, gold, suggested, file }: LabelFinding, filter: QueueFilter): boolean {
  const labels = [gold, suggested].flatMap((label) => [label, splitLabel(label, 'IOB2').type]);
  return (
    (filter.label === undefined || labels.includes(filter.label)) &&
    (filter.file === undefined || file === filter.file) &&
    (filter.text === undefined || word.toLowerCase().includes(filter.text.toLowerCase()))
  );
}
