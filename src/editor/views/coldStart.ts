import * as vscode from 'vscode';
import { hash32 } from '../../common/random';
import type { Reader } from '../../engine/engine';
import type { Settings } from '../../workspace/settings';
import type { WorkspaceCorpora } from '../../workspace/workspaceCorpora';
import type { QueueNode } from './queueNodes';

/** Files that are looked into, and sentences that are listed. */
const mostFiles = 200;
const mostSentences = 500;

export interface ColdStartServices {
  readonly corpora: WorkspaceCorpora;
  readonly reader: Pick<Reader, 'unlabelled'>;
  readonly settings: Settings;
}

/**
 * Sentences that nobody has labelled, in a random order that stays the same: what to begin with where there is no
 * model. They are looked for by the reader, file by file.
 */
export async function coldStartSentences(
  { corpora, reader, settings }: ColdStartServices,
  skipped: readonly string[],
  isStopped: () => boolean,
): Promise<QueueNode[]> {
  const found: (QueueNode & { kind: 'sentence' })[] = [];
  const isSkipped = new Set(skipped);
  const all = corpora.corpora.flatMap(({ files, columns, layout }) =>
    columns.length === 0
      ? []
      : files.map(({ file }) => ({ file, index: layout.columns.indexOf(columns[0].name) })),
  );
  for (const { file, index } of all.slice(0, mostFiles)) {
    if (isStopped()) return [];
    const [source] = (await corpora.readFiles([vscode.Uri.parse(file)])).sources;
    if (!source) continue;
    const { replaceInvalidBytes } = settings.current;
    for (const { line, text } of await reader.unlabelled({ source, replaceInvalidBytes, index })) {
      const key = JSON.stringify(['sentence', file, line, text]);
      found.push({ kind: 'sentence', key, file, line, text, isSkipped: isSkipped.has(key) });
    }
  }
  const turns = new Map(skipped.map((key, turn) => [key, turn]));
  return found
    .map((node) => ({ node, order: orderOf(node.key), turn: turns.get(node.key) ?? -1 }))
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
