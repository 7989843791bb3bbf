import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { entitiesOfConf } from '../corpus/formats/annotationConf';
import { brat } from '../corpus/formats/brat';
import { splitLabel } from '../corpus/labels/notation';
import { labelOrder } from './labelOrder';
import { searchFiles } from './searchFiles';
import type { WorkspaceCorpora } from './workspaceCorpora';

const orderKey = 'rnnTagger.labelOrder';
const shownKey = 'rnnTagger.labelsShown';
const mostConfs = 20;

/** A label that was given is known at once, though its file is read a moment later. */
const givenForMs = 10_000;

/**
 * The one set of labels that spans of the workspace's texts have: of brat's `annotation.conf` where there is
 * one, and of all annotations. Each keeps its place once it has one, so that a key means the same label for
 * good.
 */
export class LabelNames {
  private readonly given = new Map<string, number>();
  private isReady = false;

  constructor(
    private readonly corpora: Pick<WorkspaceCorpora, 'corpora' | 'ready' | 'progress'>,
    private readonly state: vscode.Memento,
    private readonly exclude: () => readonly string[],
  ) {
    void corpora.ready.then(() => (this.isReady = true));
  }

  /** @param own labels of the text at hand, as it is now. */
  async all(own: readonly string[]): Promise<string[]> {
    const said = await this.ofConf();
    const now = Date.now();
    const given = [...this.given].filter(([, at]) => now - at < givenForMs).map(([label]) => label);
    const before = {
      kept: this.state.get<unknown>(orderKey),
      shownBefore: this.state.get<unknown>(shownKey),
    };
    // While files are still to be read, names that are in use may be missing.
    const isRead = this.isReady && this.corpora.progress === undefined;
    const known = [...said, ...this.ofCorpora(), ...own, ...given];
    const { shown, kept } = labelOrder({ ...before, known, isRead });
    if (isRead && !isDeepStrictEqual([kept, shown], [before.kept, before.shownBefore])) {
      void this.state.update(orderKey, kept);
      void this.state.update(shownKey, shown);
    }
    return [...shown];
  }

  give(label: string): void {
    this.given.set(label, Date.now());
  }

  /** The most frequent first. */
  private ofCorpora(): string[] {
    const counts = new Map<string, number>();
    for (const { layout, columns } of this.corpora.corpora)
      for (const { labels, scheme } of layout.kind === brat.id ? columns : [])
        for (const { label, count } of labels) {
          const { prefix, type } = splitLabel(label, scheme);
          if (prefix !== 'O') counts.set(type, (counts.get(type) ?? 0) + count);
        }
    return [...counts].sort((a, b) => b[1] - a[1]).map(([type]) => type);
  }

  private async ofConf(): Promise<string[]> {
    const files = await searchFiles(['**/annotation.conf'], this.exclude(), mostConfs);
    const texts = await Promise.all(
      files.map((uri) =>
        Promise.resolve(vscode.workspace.fs.readFile(uri)).then(
          (bytes) => new TextDecoder().decode(bytes),
          () => '',
        ),
      ),
    );
    return texts.flatMap(entitiesOfConf);
  }
}
