/** Which run the loss panel is to show. Knows no editor. */
import { isByItself } from '../record/runRecord';
import type { RunRecord } from '../record/runRecord';

/** What the panel does when a run begins: it opens with it, shows it where it is open, or keeps what it shows. */
type Followed = 'opened' | 'shown' | 'left';

/**
 * Nothing opens for a run that nobody asked for, and what a person has chosen to look at stays.
 *
 * @param panel whether it is open, and whether a person has chosen the run that it shows.
 */
export function whenRunBegins(
  run: { readonly isQuiet: boolean },
  panel: { readonly isOpen: boolean; readonly isChosen: boolean },
): Followed {
  if (!run.isQuiet) return 'opened';
  return panel.isOpen && panel.isChosen ? 'left' : 'shown';
}

/** The newest run; runs by themselves that did not come to their end are about to be removed. */
export function lastToShow(runs: readonly RunRecord[]): RunRecord | undefined {
  return runs.find((run) => !isByItself(run) || run.state === 'done' || run.state === 'running');
}
