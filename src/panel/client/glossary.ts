import * as l10n from '../../common/l10n';
import { element, folded } from './dom';

/** What the page's words mean, for who does not know them, in a section that opens. */
export class Glossary {
  readonly section = folded('glossary', l10n.t('What these words mean'));

  constructor() {
    const items = entries().map(([word, meaning]) =>
      element('li', '', element('strong', '', word), ' ', meaning),
    );
    this.section.content.append(element('ul', 'glossary-list', ...items));
  }
}

function entries(): readonly (readonly [word: string, meaning: string])[] {
  return [
    [
      l10n.t('Loss'),
      l10n.t(
        'How improbable the model finds the right labels: −ln of their probability, the mean over all tokens (in nats). 0 is always sure and right; who guesses between two labels has 0.69, among seventeen 2.83.',
      ),
    ],
    [
      l10n.t('Training and development data'),
      l10n.t(
        'The model learns from the training data. The development data is kept from it, and tells how it does on text that it has not seen.',
      ),
    ],
    [
      l10n.t('Step and epoch'),
      l10n.t(
        'A step changes the weights once, by a few sentences. An epoch is once through the training data.',
      ),
    ],
    [
      l10n.t('Smoothed'),
      l10n.t(
        'The mean of the last steps, of which the newest count most: sentences differ from step to step.',
      ),
    ],
    [
      l10n.t('Accuracy and span F1'),
      l10n.t(
        'Accuracy is the share of tokens with the right label. Precision is the share of the spans found that are right, recall the share of the right ones that are found; F1 is the mean of both that is near the lower one.',
      ),
    ],
    [
      l10n.t('Gradient, clipping and learning rate'),
      l10n.t(
        'The gradient says how the loss changes with each weight. A step goes against it, as far as the learning rate says; clipping shortens a gradient that is longer than its limit.',
      ),
    ],
    [
      l10n.t('Gradient flow: δ, U and γ'),
      l10n.t(
        'δₜ is how the loss changes with the sums sₜ of a layer at token t. The recurrent weights U hand it on to the token before, and so on: what reaches a word is what it teaches. γ is the most by which one such step can multiply it: below 1 it must vanish, above 1 it need not.',
      ),
    ],
    [
      l10n.t('Saturated units, units that are off'),
      l10n.t(
        'A unit whose activation is so near its limit that it hardly changes with s is saturated: it hands on little of an error. With ReLU a unit has no such limit, but is off where s is not above 0: there it hands on nothing.',
      ),
    ],
  ];
}
