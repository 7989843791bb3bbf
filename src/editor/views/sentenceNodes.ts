import { hash32 } from '../../common/random';
import type { QueueDecisions, QueueFilter } from '../../corpus/queue/queue';
import type { FileSentences } from './coldStart';
import type { QueueNode } from './queueNodes';

type SentenceNode = QueueNode & { readonly kind: 'sentence' };

/** More are not listed. */
const mostSentences = 500;

/** Sentences in a random order that stays the same, skipped ones last. They have no label that a filter could name. */
export function sentenceNodes(
  files: readonly FileSentences[],
  { kept, skipped }: QueueDecisions,
  { label, file: onlyFile, text: words }: QueueFilter,
): SentenceNode[] {
  if (label !== undefined) return [];
  const turns = new Map(skipped.map((key, turn) => [key, turn]));
  const found: { readonly node: SentenceNode; readonly order: number; readonly turn: number }[] = [];
  for (const { file, sentences } of files) {
    if (onlyFile !== undefined && file !== onlyFile) continue;
    /** Lines change with edits before them: the same sentences of a file are told apart by their order. */
    const counts = new Map<string, number>();
    for (const { line, text } of sentences) {
      const nth = counts.get(text) ?? 0;
      counts.set(text, nth + 1);
      const key = JSON.stringify(['sentence', file, text, nth]);
      if (kept.has(key)) continue;
      if (words !== undefined && !text.toLowerCase().includes(words.toLowerCase())) continue;
      const node: SentenceNode = { kind: 'sentence', key, file, line, text, isSkipped: turns.has(key) };
      found.push({ node, order: orderOf(key), turn: turns.get(key) ?? -1 });
    }
  }
  return found
    .sort((a, b) => a.turn - b.turn || a.order - b.order)
    .slice(0, mostSentences)
    .map(({ node }) => node);
}

/** Random, but the same for the same sentence. */
function orderOf(key: string): number {
  let hash = 0;
  for (let i = 0; i < key.length; i++) hash = hash32(hash, key.charCodeAt(i));
  return hash;
}
