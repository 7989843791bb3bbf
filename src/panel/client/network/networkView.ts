import * as l10n from '../../../common/l10n';
import { shownName } from '../../../common/shownText';
import type { UnrolledText, UnrolledTextSweep } from '../../../engine/unrollProtocol';
import { sweepTitle } from '../../../run/flowCurves';
import type { NetworkTab, NoSentence, SentencePlace, ShownSentence, WayOut } from '../../network/protocol';
import { element, icon, setText } from '../dom';
import { Choice } from './choice';
import { FlowTab } from './flowTab';
import { send, writeViewState } from './pageApi';
import type { NetworkViewState } from './pageApi';
import { SentenceStrip } from './sentenceStrip';
import { StepView } from './stepView';
import { Tabs } from './tabs';

/** The whole page: a sentence with the network over it, or why there is none. */
export class NetworkView {
  readonly root = element('main', 'network');
  private readonly subject = element('p', 'subject');
  private readonly noticeText = element('p');
  private readonly noticeButtons = element('div', 'controls');
  private readonly notice = element(
    'div',
    'notice information',
    icon('information'),
    this.noticeText,
    this.noticeButtons,
  );
  private readonly shownPart = element('div');
  private readonly strip = new SentenceStrip(
    (step) => this.goTo(step),
    () => this.reveal(),
  );
  private readonly sweeps = new Choice(l10n.t('Layer and direction'), (index) => {
    this.sweep = index;
    this.changed();
  });
  private readonly steps = new StepView((step) => this.goTo(step));
  private readonly flow = new FlowTab(
    (step) => this.goTo(step),
    (label) => this.relabel(label),
  );
  private readonly tabs: Tabs;
  private sentence: ShownSentence | undefined;
  private place: SentencePlace | undefined;
  /** What was asked for, until it is answered. */
  private asked: SentencePlace | undefined;
  /** t as it is looked at: the answer with its δ may be on its way. */
  private step = 0;
  private sweep: number;

  constructor(kept: NetworkViewState) {
    this.place = kept.place;
    this.sweep = kept.sweep;
    this.tabs = new Tabs(
      [
        { id: 'network', title: l10n.t('Network'), content: this.steps.root },
        { id: 'flow', title: l10n.t('Gradient Flow'), content: this.flow.root },
      ],
      kept.tab,
      () => this.changed(),
    );
    this.steps.weights.root.open = kept.weights;
    this.steps.weights.root.addEventListener('toggle', () => this.keep());
    this.noticeText.setAttribute('role', 'status');
    const header = element(
      'header',
      '',
      element('div', 'title', element('h1', '', l10n.t('Network over a sentence')), this.subject),
      element('div', 'controls', this.button(l10n.t('Show Sentence at Cursor'), 'cursor')),
    );
    this.shownPart.append(this.strip.root, this.sweeps.root, this.tabs.root);
    this.shownPart.hidden = true;
    this.notice.hidden = true;
    this.root.append(header, this.notice, this.shownPart);
  }

  show(sentence: ShownSentence, tab: NetworkTab | undefined): void {
    const { asked, place: wanted } = this;
    this.asked = undefined;
    // The answer to an earlier question: the last one has its turn.
    if (!tab && asked && wanted && isLate(sentence.place, wanted)) return this.send(wanted);
    const isFirst = this.sentence === undefined;
    this.sentence = sentence;
    const { place, unrolled, file, model } = sentence;
    this.place = place;
    this.step = unrolled.at;
    this.notice.hidden = true;
    this.shownPart.hidden = false;
    this.shownPart.removeAttribute('aria-busy');
    setText(
      this.subject,
      l10n.t('{0}, line {1}, with the model {2}', file, unrolled.tokens[0].line + 1, shownName(model)),
    );
    if (tab) this.tabs.choose(tab);
    this.changed();
    if (isFirst) this.strip.focus();
  }

  showNothing({ text, waysOut }: NoSentence): void {
    this.asked = undefined;
    this.sentence = undefined;
    this.shownPart.hidden = true;
    setText(this.subject, '');
    this.tell(
      text,
      waysOut
        .filter(({ wayOut }) => wayOut !== 'cursor')
        .map(({ wayOut, title }) => this.button(title, wayOut)),
    );
  }

  tellStale(text: string): void {
    if (!this.sentence) return;
    const again = element('button', 'secondary', l10n.t('Show Again'));
    again.type = 'button';
    again.addEventListener('click', () => {
      if (this.place) send({ type: 'step', place: { ...this.place, step: this.step } });
    });
    this.tell(text, [again]);
  }

  restyle(): void {
    this.steps.restyle();
    this.flow.restyle();
  }

  /** The arrow keys step through time wherever they have nothing else to do. */
  pressed(event: KeyboardEvent): void {
    if (!this.sentence || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    const { target } = event;
    if (target instanceof Element && target.closest('select, input, [role=tab]')) return;
    const last = this.sentence.unrolled.tokens.length - 1;
    const to = { ArrowLeft: this.step - 1, ArrowRight: this.step + 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.goTo(Math.min(last, Math.max(0, to)));
  }

  private goTo(step: number): void {
    if (!this.sentence || !this.place || step === this.step) return;
    this.step = step;
    // A label that a person chose stays chosen.
    this.ask({ ...this.place, step });
  }

  private relabel(index: number): void {
    if (!this.sentence || !this.place) return;
    const { labels, tokens } = this.sentence.unrolled;
    const { label: _, ...place } = this.place;
    const step = this.step;
    // The one that is given is what each step begins with.
    const isGiven = labels[index] === tokens[step].given;
    this.ask({ ...place, step, ...(!isGiven && { label: labels[index] }) });
  }

  /** What does not depend on the answer is drawn at once. */
  private ask(place: SentencePlace): void {
    this.place = place;
    this.shownPart.setAttribute('aria-busy', 'true');
    this.changed();
    // One question at a time, however fast the keys are.
    if (!this.asked) this.send(place);
  }

  private send(place: SentencePlace): void {
    this.asked = place;
    send({ type: 'step', place });
  }

  private reveal(): void {
    if (this.place) send({ type: 'reveal', place: { ...this.place, step: this.step } });
  }

  private changed(): void {
    this.keep();
    const { sentence, step } = this;
    if (!sentence) return;
    const { unrolled } = sentence;
    const sweep: UnrolledTextSweep = unrolled.sweeps[this.sweep] ?? topOf(unrolled);
    this.sweeps.root.hidden = unrolled.sweeps.length === 1;
    this.sweeps.draw(unrolled.sweeps.map(sweepTitle), unrolled.sweeps.indexOf(sweep));
    this.strip.draw(unrolled.tokens, step);
    if (this.tabs.chosen === 'network') this.steps.draw(unrolled, sweep, step);
    // δ is that of the step that was answered last.
    else if (unrolled.at === step) this.flow.draw(sentence, sweep);
  }

  private keep(): void {
    const { place } = this;
    writeViewState({
      ...(place && { place: this.sentence ? { ...place, step: this.step } : place }),
      tab: this.tabs.chosen,
      sweep: this.sweep,
      weights: this.steps.weights.root.open,
    });
  }

  private tell(text: string, buttons: readonly HTMLElement[]): void {
    this.notice.hidden = false;
    setText(this.noticeText, text);
    this.noticeButtons.replaceChildren(...buttons);
  }

  private button(title: string, wayOut: WayOut): HTMLElement {
    const button = element('button', 'secondary', title);
    button.type = 'button';
    button.addEventListener('click', (event) => {
      if (event.detail <= 1) send({ type: 'wayOut', wayOut });
    });
    return button;
  }
}

/** The last layer from left to right: the one whose δ_t comes from the output. */
function topOf({ sweeps }: UnrolledText): UnrolledTextSweep {
  return sweeps.findLast(({ direction }) => direction === 'leftToRight') ?? sweeps[0];
}

/** Another step or label of the same sentence. */
function isLate(answered: SentencePlace, asked: SentencePlace): boolean {
  const isSame =
    answered.document === asked.document && answered.line === asked.line && answered.column === asked.column;
  return isSame && (answered.step !== asked.step || answered.label !== asked.label);
}
