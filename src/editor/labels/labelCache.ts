import type { Segment } from '../../corpus/text/segments';
import type { TaggedToken } from '../../engine/taggerProtocol';
import type { DocumentKind } from './documentKind';

/**
 * Tokens kept at most, about a kilobyte each; over it, the segments that were not used for longest go. A
 * screen has some hundreds.
 */
const mostTokens = 20_000;

/**
 * The labels of segments by their text, so that only new text is labelled. Holds one revision of each model.
 */
export class LabelCache {
  private readonly models = new Map<
    string,
    { revision: number; segments: Map<string, readonly TaggedToken[]> }
  >();
  private tokens = 0;

  /** The segment's tokens in the document's positions, or undefined where this text is not known. */
  get(
    model: { readonly key: string; readonly revision: number },
    kind: DocumentKind,
    segment: Segment,
  ): TaggedToken[] | undefined {
    const held = this.models.get(model.key);
    if (held?.revision !== model.revision) return undefined;
    const key = cacheKey(kind, segment);
    const tokens = held.segments.get(key);
    if (!tokens) return undefined;
    held.segments.delete(key);
    held.segments.set(key, tokens);
    return moved(tokens, segment, 1);
  }

  set(
    model: { readonly key: string; readonly revision: number },
    kind: DocumentKind,
    segment: Segment,
    tokens: readonly TaggedToken[],
  ): void {
    let held = this.models.get(model.key);
    if (held && held.revision > model.revision) return;
    if (held?.revision !== model.revision) {
      this.drop(model.key);
      held = { revision: model.revision, segments: new Map() };
      this.models.set(model.key, held);
    }
    const key = cacheKey(kind, segment);
    this.tokens += weight(tokens) - weight(held.segments.get(key));
    held.segments.set(key, moved(tokens, segment, -1));
    this.shrink();
  }

  /** Forgets the models that are gone. */
  keepOnly(modelKeys: ReadonlySet<string>): void {
    for (const key of [...this.models.keys()]) if (!modelKeys.has(key)) this.drop(key);
  }

  private drop(modelKey: string): void {
    for (const tokens of this.models.get(modelKey)?.segments.values() ?? []) this.tokens -= weight(tokens);
    this.models.delete(modelKey);
  }

  private shrink(): void {
    for (const { segments } of this.models.values()) {
      for (const [key, tokens] of segments) {
        if (this.tokens <= mostTokens) return;
        segments.delete(key);
        this.tokens -= weight(tokens);
      }
    }
  }
}

/** A segment without tokens costs something too. */
const weight = (tokens: readonly TaggedToken[] | undefined): number => (tokens ? tokens.length + 1 : 0);

function cacheKey(kind: DocumentKind, segment: Segment): string {
  const how =
    kind.kind === 'rows'
      ? `rows ${kind.layout.kind} ${kind.layout.form} ${kind.layout.separator} ${kind.layout.columns.join(' ')} ${kind.annotations?.revision}`
      : `text ${kind.markdown}`;
  return `${how}\n${segment.text}`;
}

/** Tokens moved into the document (`direction` 1) or to the segment's own beginning (−1). */
function moved(tokens: readonly TaggedToken[], segment: Segment, direction: 1 | -1): TaggedToken[] {
  const firstLine = direction === 1 ? 0 : segment.first;
  return tokens.map((token) => {
    const columns = token.line === firstLine ? direction * segment.firstColumn : 0;
    return {
      ...token,
      line: token.line + direction * segment.first,
      startColumn: token.startColumn + columns,
      endColumn: token.endColumn + columns,
    };
  });
}
