import type { ShownDetails } from '../../learnedProtocol';
import type { ShownRun } from '../../protocol';

/** What is drawn of a run's details. */
export interface LearnedRun {
  readonly run: ShownRun;
  readonly details: ShownDetails;
}

/** A section of what the model has learned, which opens and closes by its title. */
export interface LearnedSection {
  readonly root: HTMLDetailsElement;
  /** Draws it anew. False: the run has nothing of the kind. */
  draw(learned: LearnedRun): boolean;
  /** Draws what the epochs of a run tell, also while it goes on. False: they tell nothing of the kind. */
  drawHistory?(run: ShownRun): boolean;
  restyle?(): void;
}
