/**
 * What the host and the tagger say to each other. Plain data; the host keeps the bytes of a model, so that it
 * can load it again.
 */
import type { Problem } from '../common/problem';
import type { AnnotatedInput } from '../corpus/answers/annotatedText';
import type { CorpusLayout, LabelScheme } from '../corpus/corpus';
import type { DoubtsOfPart } from '../corpus/queue/doubts';
import type { ResolvedSettings } from '../model/settings/settings';
import type { Scores } from '../training/scores';
import type { UnrolledText } from './unrollProtocol';

/** What a model file says of itself. */
export interface ModelInfo {
  readonly corpus: string;
  readonly corpusName: string;
  readonly column: string;
  readonly labels: readonly string[];
  readonly scheme: LabelScheme;
  readonly layout: CorpusLayout;
  readonly settings: ResolvedSettings;
  /** Rows of the input table. */
  readonly features: number;
  readonly development?: Scores;
  /** ISO 8601. */
  readonly created: string;
}

/** Text to label: a part of an open document that begins at a sentence's start, or a whole file. */
export type TagInput =
  | {
      readonly kind: 'rows';
      readonly text: string;
      /** The document's line on which `text` begins. */
      readonly firstLine: number;
      readonly layout: CorpusLayout;
      /** The text that `text` annotates, where that is a file of its own. */
      readonly annotated?: string;
    }
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly firstLine: number;
      /** Column on the first line where `text` begins. */
      readonly firstColumn: number;
      readonly markdown: boolean;
    };

/** A token with its prediction, in the document's own positions. */
export interface TaggedToken {
  readonly line: number;
  readonly startColumn: number;
  readonly endColumn: number;
  /** Number of the token's sentence in this answer: spans end where it changes. */
  readonly sentence: number;
  readonly label: string;
  readonly probability: number;
  /** The five most probable labels (fewer where there are fewer), most probable first. */
  readonly best: readonly { readonly label: string; readonly probability: number }[];
  /**
   * The span that the token is in, where the labels make spans: its type (empty for labels without), its
   * tokens, and how probable it is.
   */
  readonly span?: { readonly type: string; readonly tokens: number; readonly probability: number };
  /** Rows with a gold label only. */
  readonly gold?: string;
  /** Rows only: the column where the label's field ends, or the word's where the row has no such field. */
  readonly labelColumn?: number;
}

/** A place in a document: line, from 0, and UTF-16 column. */
export interface DocumentPlace {
  readonly line: number;
  readonly column: number;
}

/** A span of running text that training learns; none overlaps another. The end is exclusive. */
export interface GivenSpan {
  readonly type: string;
  readonly start: DocumentPlace;
  readonly end: DocumentPlace;
}

/** The network over a sentence, unrolled. */
export interface UnrollRequest {
  readonly type: 'unroll';
  readonly key: string;
  readonly input: TagInput;
  /** A place in the document: the sentence there is meant, or the one before it. */
  readonly place: DocumentPlace;
  /** The spans of running text that is annotated; without them its labels are not known. */
  readonly given?: readonly GivenSpan[];
  /** t, from 0; without it the token at the place. */
  readonly step?: number;
  /** The label y_t; without it the one that is given there, else the one that the model gives. */
  readonly label?: string;
}

export type TaggerRequest =
  /** Makes a model ready under a key of the caller's; a key loaded again is replaced. */
  | { readonly type: 'load'; readonly key: string; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'unload'; readonly key: string }
  | { readonly type: 'tag'; readonly key: string; readonly input: TagInput }
  /** What a person may be asked about in a part of a corpus: `annotated` says how its labels are read. */
  | {
      readonly type: 'doubts';
      readonly key: string;
      readonly input: TagInput;
      readonly annotated: Omit<AnnotatedInput, 'text'>;
    }
  /** The whole text with its predicted labels: rows in their own format, text as two columns. */
  | { readonly type: 'label'; readonly key: string; readonly input: TagInput; readonly file: string }
  | UnrollRequest;

/** The labelled text of a file. */
export interface LabelledText {
  readonly text: string;
  readonly problems: readonly Problem[];
}

/** The answer to each type of request. */
export interface TaggerAnswers {
  load: ModelInfo;
  unload: undefined;
  tag: readonly TaggedToken[];
  /** Places are those of the input's text, in UTF-16 units. */
  doubts: DoubtsOfPart;
  label: LabelledText;
  /** Undefined where the input has no sentence. */
  unroll: UnrolledText | undefined;
}

export type TaggerResponse<Request extends TaggerRequest> = TaggerAnswers[Request['type']];
