import * as vscode from 'vscode';
import type { Disagreement } from '../../corpus/answers/disagreements';
import { LabelDraft } from '../../corpus/answers/labelDraft';
import type { FileTokens, Refusal } from '../../corpus/answers/labelDraft';
import { targetOf } from '../../corpus/answers/tokenTarget';
import type { TokenTarget } from '../../corpus/answers/tokenTarget';
import { pickLabel } from '../labelPick';
import { offerModel } from '../labels/offerModel';
import { disagreementsIn, readPart } from './answerPart';
import type { AnswerServices } from './answerPart';
import { isCurrent } from './applyAnswers';
import { answerArguments, askedTokens } from './askedTokens';
import type { AskedTokens } from './askedTokens';
import { accept, changedText, giveAnswer, refuse, tokensAt, unknownLabel, unknownText } from './giveAnswer';
import { labelsOnOffer } from './labelsOnOffer';
import { findAgain, follow } from './reviewItems';

type Give = (draft: LabelDraft, at: FileTokens) => Refusal | undefined;

/** The commands that answer to the label of one token or span. */
export function registerAnswerCommands(services: AnswerServices): vscode.Disposable {
  const register = (
    name: string,
    run: (asked: AskedTokens, label: string | undefined) => unknown,
  ): vscode.Disposable =>
    vscode.commands.registerCommand(`rnnTagger.${name}`, async (...given: unknown[]) => {
      const { label, place } = answerArguments(given);
      const asked = await askedTokens(services, place);
      return asked ? run(asked, label) : false;
    });
  const simple = (name: string, give: Give): vscode.Disposable =>
    register(name, ({ part, at }) => giveAnswer(part, (draft) => give(draft, at), services));
  return vscode.Disposable.from(
    register('acceptLabel', (asked) => acceptLabel(services, asked)),
    register('changeLabel', (asked, label) => changeLabel(services, asked, label)),
    register('labelAllSame', (asked, label) => labelAllSame(services, asked, label)),
    simple('removeLabel', (draft, at) => draft.remove(at)),
    simple('widenSpanLeft', (draft, at) => draft.resize(at, 'start', 1)),
    simple('widenSpanRight', (draft, at) => draft.resize(at, 'end', 1)),
    simple('shortenSpanLeft', (draft, at) => draft.resize(at, 'start', -1)),
    simple('shortenSpanRight', (draft, at) => draft.resize(at, 'end', -1)),
  );
}

async function acceptLabel(services: AnswerServices, { part, at }: AskedTokens): Promise<boolean> {
  if (!services.models.modelFor(part.document)) {
    void offerModel();
    return false;
  }
  const all = await disagreementsIn(part, services);
  if (!all)
    return refuse(
      isCurrent(part)
        ? vscode.l10n.t('The model has not learned this column. Choose or train a model for it.')
        : changedText(),
    );
  const here = all.filter(({ first, end }) => first < at.end && at.first < end);
  if (here.length === 0) {
    void vscode.window.setStatusBarMessage(vscode.l10n.t('The label here is the predicted one.'), 5_000);
    return true;
  }
  const unknown = here.map((found) => unknownLabel(part, found)).find((label) => label !== undefined);
  if (unknown !== undefined) return refuse(unknownText(unknown));
  return giveAnswer(part, (draft) => firstRefusal(here, (found) => accept(draft, found, found)), services);
}

function firstRefusal(
  all: readonly Disagreement[],
  give: (found: Disagreement) => Refusal | undefined,
): Refusal | undefined {
  for (const found of all) {
    const refusal = give(found);
    if (refusal) return refusal;
  }
  return undefined;
}

/** Asks for a label where none is given, then finds the same tokens again in the text as it is by then. */
async function withLabel(
  services: AnswerServices,
  asked: AskedTokens,
  given: string | undefined,
  title: string,
): Promise<(AskedTokens & { readonly label: string }) | undefined> {
  const { part, at } = asked;
  if (given !== undefined) return { ...asked, label: given };
  const { start, end, ...rest } = targetOf(part.annotated, at.first, at.end);
  const item: { target: TokenTarget | undefined } = {
    target: { ...rest, start: start + part.base, end: end + part.base },
  };
  const following = vscode.workspace.onDidChangeTextDocument((event) => {
    if (event.document === part.document) follow([item], event);
  });
  try {
    const picked = await pickLabel(labelsOnOffer(part), title);
    if (!picked || picked === 'remove' || picked.label === '') return undefined;
    const { label } = picked;
    if (isCurrent(part)) return { ...asked, label };
    const found = await findAgain(part.document, item.target, services, part.column.name);
    if (found) return { ...found, label };
    refuse(changedText());
    return undefined;
  } finally {
    following.dispose();
  }
}

async function changeLabel(
  services: AnswerServices,
  asked: AskedTokens,
  given: string | undefined,
): Promise<boolean> {
  const answer = await withLabel(services, asked, given, vscode.l10n.t('Change Label'));
  return answer ? giveAnswer(answer.part, (draft) => draft.label(answer.at, answer.label), services) : false;
}

/** The label of the token or span goes to all the same words of the file; without one, it is asked for. */
async function labelAllSame(
  services: AnswerServices,
  asked: AskedTokens,
  given: string | undefined,
): Promise<boolean> {
  const own = new LabelDraft(asked.part.annotated).labelOf(asked.at);
  const title = vscode.l10n.t('Label All the Same');
  const answer = await withLabel(services, asked, given ?? own, title);
  if (!answer) return false;
  const { document, base, annotated, column } = answer.part;
  const start = document.positionAt(base + annotated.starts[answer.at.first]);
  const all = { first: 0, last: document.lineCount - 1 };
  const whole = await readPart(document, all, services, column.name);
  if (!whole || !isCurrent(answer.part)) return refuse(changedText());
  const end = document.positionAt(base + annotated.ends[answer.at.end - 1]);
  const at = tokensAt(
    whole,
    answer.at.end - answer.at.first > 1 ? new vscode.Range(start, end) : new vscode.Range(start, start),
  );
  if (!at) return refuse(changedText());
  let counts = { given: 0, left: 0 };
  const label = (draft: LabelDraft): Refusal | undefined => {
    const result = draft.labelSame(at, answer.label);
    if (typeof result === 'string') return result;
    counts = result;
    return undefined;
  };
  const isGiven = await giveAnswer(whole, label, services);
  if (isGiven)
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'Labelled: {0}. Left since they are parts of other spans: {1}.',
        counts.given,
        counts.left,
      ),
    );
  return isGiven;
}
