import * as l10n from '../../../common/l10n';
import type { ShownDetails, ToLearned } from '../../learnedProtocol';
import type { ShownRun } from '../../protocol';
import { element, setText } from '../dom';
import { send } from '../vscodeApi';
import { ConfusionsSection } from './confusions';
import { KnownWordsSection } from './knownWords';
import type { LabelEpochs } from './labelEpochs';
import { LabelScoresSection } from './labelScores';
import { ReliabilitySection } from './reliability';
import type { LearnedSection } from './section';
import { WorstSentencesSection } from './worstSentences';
import './learned.css';

interface Shown {
  readonly section: LearnedSection;
  /** In the place of its content. */
  readonly note: HTMLElement;
  drawn: ShownDetails | undefined;
}

/**
 * What the model of a run that is done has learned. The extension is asked for it once a section is open, and a
 * section is drawn once somebody sees it.
 */
export class LearnedView {
  private readonly sections: readonly Shown[];
  private asked: string | undefined;
  private answer: ToLearned | undefined;

  /** @param epochs F1 of labels by epoch. */
  constructor(epochs: LabelEpochs) {
    const sections: LearnedSection[] = [
      new LabelScoresSection(epochs),
      new ConfusionsSection(),
      new WorstSentencesSection(),
      new KnownWordsSection(),
      new ReliabilitySection(),
    ];
    this.sections = sections.map((section) => {
      const note = element('p', 'flow-words learned-note');
      note.setAttribute('role', 'status');
      section.root.append(note);
      return { section, note, drawn: undefined };
    });
  }

  /** Of the sections that open and close. */
  get folds(): readonly HTMLDetailsElement[] {
    return this.sections.map(({ section }) => section.root);
  }

  /** @returns whether it is of the run that was asked for. */
  tell(answer: ToLearned): boolean {
    if (answer.run !== this.asked) return false;
    this.answer = answer;
    return true;
  }

  draw(run: ShownRun): void {
    const isDone = run.state.phase === 'done';
    for (const shown of this.sections) {
      const { section, note } = shown;
      const hasHistory = section.drawHistory?.(run) ?? false;
      section.root.hidden = !isDone && !hasHistory;
      if (isDone) continue;
      const content = section.root.querySelector<HTMLElement>('.folded-content');
      if (content) content.hidden = true;
      note.hidden = true;
      shown.drawn = undefined;
    }
    const isOpen = this.folds.some(({ open }) => open);
    if (!isDone || !isOpen) return;
    if (this.asked !== run.id) {
      this.asked = run.id;
      this.answer = undefined;
      send({ type: 'learned.read', run: run.id });
    }
    for (const shown of this.sections) if (shown.section.root.open) this.drawOne(shown, run);
  }

  restyle(): void {
    for (const { section } of this.sections) section.restyle?.();
  }

  private drawOne(shown: Shown, run: ShownRun): void {
    const { section, note } = shown;
    const { answer } = this;
    const content = section.root.querySelector<HTMLElement>('.folded-content');
    if (!answer?.details) {
      shown.drawn = undefined;
      if (content) content.hidden = true;
      note.hidden = false;
      const text = answer
        ? l10n.t(
            'Nothing of the kind was kept with this run: an earlier version trained it, or its file cannot be read, which the log would say.',
          )
        : l10n.t('Reading…');
      return setText(note, text);
    }
    if (shown.drawn === answer.details) return;
    shown.drawn = answer.details;
    const hasAny = section.draw({ run, details: answer.details });
    if (content) content.hidden = !hasAny;
    note.hidden = hasAny;
    setText(note, l10n.t('There is no data with which it could be measured.'));
  }
}
