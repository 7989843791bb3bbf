import * as vscode from 'vscode';
import { formatCount } from '../../common/figures';
import { shownLine } from '../../common/shownText';
import { section } from '../../workspace/settings';
import type { Settings } from '../../workspace/settings';
import type { WorkspaceCorpora } from '../../workspace/workspaceCorpora';

const name = 'corpora.include';

/** Patterns that were added to the setting of the workspace. */
export interface AddedPatterns {
  /** Those that it had not. */
  readonly added: readonly string[];
  /** Puts the setting back to what it was. */
  undo(): Promise<void>;
}

/** Adds patterns to `rnnTagger.corpora.include` of the workspace, and resolves once their files are read. */
export async function includeFiles(
  patterns: readonly string[],
  { settings, corpora }: { readonly settings: Settings; readonly corpora: WorkspaceCorpora },
): Promise<AddedPatterns> {
  const configuration = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration(section);
  const before = configuration().inspect<unknown>(name)?.workspaceValue;
  const known = configuration().get<string[]>(name, []);
  const set = async (value: unknown): Promise<void> =>
    configuration().update(name, value, vscode.ConfigurationTarget.Workspace);
  await set([...new Set([...known, ...patterns])]);
  await isSet(settings, (given) => patterns.every((pattern) => given.includes(pattern)));
  await corpora.lookAgain();
  const added = patterns.filter((pattern) => !known.includes(pattern));
  return {
    added,
    undo: async () => {
      await set(before);
      await isSet(settings, (given) => added.every((pattern) => !given.includes(pattern)));
      await corpora.lookAgain();
    },
  };
}

/** `Added to "rnnTagger.corpora.include" of this workspace: "names/*.txt".` */
export function addedText({ added }: AddedPatterns): string {
  if (added.length === 0)
    return vscode.l10n.t('These files were named in "rnnTagger.corpora.include" already.');
  const patterns = added.map((pattern) => `"${shownLine(pattern, 60)}"`).slice(0, 3);
  const more = added.length - patterns.length;
  const names = more > 0 ? [...patterns, vscode.l10n.t('and {0} more', formatCount(more))] : patterns;
  return vscode.l10n.t('Added to "rnnTagger.corpora.include" of this workspace: {0}.', names.join(', '));
}

/** Resolves once the setting is so: VS Code may tell of it later than it has written it. */
function isSet(settings: Settings, isSo: (given: readonly unknown[]) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const listener = settings.onDidChange(() => look());
    const look = (): void => {
      if (!isSo(settings.current.givenInclude)) return;
      listener.dispose();
      resolve();
    };
    look();
  });
}
