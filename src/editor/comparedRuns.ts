import * as vscode from 'vscode';
import { messageOf, stackOf } from '../common/errors';
import { withoutLinks } from '../common/shownText';
import type { LossPanel } from '../panel/lossPanel';
import { RunsFeed } from '../panel/runsFeed';
import type { FromRuns } from '../panel/runsProtocol';
import { runKey } from '../workspace/modelCatalogue';
import type { RunStore } from '../workspace/runStore';
import type { PanelRun } from './panelRun';

export interface ComparedRunsServices {
  readonly panel: Pick<LossPanel, 'isOpen' | 'onDidOpenOrClose' | 'onRuns' | 'tellRuns'>;
  readonly panelRun: Pick<PanelRun, 'open'>;
  readonly runs: RunStore;
  readonly log: vscode.LogOutputChannel;
  /** Resolves once the runs of earlier sessions are known: before, they would be taken for deleted. */
  readonly loaded: Promise<void>;
}

/** Answers what the loss panel asks of other runs than the one that is shown. */
export function registerComparedRuns(services: ComparedRunsServices): vscode.Disposable {
  const { panel, runs, log } = services;
  const feed = new RunsFeed(
    runs,
    (message) => panel.tellRuns(message),
    (error) => log.warn(`The curves of other runs could not be read: ${stackOf(error)}`),
  );
  return vscode.Disposable.from(
    feed,
    panel.onDidOpenOrClose(() => {
      if (!panel.isOpen) feed.disconnect();
    }),
    panel.onRuns((request) => {
      answer(request, feed, services).catch((error: unknown) => {
        void vscode.window.showErrorMessage(withoutLinks(messageOf(error)));
      });
    }),
  );
}

async function answer(request: FromRuns, feed: RunsFeed, services: ComparedRunsServices): Promise<void> {
  await services.loaded;
  switch (request.type) {
    case 'runs.follow':
      return feed.follow(request);
    case 'runs.show':
      return services.runs.run(request.run) && services.panelRun.open(request.run);
    case 'runs.rename':
      await vscode.commands.executeCommand('rnnTagger.renameRun', runKey(request.run));
      return;
    case 'runs.delete':
      await vscode.commands.executeCommand('rnnTagger.deleteListedRuns', runKey(request.run));
      return;
    case 'runs.copy':
      await vscode.env.clipboard.writeText(request.text);
  }
}
