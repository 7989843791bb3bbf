/**
 * What **Toggle Predicted Labels in This File** comes to: `toggle` the document's switch, or say why not and
 * what leads on. Without a model nobody would see what the switch does, so it stays as it is.
 */
export type FileToggle = 'open-a-file' | 'corpus-file' | 'other-file' | 'get-a-model' | 'toggle';

/** @param document undefined: none is open. */
export function fileToggle(
  document: { readonly ofCorpus: boolean; readonly canToggle: boolean } | undefined,
  hasModel: boolean,
): FileToggle {
  if (!document) return 'open-a-file';
  if (!hasModel) return 'get-a-model';
  if (document.ofCorpus) return 'corpus-file';
  return document.canToggle ? 'toggle' : 'other-file';
}
