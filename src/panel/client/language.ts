/** Imported first by the page: it says things in the language of VS Code, which the page's shell carries. */
import { useMessages } from '../../common/l10n';
import type { Messages } from '../../common/l10n';

const { messages } = document.body.dataset;
useMessages(messages === undefined ? undefined : (JSON.parse(messages) as Messages));
