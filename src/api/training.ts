import * as vscode from 'vscode';
import { shownName } from '../common/shownText';
import { filesLeftOut } from '../corpus/leftOut';
import { leftOutQuestion, narrow, soleChoice } from '../editor/corpusPicks';
import type { Choice } from '../editor/corpusPicks';
import { notTrustedText } from '../editor/restrictedMode';
import { parseTrainArguments } from '../editor/trainArguments';
import type { TrainArguments } from '../editor/trainArguments';
import type { TrainingController } from '../editor/trainingController';
import type { RunRecord } from '../record/runRecord';
import type { RunSession } from '../workspace/runSession';
import type { RunStore } from '../workspace/runStore';
import type { Settings } from '../workspace/settings';
import { settingsOfRun } from '../workspace/trainingSettings';
import type { WorkspaceCorpora } from '../workspace/workspaceCorpora';
import { ApiError, withCode } from './apiError';
import { checkOptions } from './options';
import { plainRun } from './plainData';
import type { Run, TrainOptions } from './rnn-tagger';
import { orCancelled, throwIfCancelled } from './waiting';

export interface TrainingServices {
  readonly corpora: WorkspaceCorpora;
  readonly settings: Settings;
  readonly training: TrainingController;
  readonly runs: RunStore;
}

/** Trains as **Train on Workspace** does, but asks nobody anything. Resolves once the run has ended. */
export async function train(
  options: TrainOptions | undefined,
  services: TrainingServices,
  token: vscode.CancellationToken | undefined,
): Promise<Run> {
  if (!vscode.workspace.isTrusted) throw new ApiError('not-trusted', notTrustedText());
  const { corpora, settings, training } = services;
  const { asked, ofRun } = await withCode('invalid-argument', () => {
    const parsed = parseOptions(options);
    return { asked: parsed, ofRun: settingsOfRun(settings.current.training, parsed.settings) };
  });
  await orCancelled(corpora.whenRead(), token);
  if (corpora.corpora.length === 0) await orCancelled(corpora.lookAgain(), token);
  const { corpus, column } = await choice(asked, corpora);
  if (!asked.allowLeftOut && filesLeftOut(corpus).length > 0) {
    const nameOf = (file: string): string => vscode.workspace.asRelativePath(vscode.Uri.parse(file));
    throw new ApiError('unreadable-rows', leftOutQuestion(corpus, nameOf, vscode.l10n.t) ?? '');
  }
  // A run that nobody asked for gives way.
  if (training.current?.session.isQuiet) await training.stop();
  throwIfCancelled(token);
  if (training.busy)
    throw new ApiError('busy', vscode.l10n.t('Another run goes on: one run goes on at a time.'));
  return followed(
    () => training.start(corpus, column.name, ofRun, { allowLeftOut: asked.allowLeftOut }),
    services,
    token,
  );
}

/** @throws ApiError that names what is wrong. */
function parseOptions(options: unknown): TrainArguments {
  const { settings, ...rest } = checkOptions(options, ['corpus', 'column', 'settings', 'allowLeftOut']);
  const ofRun = checkSettings(settings);
  return parseTrainArguments({ ...ofRun, ...rest });
}

function checkSettings(settings: unknown): object {
  if (settings === undefined || settings === null) return {};
  const named = typeof settings === 'object' && !Array.isArray(settings) ? settings : undefined;
  const taken = Object.keys(named ?? {}).find((name) => ['corpus', 'column', 'allowLeftOut'].includes(name));
  if (!named || taken !== undefined)
    throw new ApiError('invalid-argument', 'settings must be an object of training settings.');
  return named;
}

async function choice(asked: TrainArguments, { corpora }: WorkspaceCorpora): Promise<Choice> {
  if (corpora.length === 0)
    throw new ApiError('not-found', vscode.l10n.t('There is no corpus in this workspace.'));
  const choices = await withCode('not-found', () => narrow(corpora, asked, vscode.l10n.t));
  if (choices.length === 0)
    throw new ApiError('not-found', vscode.l10n.t('There is no label column to learn.'));
  const sole = soleChoice(choices, asked.column !== undefined);
  if (sole) return sole;
  const all = choices
    .slice(0, 20)
    .map(({ corpus, column }) => `${shownName(corpus.name)} · ${shownName(column.name)}`)
    .join('; ');
  throw new ApiError(
    'ambiguous',
    vscode.l10n.t('There are several label columns: say which corpus and column. There is: {0}', all),
  );
}

/** Begins a run and follows it to its end. A cancel stops the run, and no other. */
async function followed(
  start: () => Promise<void>,
  { training, runs }: TrainingServices,
  token: vscode.CancellationToken | undefined,
): Promise<Run> {
  let session: RunSession | undefined;
  const listeners: vscode.Disposable[] = [training.onDidBegin((begun) => (session ??= begun))];
  try {
    const started = start();
    // From here on the run that goes on is this one, until it ends.
    const stopped = token?.onCancellationRequested(() => {
      if (!session?.hasEnded) void training.stop();
    });
    if (stopped) listeners.push(stopped);
    await withCode('failed', () => started);
    if (!session) throw new vscode.CancellationError();
    const error = await session.finished;
    if (error) throw new ApiError('failed', [error.message, error.hint].filter(Boolean).join(' '));
    return plainRun(runOf(session, runs));
  } finally {
    vscode.Disposable.from(...listeners).dispose();
  }
}

function runOf({ id }: RunSession, runs: RunStore): RunRecord {
  const run = runs.run(id);
  if (run) return run;
  throw new ApiError('failed', vscode.l10n.t('The run was deleted.'));
}
