import * as vscode from 'vscode';
import type { AnnotatedText } from '../../corpus/answers/annotatedText';
import { findTarget } from '../../corpus/answers/tokenTarget';
import type { TokenTarget } from '../../corpus/answers/tokenTarget';
import type { Corpus, LabelColumn } from '../../corpus/corpus';
import { formatOf, isReadByLines } from '../../corpus/formats';
import { splitLines } from '../../corpus/text/lines';
import type { Tagger } from '../../engine/engine';
import type { TaggedToken, TaggerRequest, TaggerResponse, TagInput } from '../../engine/taggerProtocol';
import type { LoadedModel, ModelLibrary } from '../../workspace/services';
import { readPart } from '../answers/answerPart';
import type { AnswerPart, AnswerServices } from '../answers/answerPart';
import { follow } from '../answers/reviewItems';

/** A label that a language model suggests, at its place of now; without a place, the text there was changed. */
export interface Suggestion {
  target: TokenTarget | undefined;
  /** Of spans the type. */
  readonly label: string;
}

/** What a language model suggests for a document. */
export interface SuggestedDocument {
  readonly document: vscode.TextDocument;
  readonly corpus: Corpus;
  readonly column: LabelColumn;
  /** The language model's name. */
  readonly model: string;
  readonly suggestions: readonly Suggestion[];
}

const prefix = 'languageModel:';

/**
 * Labels that a language model suggests, in the place of a trained model's: a document that has some shows them, and
 * they are answered to, as if they were predicted. They are kept until the document is closed, and never written.
 */
export class LanguageModelLabels implements ModelLibrary, Pick<Tagger, 'request'>, vscode.Disposable {
  private readonly documents = new Map<
    string,
    { readonly suggested: SuggestedDocument; model: LoadedModel }
  >();
  private readonly change = new vscode.EventEmitter<void>();
  private readonly disposables: vscode.Disposable[];
  private revision = 0;

  readonly onDidChange = this.change.event;

  /** @param inner what labels all other documents. */
  constructor(private readonly inner: AnswerServices) {
    this.disposables = [
      this.change,
      inner.models.onDidChange(() => this.change.fire()),
      vscode.workspace.onDidChangeTextDocument((event) => {
        const own = this.documents.get(keyOf(event.document));
        if (own?.suggested.document === event.document) follow(own.suggested.suggestions, event);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => this.remove(document)),
    ];
  }

  get hasModel(): boolean {
    return this.documents.size > 0 || this.inner.models.hasModel;
  }

  get active(): LoadedModel | undefined {
    return this.inner.models.active;
  }

  get keys(): ReadonlySet<string> {
    return new Set([...this.inner.models.keys, ...this.documents.keys()]);
  }

  modelFor(document: Pick<vscode.TextDocument, 'uri'>): LoadedModel | undefined {
    return this.documents.get(keyOf(document))?.model ?? this.inner.models.modelFor(document);
  }

  async request<Request extends TaggerRequest>(request: Request): Promise<TaggerResponse<Request>> {
    if (request.type !== 'tag' || !request.key.startsWith(prefix)) return this.inner.tagger.request(request);
    const tokens: readonly TaggedToken[] = await this.tag(request.key, request.input);
    return tokens as TaggerResponse<Request>;
  }

  /** Shows suggestions in their document, in place of those that it has. */
  set(suggested: SuggestedDocument): void {
    const { document, corpus, column, model } = suggested;
    const key = keyOf(document);
    const info = {
      corpus: corpus.id,
      corpusName: model,
      column: column.name,
      labels: column.labels.map(({ label }) => label),
      scheme: column.scheme === 'none' ? ('none' as const) : ('IOB2' as const),
      layout: corpus.layout,
      settings: { columns: [] },
      created: new Date().toISOString(),
    };
    this.documents.set(key, {
      suggested,
      model: { key, info, revision: ++this.revision, isOfPlaces: true },
    });
    this.change.fire();
  }

  /** Whether there were any. */
  remove(document: vscode.TextDocument): boolean {
    const isRemoved = this.documents.delete(keyOf(document));
    if (isRemoved) this.change.fire();
    return isRemoved;
  }

  dispose(): void {
    this.documents.clear();
    vscode.Disposable.from(...this.disposables).dispose();
  }

  private async tag(key: string, input: TagInput): Promise<TaggedToken[]> {
    const suggested = this.documents.get(key)?.suggested;
    if (!suggested) return [];
    const { document, column, suggestions } = suggested;
    const last = Math.min(input.firstLine + splitLines(input.text).lineCount, document.lineCount) - 1;
    const lines = { first: input.firstLine, last };
    if (last < lines.first) return [];
    const all = { first: 0, last: document.lineCount - 1 };
    const range = isReadByLines(suggested.corpus.layout) ? lines : all;
    const part = await readPart(document, range, this.inner, column.name);
    if (!part) return [];
    return tokensOf(part, suggestions).filter(({ line }) => line >= lines.first && line <= lines.last);
  }
}

const keyOf = ({ uri }: Pick<vscode.TextDocument, 'uri'>): string => `${prefix}${uri.toString()}`;

/** The tokens of the suggestions whose words still stand in the part; each is a sentence of its own. */
function tokensOf(part: AnswerPart, suggestions: readonly Suggestion[]): TaggedToken[] {
  const { annotated, base, column } = part;
  const { input, file } = annotated;
  const isRows = isReadByLines(input.layout);
  const labelEnds = isRows ? formatOf(input.layout).labelEnds(input.text, file, column.name) : undefined;
  const found = suggestions.flatMap(({ target, label }) => {
    const own = target && { ...target, start: target.start - base, end: target.end - base };
    const at = own && findTarget(annotated, own);
    return at ? [{ ...at, label }] : [];
  });
  found.sort((a, b) => a.first - b.first);
  return found.flatMap(({ first, end, label }, sentence) =>
    Array.from({ length: end - first }, (_, i): TaggedToken => {
      const isTag = column.scheme === 'none';
      const t = first + i;
      return {
        ...placeOf(part, annotated, t),
        sentence,
        label: isTag ? label : `${i === 0 ? 'B' : 'I'}-${label}`,
        // A language model says none.
        probability: 0,
        best: [],
        ...(isTag ? {} : { span: { type: label, tokens: end - first, probability: 0 } }),
        ...(labelEnds && { gold: annotated.labels[t], labelColumn: labelEnds[t] }),
      };
    }),
  );
}

function placeOf(
  { document, base }: AnswerPart,
  { starts, ends }: AnnotatedText,
  t: number,
): Pick<TaggedToken, 'line' | 'startColumn' | 'endColumn'> {
  const start = document.positionAt(base + starts[t]);
  const end = document.positionAt(base + ends[t]);
  return { line: start.line, startColumn: start.character, endColumn: end.character };
}
