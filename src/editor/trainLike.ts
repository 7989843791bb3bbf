import type { ChangedSettings } from '../panel/protocol';
import type { RunStore } from '../workspace/runStore';

/** What **Train on Workspace** is given for a run like another one, with some settings changed; undefined: no such run. */
export function trainArgumentsLike(
  runs: Pick<RunStore, 'run'>,
  id: string,
  changes: ChangedSettings,
): Record<string, unknown> | undefined {
  const like = runs.run(id);
  return like && { corpus: like.corpus, column: like.column, ...like.settings, ...changes };
}
