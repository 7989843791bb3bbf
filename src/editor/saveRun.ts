import * as vscode from 'vscode';
import { InputError, messageOf } from '../common/errors';
import { shownName, withoutLinks } from '../common/shownText';
import type { LossPanel } from '../panel/lossPanel';
import { isRunsOver } from '../panel/messages';
import type { RunOver } from '../panel/protocol';
import type { RunRecord } from '../record/runRecord';
import { runTitle } from '../record/runTitle';
import { formatOf, pictureOf, reportText } from '../report/formats';
import type { ReportedRun } from '../report/reportedRun';
import { runCharts, smoothing } from '../report/runCharts';
import type { ReportedOver } from '../report/runsOver';
import { runCurves } from '../run/runCurves';
import { catalogueEntry } from '../workspace/modelCatalogue';
import type { RunStore } from '../workspace/runStore';
import { writeWholeFile } from '../workspace/wholeFile';
import { fileStem, modelPickText } from './modelPicks';

/** What the command takes from key bindings, tasks and tests; what is missing is asked for. */
interface SaveArguments {
  /** A run's ID. */
  readonly run?: string;
  readonly file?: vscode.Uri;
  /** Of a picture, the chart that it shows; `all`: all of them. */
  readonly chart?: string;
  /** Of a picture, the runs that are drawn over it, as they are in the loss panel. */
  readonly over?: readonly RunOver[];
}

/** **Save Run…**: a run as a page, a table or a picture, by the file's ending. */
export class SaveRunCommand {
  constructor(
    private readonly runs: RunStore,
    private readonly panel: Pick<LossPanel, 'paint'>,
  ) {}

  /** @throws {InputError} where there is no such run, or no such format. */
  async run(argument: unknown): Promise<void> {
    const asked = parseArguments(argument);
    const record = asked.run === undefined ? await this.pick() : this.runs.run(asked.run);
    if (!record) {
      if (asked.run === undefined) return;
      throw new InputError(vscode.l10n.t('There is no run "{0}".', shownName(asked.run)));
    }
    const file = asked.file ?? (await askFile(record));
    if (!file) return;
    const bytes = await this.bytesFor(record.id, file, asked);
    if (!bytes) return;
    try {
      await writeWholeFile(file, bytes);
    } catch (error) {
      throw new InputError(vscode.l10n.t('{0} was not saved: {1}', runTitle(record), messageOf(error)));
    }
    vscode.window.setStatusBarMessage(
      vscode.l10n.t('RNN Tagger: saved to {0}', vscode.workspace.asRelativePath(file)),
      10_000,
    );
  }

  /** The newest run where there is no other, else the one that is picked. */
  private async pick(): Promise<RunRecord | undefined> {
    const { runs } = this.runs;
    if (runs.length === 0)
      void vscode.window.showInformationMessage(
        vscode.l10n.t('There is nothing to save: this workspace has no run.'),
      );
    if (runs.length < 2) return runs.at(0);
    const items = runs.map((record) => ({
      ...modelPickText(catalogueEntry(record), false, vscode.l10n.t, vscode.env.language),
      record,
    }));
    const picked = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t('Save Run'),
      matchOnDescription: true,
      matchOnDetail: true,
    });
    return picked?.record;
  }

  /** What the file is to hold; undefined where a person does not say which chart. */
  private async bytesFor(
    id: string,
    file: vscode.Uri,
    { chart: asked, over = [] }: SaveArguments,
  ): Promise<Uint8Array | undefined> {
    const format = formatOf(file.path);
    if (!format)
      throw new InputError(
        vscode.l10n.t('The ending of the file says what a run is saved as: {0}.', endings.join(', ')),
      );
    const state = await this.runs.readState(id);
    const record = this.runs.run(id);
    if (!record) throw new InputError(vscode.l10n.t('There is no run "{0}".', id));
    const run: ReportedRun = { record, state };
    const isPicture = format === 'svg' || format === 'png';
    const chart = isPicture ? (asked ?? (await pickChart(run))) : undefined;
    if (isPicture && chart === undefined) return undefined;
    const one = chart === allCharts ? undefined : chart;
    const shown: ReportedRun = isPicture ? { ...run, over: await this.readOver(over) } : run;
    if (format === 'png') return this.panel.paint(pictureOf(shown, one));
    const text = reportText(shown, format, { language: vscode.env.language, chart: one });
    return new TextEncoder().encode(text);
  }

  /** One that was deleted meanwhile is left out. */
  private async readOver(over: readonly RunOver[]): Promise<ReportedOver[]> {
    const found: ReportedOver[] = [];
    for (const { run: id, place, color } of over) {
      const record = this.runs.run(id);
      if (!record) continue;
      const curves = runCurves(id, await this.runs.readState(id), smoothing);
      found.push({ name: runTitle(record), look: { place, color }, curves });
    }
    return found;
  }
}

const allCharts = 'all';
const endings = ['.html', '.csv', '.json', '.md', '.svg', '.png'];

async function askFile(record: RunRecord): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.at(0)?.uri;
  const name = `${fileStem(record) || 'run'}.html`;
  return vscode.window.showSaveDialog({
    defaultUri: folder ? vscode.Uri.joinPath(folder, name) : undefined,
    filters: {
      [vscode.l10n.t('Report (HTML)')]: ['html'],
      [vscode.l10n.t('History (CSV)')]: ['csv'],
      [vscode.l10n.t('History (JSON)')]: ['json'],
      [vscode.l10n.t('Tables (Markdown)')]: ['md'],
      [vscode.l10n.t('Charts (SVG)')]: ['svg'],
      [vscode.l10n.t('Charts (PNG)')]: ['png'],
    },
    title: vscode.l10n.t('Save Run'),
  });
}

/** Which of several charts a picture is to show. */
async function pickChart({ state }: ReportedRun): Promise<string | undefined> {
  const charts = runCharts(state);
  if (charts.length === 0) throw new InputError(vscode.l10n.t('There is nothing to draw of this run yet.'));
  if (charts.length === 1) return charts[0].id;
  const items = [
    { label: vscode.l10n.t('All charts, one below the other'), id: allCharts },
    ...charts.map(({ id, title, unit }) => ({ label: title, description: unit, id })),
  ];
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Save Run') });
  return picked?.id;
}

function parseArguments(argument: unknown): SaveArguments {
  if (argument === undefined || argument === null) return {};
  const { run, file, chart, over } =
    typeof argument === 'object' ? (argument as Record<string, unknown>) : {};
  const isText = (value: unknown): value is string | undefined =>
    value === undefined || typeof value === 'string';
  if (typeof argument !== 'object' || !isText(run) || !isText(chart))
    throw new InputError(
      withoutLinks(
        vscode.l10n.t(
          '{0} takes an object, such as {1}.',
          'rnnTagger.saveRun',
          '{ "file": "file:///runs/upos.html" }',
        ),
      ),
    );
  if (file !== undefined && typeof file !== 'string' && !(file instanceof vscode.Uri))
    throw new InputError(vscode.l10n.t('{0}: file must be a URI.', 'rnnTagger.saveRun'));
  if (over !== undefined && !isRunsOver(over))
    throw new InputError(vscode.l10n.t('{0}: over must be runs with place and color.', 'rnnTagger.saveRun'));
  return { run, chart, over, file: typeof file === 'string' ? vscode.Uri.parse(file, true) : file };
}
