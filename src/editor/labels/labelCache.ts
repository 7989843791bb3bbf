import type { TaggedToken } from '../../engine/taggerProtocol';
import type { DocumentKind } from './documentKind';
import type { Passage } from './passages';

/** Tokens kept at most; over it, the passages that were not used for longest go. */
const mostTokens = 100_000;

/**
 * The labels of passages by their text, so that only new text is labelled. Holds one revision of each model.
 */
export class LabelCache {
  private readonly models = new Map<
    string,
    { revision: number; passages: Map<string, readonly TaggedToken[]> }
  >();
  private tokens = 0;

  /** The passage's tokens in the document's positions, or undefined where this text is not known. */
  get(
    model: { readonly key: string; readonly revision: number },
    kind: DocumentKind,
    passage: Passage,
  ): TaggedToken[] | undefined {
    const held = this.models.get(model.key);
    if (held?.revision !== model.revision) return undefined;
    const key = cacheKey(kind, passage);
    const tokens = held.passages.get(key);
    if (!tokens) return undefined;
    held.passages.delete(key);
    held.passages.set(key, tokens);
    return moved(tokens, passage, 1);
  }

  set(
    model: { readonly key: string; readonly revision: number },
    kind: DocumentKind,
    passage: Passage,
    tokens: readonly TaggedToken[],
  ): void {
    let held = this.models.get(model.key);
    if (held && held.revision > model.revision) return;
    if (held?.revision !== model.revision) {
      this.drop(model.key);
      held = { revision: model.revision, passages: new Map() };
      this.models.set(model.key, held);
    }
    const key = cacheKey(kind, passage);
    this.tokens += weight(tokens) - weight(held.passages.get(key));
    held.passages.set(key, moved(tokens, passage, -1));
    this.shrink();
  }

  /** Forgets models that are gone. */
  drop(modelKey: string): void {
    for (const tokens of this.models.get(modelKey)?.passages.values() ?? []) this.tokens -= weight(tokens);
    this.models.delete(modelKey);
  }

  private shrink(): void {
    for (const { passages } of this.models.values()) {
      for (const [key, tokens] of passages) {
        if (this.tokens <= mostTokens) return;
        passages.delete(key);
        this.tokens -= weight(tokens);
      }
    }
  }
}

/** A passage without tokens costs something too. */
const weight = (tokens: readonly TaggedToken[] | undefined): number => (tokens ? tokens.length + 1 : 0);

function cacheKey(kind: DocumentKind, passage: Passage): string {
  const how =
    kind.kind === 'rows'
      ? `rows ${kind.format.kind} ${kind.format.form} ${kind.format.separator} ${kind.format.columns.join(' ')}`
      : `text ${kind.markdown}`;
  return `${how}\n${passage.text}`;
}

/** Tokens moved into the document (`direction` 1) or to the passage's own beginning (−1). */
function moved(tokens: readonly TaggedToken[], passage: Passage, direction: 1 | -1): TaggedToken[] {
  const firstLine = direction === 1 ? 0 : passage.first;
  return tokens.map((token) => {
    const columns = token.line === firstLine ? direction * passage.firstColumn : 0;
    return {
      ...token,
      line: token.line + direction * passage.first,
      startColumn: token.startColumn + columns,
      endColumn: token.endColumn + columns,
    };
  });
}
