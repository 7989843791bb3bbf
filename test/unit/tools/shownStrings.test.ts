import { RuleTester } from 'eslint';
import type { Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import shownStrings from '../../../tools/lint/shownStrings.mjs';

RuleTester.describe = describe;
RuleTester.it = it;
const tester = new RuleTester({ languageOptions: { parser: tseslint.parser as Linter.Parser } });
const english = [{ messageId: 'english' }];

tester.run('what is shown is translated', shownStrings, {
  valid: [
    "window.showErrorMessage(l10n.t('Nothing here.'))",
    'window.showErrorMessage(l10n.t("{0} is gone.", name), again)',
    "button.setAttribute('aria-hidden', 'true')",
    "panel.title = `$(tag) RNN Tagger: ${t('1 label')}`",
    "({ label: `$(trash) ${t('Delete')}`, command: 'rnnTagger.deleteRun' })",
    "log.error('The reader failed.')",
    "element('p', 'notice warning', text)",
    "throw new RangeError('no column')",
    "({ label: 'CRF' })",
  ],
  invalid: [
    { code: "window.showErrorMessage('Nothing here.')", errors: english },
    { code: "window.showWarningMessage(l10n.t('Go on?'), {}, 'Stop')", errors: english },
    { code: 'window.showInformationMessage(`${name} is gone.`)', errors: english },
    { code: "x.tooltip = isNew ? 'New' : l10n.t('Old')", errors: english },
    { code: "({ title: name ?? 'No name' })", errors: english },
    { code: "({ placeHolder: 'Which labels?' })", errors: english },
    { code: "button.setAttribute('aria-label', 'Training')", errors: english },
    { code: "setText(this.label, 'after ' + epoch)", errors: english },
    { code: "element('p', 'notice', 'Nothing yet')", errors: english },
    { code: "throw new InputError('No file.', { hint: 'Choose one.' })", errors: [...english, ...english] },
  ],
});
