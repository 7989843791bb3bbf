import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { InputError } from '../../common/errors';
import { formatCount, formatDuration } from '../../common/figures';
import { presentationOf } from '../../model/settings/presentation';
import type { SettingName } from '../../model/settings/schema';
import type { TrainingSettings } from '../../model/settings/settings';
import {
  otherSeeds,
  parseValues,
  seedGroups,
  sweepSettings,
  variableSettings,
} from '../../model/settings/sweep';
import type { VariedSettings } from '../../model/settings/sweep';
import { isByItself } from '../../record/runRecord';
import type { RunRecord } from '../../record/runRecord';
import { runTitle } from '../../record/runTitle';
import { runKey } from '../../workspace/modelCatalogue';
import type { RunStore } from '../../workspace/runStore';
import { MultiStepInput } from '../multiStepInput';
import { showNotTrusted } from '../restrictedMode';
import type { TrainingController } from '../trainingController';
import type { SweepRunner } from './sweepRunner';
import { bestRun, pausedText, sweptText } from './sweepText';

const mostRuns = 500;
const mostSeeds = 100;

export interface SweepCommandServices {
  readonly runs: RunStore;
  readonly training: TrainingController;
  readonly sweeps: SweepRunner;
  /** Resolves once the runs of earlier sessions are known. */
  readonly loaded: Promise<void>;
}

/** Whether **Go On with the Sweep** makes sense. */
function tellContext({ left, goesOn }: SweepRunner): void {
  void vscode.commands.executeCommand('setContext', 'rnnTagger.sweepLeft', left > 0 && !goesOn);
}

/** The commands that train several runs one after the other, and what is said of them. */
export function registerSweeps(services: SweepCommandServices): vscode.Disposable {
  const { sweeps, loaded } = services;
  const commands: Record<string, (argument?: unknown) => Promise<unknown>> = {
    trainOtherSeeds: (argument) => trainOtherSeeds(services, argument),
    trainSweep: (argument) => trainSweep(services, argument),
    resumeSweep: () => resumeSweep(services),
  };
  tellContext(sweeps);
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([name, run]) =>
      vscode.commands.registerCommand(`rnnTagger.${name}`, async (argument?: unknown) => {
        await loaded;
        return run(argument);
      }),
    ),
    sweeps,
    sweeps.onDidChange(() => tellContext(sweeps)),
    sweeps.onDidPause((paused) => {
      const goOn = vscode.l10n.t('Go On with the Sweep');
      const tell =
        paused.error === undefined ? vscode.window.showInformationMessage : vscode.window.showErrorMessage;
      void tell(pausedText(paused, vscode.l10n.t), ...(paused.left > 0 ? [goOn] : [])).then(
        (answer) => answer === goOn && vscode.commands.executeCommand('rnnTagger.resumeSweep'),
      );
    }),
    sweeps.onDidEnd((runs) => void tellEnd(runs)),
  );
}

/** **Train Again with Other Seeds…**: the same run, as often as a person says. */
async function trainOtherSeeds(services: SweepCommandServices, argument: unknown): Promise<void> {
  const run = runMeant(services.runs, argument);
  if (!run) return sayThatThereIsNoRun();
  const given = countOf(argument);
  const text =
    given === undefined
      ? await vscode.window.showInputBox({
          title: vscode.l10n.t('Train {0} again with other seeds', runTitle(run)),
          prompt: vscode.l10n.t('How many more runs?'),
          value: '4',
          ignoreFocusOut: true,
          validateInput: (typed) =>
            countProblem(typed, mostSeeds) ?? {
              message: runsText(run, Number(typed)),
              severity: vscode.InputBoxValidationSeverity.Info,
            },
        })
      : String(given);
  if (text === undefined) return;
  const problem = countProblem(text, mostSeeds);
  if (problem !== undefined) throw new InputError(problem);
  const alike = services.runs.runs.filter(
    ({ corpus, column, state }) => corpus === run.corpus && column === run.column && state !== 'failed',
  );
  const group =
    seedGroups([run, ...alike], ({ settings }) => settings).find((runs) => runs.includes(run)) ?? [];
  const seeds = otherSeeds(
    group.map(({ settings }) => settings.seed),
    Number(text),
  );
  await begin(services, run, { seed: seeds });
}

/** **Train a Sweep of Settings…**: all combinations of values that a person types. */
async function trainSweep(services: SweepCommandServices, argument: unknown): Promise<void> {
  const run = runMeant(services.runs, argument);
  if (!run) return sayThatThereIsNoRun();
  const varied = valuesGiven(argument) ?? (await MultiStepInput.run((input) => askForValues(input, run)));
  if (!varied) return;
  const problem = tooManyRuns(sweepSettings(run.settings, varied).length);
  if (problem !== undefined) throw new InputError(problem);
  await begin(services, run, varied);
}

async function askForValues(input: MultiStepInput, run: RunRecord): Promise<VariedSettings | undefined> {
  const { settings } = run;
  const title = vscode.l10n.t('Train a sweep like {0}', runTitle(run));
  const items = variableSettings.map((name) => ({
    label: name,
    description: String(settings[name]),
    detail: presentationOf(name).summary.replace(/`/g, ''),
    name,
  }));
  const placeholder = vscode.l10n.t('Which settings are to be varied?');
  const picked = await input.pickMany(items, { title, placeholder, matchOnDetail: true });
  if (!picked) return undefined;
  const varied: Record<string, readonly unknown[]> = {};
  for (const { name } of picked) {
    const values = await askForValuesOf(input, name, settings, title);
    if (!values) return undefined;
    varied[name] = values;
  }
  const runs = sweepSettings(settings, varied).length;
  const seeds = await input.type({
    title,
    prompt: vscode.l10n.t('With how many seeds each? With one: {0}', runsText(run, runs)),
    value: '1',
    validateInput: (typed) => {
      const problem = countProblem(typed, mostSeeds) ?? tooManyRuns(runs * Number(typed));
      if (problem !== undefined) return problem;
      const message = runsText(run, runs * Number(typed));
      return { message, severity: vscode.InputBoxValidationSeverity.Info };
    },
  });
  if (seeds === undefined) return undefined;
  return { ...varied, ...(Number(seeds) > 1 && { seed: otherSeeds([], Number(seeds)) }) };
}

async function askForValuesOf(
  input: MultiStepInput,
  name: SettingName,
  settings: TrainingSettings,
  title: string,
): Promise<readonly unknown[] | undefined> {
  const text = await input.type({
    title,
    prompt: vscode.l10n.t('Values of {0}, parted by commas', name),
    value: String(settings[name]),
    validateInput: (typed) => {
      const parsed = parseValues(name, typed);
      return 'problem' in parsed ? parsed.problem : undefined;
    },
  });
  if (text === undefined) return undefined;
  const parsed = parseValues(name, text);
  return 'values' in parsed ? parsed.values : undefined;
}

/** How many runs that are, and how long they may take. */
function runsText({ seconds }: RunRecord, count: number): string {
  const runs =
    count === 1
      ? vscode.l10n.t('1 run is trained.')
      : vscode.l10n.t('{0} runs are trained, one after the other.', formatCount(count));
  const time =
    seconds > 0
      ? vscode.l10n.t('If each takes as long as the last one: {0}.', formatDuration(seconds * count))
      : '';
  return [runs, time, vscode.l10n.t('The model in use stays in use.')].filter(Boolean).join(' ');
}

async function begin(
  { training, sweeps }: SweepCommandServices,
  run: RunRecord,
  varied: VariedSettings,
): Promise<void> {
  if (!vscode.workspace.isTrusted) return void showNotTrusted();
  // A run that nobody asked for gives way.
  if (training.current?.session.isQuiet) await training.stop();
  if (training.busy || sweeps.goesOn)
    return void vscode.window.showInformationMessage(
      vscode.l10n.t('A run is going on: stop it first, or wait for its end.'),
    );
  await sweeps.start({
    id: randomUUID(),
    corpus: run.corpus,
    column: run.column,
    allowLeftOut: run.allowLeftOut === true,
    planned: sweepSettings(run.settings, varied),
    begun: [],
  });
}

async function resumeSweep({ training, sweeps }: SweepCommandServices): Promise<void> {
  if (!vscode.workspace.isTrusted) return void showNotTrusted();
  if (sweeps.left === 0)
    return void vscode.window.showInformationMessage(vscode.l10n.t('There is no sweep to go on with.'));
  if (training.current?.session.isQuiet) await training.stop();
  if (!training.busy) await sweeps.goOn();
}

async function tellEnd(runs: readonly RunRecord[]): Promise<void> {
  const best = bestRun(runs);
  const use = vscode.l10n.t('Use the Best');
  const show = vscode.l10n.t('Show Loss Panel');
  const text = sweptText(runs, vscode.l10n.t);
  const answer = await vscode.window.showInformationMessage(text, ...(best ? [use] : []), show);
  if (answer === use && best)
    await vscode.commands.executeCommand('rnnTagger.chooseModel', { model: runKey(best.id) });
  if (answer === show) await vscode.commands.executeCommand('rnnTagger.showLossPanel');
}

/** The run that an argument names: `{ run: ID }`, or an item of the view; else the last one that was asked for. */
function runMeant(runs: RunStore, argument: unknown): RunRecord | undefined {
  const id = idOf(argument);
  return id === undefined ? runs.runs.find((run) => !isByItself(run)) : runs.run(id);
}

function idOf(argument: unknown): string | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { run, entry } = argument as { readonly run?: unknown; readonly entry?: unknown };
  if (typeof run === 'string') return run;
  const { source } = (entry ?? {}) as { readonly source?: { readonly run?: { readonly id?: unknown } } };
  const id = source?.run?.id;
  return typeof id === 'string' ? id : undefined;
}

/** `{ count: 4 }`, from code. */
function countOf(argument: unknown): number | undefined {
  const { count } = (argument ?? {}) as { readonly count?: unknown };
  return typeof count === 'number' ? count : undefined;
}

/** `{ values: { hidden: [64, 128] } }`, from code. */
function valuesGiven(argument: unknown): VariedSettings | undefined {
  const { values } = (argument ?? {}) as { readonly values?: unknown };
  if (typeof values !== 'object' || values === null) return undefined;
  const entries = Object.entries(values as Record<string, unknown>).map(([name, given]) => {
    const known = [...variableSettings, 'seed' as const].find((other) => other === name);
    if (known === undefined || !Array.isArray(given))
      throw new InputError(vscode.l10n.t('rnnTagger.trainSweep cannot vary "{0}".', name));
    const parsed = parseValues(known, given.map(String).join(','));
    if ('problem' in parsed) throw new InputError(parsed.problem);
    return [known, parsed.values] as const;
  });
  return Object.fromEntries(entries) as VariedSettings;
}

function tooManyRuns(count: number): string | undefined {
  return count <= mostRuns
    ? undefined
    : vscode.l10n.t('That makes {0} runs: {1} is the most.', formatCount(count), formatCount(mostRuns));
}

function countProblem(text: string, most: number): string | undefined {
  const count = Number(text.trim() === '' ? NaN : text);
  return Number.isInteger(count) && count >= 1 && count <= most
    ? undefined
    : vscode.l10n.t('A whole number from 1 to {0}.', formatCount(most));
}

function sayThatThereIsNoRun(): void {
  const text = vscode.l10n.t('There is no run yet that others could be like.');
  const train = vscode.l10n.t('Train on Workspace');
  void vscode.window
    .showInformationMessage(text, train)
    .then((answer) => answer === train && vscode.commands.executeCommand('rnnTagger.train'));
}
