import * as vscode from 'vscode';
import { messageOf } from '../../common/errors';
import { withoutLinks } from '../../common/shownText';
import { shownDetails } from '../../panel/learnedProtocol';
import type { FromLearned } from '../../panel/learnedProtocol';
import type { LossPanel } from '../../panel/lossPanel';
import { runKey } from '../../workspace/modelCatalogue';
import { openSentence, openTokens } from './openTokens';
import type { OpenTokensServices } from './openTokens';

export interface LearnedServices extends OpenTokensServices {
  readonly panel: Pick<LossPanel, 'onLearned' | 'tellLearned'>;
  /** Resolves once the runs of earlier sessions are known. */
  readonly loaded: Promise<void>;
}

/** Answers what the loss panel asks of what a run's model has learned. */
export function registerLearned(services: LearnedServices): vscode.Disposable {
  return services.panel.onLearned((request) => {
    answer(request, services).catch((error: unknown) => {
      void vscode.window.showErrorMessage(withoutLinks(messageOf(error)));
    });
  });
}

async function answer(request: FromLearned, services: LearnedServices): Promise<void> {
  const { runs, panel, loaded } = services;
  await loaded;
  switch (request.type) {
    case 'learned.read': {
      const { run } = request;
      const details = runs.run(run) && (await runs.readDetails(run));
      return panel.tellLearned({ type: 'learned', run, ...(details && { details: shownDetails(details) }) });
    }
    case 'learned.use':
      await vscode.commands.executeCommand('rnnTagger.chooseModel', { model: runKey(request.run) });
      return;
    case 'learned.tokens':
      return openTokens({ ...request, id: request.run }, services);
    case 'learned.sentence':
      return openSentence({ id: request.run, place: request.place }, services);
  }
}
