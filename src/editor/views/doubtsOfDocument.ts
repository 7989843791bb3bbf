import type * as vscode from 'vscode';
import type { DoubtsOfPart } from '../../corpus/queue/doubts';
import type { LineRange } from '../../corpus/text/segments';
import { partsOf, tagInputOf, unreadPart } from '../answers/answerPart';
import type { AnswerServices } from '../answers/answerPart';
import { isCurrent } from '../answers/applyAnswers';

/**
 * What may be asked about a document of a corpus, as it is now: the tagger's worker goes through it some hundred
 * lines at a time. Places are those of the whole text.
 *
 * @param judge the model, by its key, and the column that it has learned.
 * @param isMeant which of its parts matter.
 * @returns undefined where the text changes meanwhile, or somebody has stopped it.
 */
export async function doubtsOfDocument(
  document: vscode.TextDocument,
  judge: { readonly key: string; readonly column: string },
  services: AnswerServices,
  isStopped: () => boolean,
  isMeant: (range: LineRange) => boolean = () => true,
): Promise<DoubtsOfPart[] | undefined> {
  const { version } = document;
  const parts: DoubtsOfPart[] = [];
  for (const range of partsOf(document, services).filter(isMeant)) {
    const part = await unreadPart(document, range, services, judge.column);
    if (!part || isStopped()) return undefined;
    const { base, input } = part;
    const { text: _, ...annotated } = input;
    const own = await services.tagger.request({
      type: 'doubts',
      key: judge.key,
      input: tagInputOf(part),
      annotated,
    });
    if (isStopped() || !isCurrent(part) || document.version !== version) return undefined;
    const doubts = own.doubts.map(({ target, ...rest }) => ({
      ...rest,
      target: { ...target, start: target.start + base, end: target.end + base },
    }));
    parts.push({ ...own, doubts });
  }
  return parts;
}
