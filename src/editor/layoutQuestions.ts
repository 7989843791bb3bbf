import * as vscode from 'vscode';
import { shownLine } from '../common/shownText';
import type { Corpus } from '../corpus/corpus';
import { mayBeAsked } from '../corpus/formats/rows/openQuestion';
import type { Engine } from '../engine/engine';
import type { Reading, ReadingQuestion } from '../engine/openQuestions';
import { section } from '../workspace/settings';
import type { Settings } from '../workspace/settings';
import type { WorkspaceCorpora } from '../workspace/workspaceCorpora';
import { patternsFor } from './likelyPicks';
import { questionText, readingText, withAnswer } from './readingPicks';

/** The setting's value. */
type Layouts = Readonly<Record<string, object>>;

/** Asks how a corpus is to be read, where that is not clear, and keeps the answers in the settings. */
export class LayoutQuestions {
  constructor(
    private readonly engine: Engine,
    private readonly settings: Settings,
    private readonly corpora: WorkspaceCorpora,
  ) {}

  /**
   * The corpus as it is read once all is said, which may have another id; undefined where the person thought
   * better of it.
   */
  async settle(corpus: Corpus): Promise<Corpus | undefined> {
    if (!mayBeAsked(corpus.layout)) return corpus;
    const { file } = corpus.files.reduce((best, other) => (other.tokens > best.tokens ? other : best));
    const uri = vscode.Uri.parse(file);
    const asked = new Set<ReadingQuestion['about']>();
    for (let now: Corpus | undefined = corpus; now; now = this.corpora.corpusOf(uri)) {
      const question = await this.openQuestion(uri);
      if (!question || asked.has(question.about)) return now;
      asked.add(question.about);
      const reading = await ask(question, uri);
      if (!reading) return undefined;
      await this.keep(now, reading);
    }
    return undefined;
  }

  private async openQuestion(uri: vscode.Uri): Promise<ReadingQuestion | undefined> {
    const [source] = (await this.corpora.readFiles([uri])).sources;
    if (!source) return undefined;
    const reader = this.engine.createReader();
    try {
      const { replaceInvalidBytes } = this.settings.current;
      return await reader.question({ source, replaceInvalidBytes });
    } finally {
      reader.dispose();
    }
  }

  /** Writes an answer into the workspace's settings. Resolves once its files are read by it. */
  private async keep({ files }: Corpus, { stated }: Reading): Promise<void> {
    const patterns = patternsFor(
      files.map(({ file }) => vscode.workspace.asRelativePath(vscode.Uri.parse(file), false)),
    );
    const configuration = vscode.workspace.getConfiguration(section);
    const set = configuration.inspect<Layouts>('corpora.layouts')?.workspaceValue ?? {};
    const written = this.isWritten(patterns[patterns.length - 1], Object.keys(stated));
    await configuration.update(
      'corpora.layouts',
      withAnswer(set, patterns, stated),
      vscode.ConfigurationTarget.Workspace,
    );
    await written;
    await this.corpora.whenRead();
  }

  /** Resolves once the settings say so: VS Code may tell of it later than it has written it. */
  private isWritten(pattern: string, fields: readonly string[]): Promise<void> {
    return new Promise((resolve) => {
      const listener = this.settings.onDidChange(() => {
        const layouts = vscode.workspace.getConfiguration(section).get<Layouts>('corpora.layouts', {});
        if (!fields.every((field) => Object.hasOwn(layouts[pattern] ?? {}, field))) return;
        listener.dispose();
        resolve();
      });
    });
  }
}

async function ask({ about, readings }: ReadingQuestion, uri: vscode.Uri): Promise<Reading | undefined> {
  const items = readings.map((reading) => ({ ...readingText(reading, vscode.l10n.t), reading }));
  const file = shownLine(vscode.workspace.asRelativePath(uri), 100);
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Train on Workspace: {0}', questionText(about, file, vscode.l10n.t)),
    placeHolder: vscode.l10n.t('The answer is kept in the workspace’s setting rnnTagger.corpora.layouts.'),
  });
  return picked?.reading;
}
