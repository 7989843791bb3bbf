/** From what somebody begins: each has a walkthrough of its own in the manifest. */
export const beginnings = ['annotated', 'text', 'otherCorpus'] as const;
export type Beginning = (typeof beginnings)[number];

/** What there is in a workspace. */
export interface WorkspaceContent {
  /** Corpora that are found by their names. */
  readonly corpora: number;
  /** Of these, texts that are labelled in the editor. */
  readonly labelledTexts: number;
  /** Files that read like a corpus, and that no name gives away. */
  readonly likelyCorpora: number;
  /** Plain text and Markdown. */
  readonly texts: number;
}

/** Which beginning a workspace is; undefined where nothing tells. */
export function beginningOf(content: WorkspaceContent): Beginning | undefined {
  const { corpora, labelledTexts, likelyCorpora, texts } = content;
  if (corpora > 0) return labelledTexts === corpora ? 'text' : 'annotated';
  if (likelyCorpora > 0) return 'otherCorpus';
  return texts > 0 ? 'text' : undefined;
}

/** Texts about a folder, which nobody labels first. */
export function isAboutFolder(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return /^(read_?me|licen[cs]e|copying|change_?log|contributing|notice|authors|requirements)\b/i.test(name);
}

/** Which of the texts of a workspace to begin with: highest up, in alphabetical order. */
export function firstText(paths: readonly string[]): string | undefined {
  const depth = (path: string): number => path.split('/').length;
  const texts = paths.filter((path) => !isAboutFolder(path));
  return texts.sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1)).at(0);
}
