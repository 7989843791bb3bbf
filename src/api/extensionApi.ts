import * as vscode from 'vscode';
import type { LabelErrorProblems } from '../editor/labelErrors/labelErrorProblems';
import { ApiError, apiError } from './apiError';
import { labelDocument, labelText } from './labelling';
import type { LabellingServices } from './labelling';
import { plainCorpus, plainLabelError, plainRun, unknownVersionText } from './plainData';
import type { API, LabelErrors, RnnTaggerExtension } from './rnn-tagger';
import { train } from './training';
import type { TrainingServices } from './training';
import { orCancelled } from './waiting';

export interface ApiServices extends TrainingServices, LabellingServices {
  readonly corpora: TrainingServices['corpora'];
  readonly labelErrors: LabelErrorProblems;
  readonly ready: Promise<void>;
}

/** What other extensions may use. It adapts: all that it does, the extension does itself. */
export class ExtensionApi implements RnnTaggerExtension, vscode.Disposable {
  private readonly corporaChange = new vscode.EventEmitter<void>();
  private readonly runsChange = new vscode.EventEmitter<void>();
  private readonly labelErrorsChange = new vscode.EventEmitter<void>();
  private readonly ending = new vscode.CancellationTokenSource();
  private readonly listeners: vscode.Disposable[];
  private readonly version1: API;

  constructor(private readonly services: ApiServices) {
    const { corpora, runs, training, labelErrors } = services;
    this.listeners = [
      corpora.onDidChange(() => this.corporaChange.fire()),
      training.onDidChange(() => this.runsChange.fire()),
      runs.onDidChange(() => this.runsChange.fire()),
      labelErrors.onDidChange(() => this.labelErrorsChange.fire()),
    ];
    this.version1 = this.makeVersion1();
  }

  getAPI(version: number): API {
    if (version === 1) return this.version1;
    throw new ApiError('unknown-version', unknownVersionText(version, [1]));
  }

  dispose(): void {
    this.ending.cancel();
    vscode.Disposable.from(
      ...this.listeners,
      this.corporaChange,
      this.runsChange,
      this.labelErrorsChange,
      this.ending,
    ).dispose();
  }

  /** An object of functions: nothing of this class can be got at by it. */
  private makeVersion1(): API {
    const { services } = this;
    const labelErrors = (): LabelErrors | undefined => {
      const { column, all } = services.labelErrors;
      return column === undefined
        ? undefined
        : { column, findings: all.map(({ finding, range }) => plainLabelError(finding, range)) };
    };
    return Object.freeze<API>({
      version: 1,
      ready: services.ready,
      get corpora() {
        return services.corpora.corpora.map(plainCorpus);
      },
      onDidChangeCorpora: this.corporaChange.event,
      get runs() {
        return services.runs.runs.map(plainRun);
      },
      onDidChangeRuns: this.runsChange.event,
      train: (options, token) => this.whileThere(token, (own) => train(options, services, own)),
      labelDocument: (document, options, token) =>
        this.whileThere(token, (own) => labelDocument(document, options, services, own)),
      labelText: (text, options, token) =>
        this.whileThere(token, (own) => labelText(text, options, services, own)),
      get labelErrors() {
        return labelErrors();
      },
      onDidChangeLabelErrors: this.labelErrorsChange.event,
    });
  }

  /** Does something once all is known; whatever it waits for, it ends when the extension does. */
  private async whileThere<T>(
    token: vscode.CancellationToken | undefined,
    work: (token: vscode.CancellationToken | undefined) => Promise<T>,
  ): Promise<T> {
    const ending = this.ending.token;
    const gone = (): ApiError => new ApiError('disposed', vscode.l10n.t('RNN Tagger was deactivated.'));
    if (ending.isCancellationRequested) throw gone();
    const ready = orCancelled(this.services.ready, token);
    try {
      return await orCancelled(
        ready.then(() => work(token)),
        ending,
      );
    } catch (error) {
      throw ending.isCancellationRequested ? gone() : apiError(error, 'failed');
    }
  }
}
