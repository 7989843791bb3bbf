/** What the extension and the page of the network say to each other. Both ends use these types. */
import type { UnrolledText } from '../../engine/unrollProtocol';
import type { ChangedSettings } from '../protocol';

/** What the page shows: the network, or how the gradient flows in it. */
export type NetworkTab = 'network' | 'flow';

/** Where a sentence is that is shown: what the page keeps over a reload, and the host finds it by. */
export interface SentencePlace {
  /** The document's URI. */
  readonly document: string;
  readonly line: number;
  readonly column: number;
  /** t and y_t, where a person chose them. */
  readonly step?: number;
  readonly label?: string;
}

export interface ShownSentence {
  readonly place: SentencePlace;
  /** The file's name and the model's. */
  readonly file: string;
  readonly model: string;
  readonly unrolled: UnrolledText;
  /** The run of the model, where it is one of this workspace's. */
  readonly run?: { readonly id: string; readonly settings: Required<ChangedSettings> };
}

/** What a person can do where nothing can be shown. */
export type WayOut = 'train' | 'choose' | 'import' | 'cursor';

/** Why nothing can be shown, in words, with what leads on. */
export interface NoSentence {
  readonly text: string;
  readonly waysOut: readonly { readonly wayOut: WayOut; readonly title: string }[];
}

export type ToNetworkPage =
  /** `tab`: what is to be looked at, where a command said so. */
  | { readonly type: 'show'; readonly sentence: ShownSentence; readonly tab?: NetworkTab }
  | { readonly type: 'nothing'; readonly reason: NoSentence }
  /** The text was edited, or the model learned on: what is shown is not what it was any more. */
  | { readonly type: 'stale'; readonly text: string };

export type FromNetworkPage =
  /** A new page. `place`: what an earlier one showed. */
  | { readonly type: 'ready'; readonly place?: SentencePlace }
  /** Another step, or another label at it. */
  | { readonly type: 'step'; readonly place: SentencePlace }
  /** Show the word of the step in the editor. */
  | { readonly type: 'reveal'; readonly place: SentencePlace }
  | { readonly type: 'wayOut'; readonly wayOut: WayOut }
  /** Train one like a run, with some settings changed. */
  | { readonly type: 'trainWith'; readonly run: string; readonly changes: ChangedSettings }
  /** A fault in the page, for the log. */
  | { readonly type: 'error'; readonly message: string };

type Fields = Readonly<Record<string, unknown>>;

const waysOut: readonly unknown[] = ['train', 'choose', 'import', 'cursor'] satisfies WayOut[];

/** A place as it was kept or sent; undefined where it is none. */
export function placeFrom(value: unknown): SentencePlace | undefined {
  if (!isFields(value)) return undefined;
  const { document, line, column, step, label } = value;
  if (typeof document !== 'string' || !isCount(line) || !isCount(column)) return undefined;
  return {
    document,
    line,
    column,
    ...(isCount(step) && { step }),
    ...(typeof label === 'string' && { label }),
  };
}

/** A message from the page; undefined for what the page does not say. */
export function fromNetworkPage(message: unknown): FromNetworkPage | undefined {
  if (!isFields(message)) return undefined;
  const place = placeFrom(message.place);
  switch (message.type) {
    case 'ready':
      return { type: 'ready', ...(place && { place }) };
    case 'step':
    case 'reveal':
      return place && { type: message.type, place };
    case 'wayOut':
      return waysOut.includes(message.wayOut)
        ? { type: 'wayOut', wayOut: message.wayOut as WayOut }
        : undefined;
    case 'trainWith':
      return typeof message.run === 'string' && isFields(message.changes)
        ? { type: 'trainWith', run: message.run, changes: message.changes }
        : undefined;
    case 'error':
      return typeof message.message === 'string' ? { type: 'error', message: message.message } : undefined;
    default:
      return undefined;
  }
}

/** A message to the page; undefined for what the host does not say. */
export function toNetworkPage(message: unknown): ToNetworkPage | undefined {
  if (!isFields(message)) return undefined;
  const isOne =
    (message.type === 'show' && isSentence(message.sentence)) ||
    (message.type === 'nothing' && isFields(message.reason) && Array.isArray(message.reason.waysOut)) ||
    (message.type === 'stale' && typeof message.text === 'string');
  return isOne ? (message as unknown as ToNetworkPage) : undefined;
}

function isSentence(sentence: unknown): boolean {
  if (!isFields(sentence) || !isFields(sentence.unrolled)) return false;
  const { tokens, sweeps, sizes, wordColumns } = sentence.unrolled;
  return (
    placeFrom(sentence.place) !== undefined &&
    Array.isArray(tokens) &&
    tokens.length > 0 &&
    isFields(sizes) &&
    (wordColumns === undefined || (Array.isArray(wordColumns) && wordColumns.every(isWordColumn))) &&
    Array.isArray(sweeps) &&
    sweeps.length > 0 &&
    sweeps.every((sweep) => isFields(sweep) && sweep.h instanceof Float32Array)
  );
}

const isWordColumn = (column: unknown): boolean => isFields(column) && Array.isArray(column.forms);

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
