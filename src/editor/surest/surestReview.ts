import * as vscode from 'vscode';
import { messageOf } from '../../common/errors';
import { withoutLinks } from '../../common/shownText';
import type { Corpus } from '../../corpus/corpus';
import type { QueuePlace } from '../../corpus/queue/queue';
import { runTitle } from '../../record/runTitle';
import { runKey } from '../../workspace/modelCatalogue';
import type { ModelEntry } from '../../workspace/modelCatalogue';
import type { WorkspaceModels } from '../../workspace/modelLibrary';
import type { LoadedModel } from '../../workspace/services';
import { refuse } from '../answers/giveAnswer';
import type { ReviewMode } from '../answers/reviewMode';
import { offerModel } from '../labels/offerModel';
import { withoutLinksIn } from '../translate';
import { QueueMemory } from '../views/queueMemory';
import { countAgain } from './countAgain';
import { countDisagreements } from './countDisagreements';
import type { CountServices, Disagreements } from './countDisagreements';
import { countText, nextText } from './surestText';

export interface SurestServices extends CountServices {
  readonly models: WorkspaceModels;
  readonly review: Pick<ReviewMode, 'review'>;
  readonly workspaceState: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
  /** Resolves once the runs and models of earlier sessions are known. */
  readonly loaded: Promise<void>;
}

/** What was counted, and of what. */
interface Counted {
  readonly model: LoadedModel;
  readonly corpus: Corpus;
  readonly result: Disagreements;
  /** A file of the corpus has changed since. */
  isOld: boolean;
}

type Outcome = Counted | 'no corpus' | 'cancelled' | 'changed';

/**
 * Where a model disagrees with text that it was not trained on: how often, and the review of the places of which it
 * is surest. The command **Review Surest Disagreements**; takes `{ run }`, a run's id, or nothing.
 */
export class SurestDisagreements implements vscode.Disposable {
  private readonly change = new vscode.EventEmitter<string>();
  private readonly disposables: vscode.Disposable;
  private last: Counted | undefined;
  private counting: { readonly key: string; readonly done: Promise<Outcome> } | undefined;
  /** Places that were kept as they are, of the model that was reviewed last. */
  private readonly keptHere = new Set<string>();
  private keptOf = '';

  /** Fires with a model's key where its disagreements were counted. */
  readonly onDidCount = this.change.event;

  constructor(private readonly services: SurestServices) {
    this.disposables = vscode.Disposable.from(
      this.change,
      services.corpora.onDidChangeFile((uri) => {
        const { last } = this;
        if (last?.corpus.files.some(({ file }) => file === uri.toString())) last.isOld = true;
      }),
      vscode.commands.registerCommand('rnnTagger.reviewSurestDisagreements', async (given?: unknown) => {
        await services.loaded;
        try {
          return await this.reviewSurest(runOf(given));
        } catch (error) {
          throw withoutLinksIn(error);
        }
      }),
    );
  }

  dispose(): void {
    this.disposables.dispose();
  }

  /** What is known of a model without counting. */
  known(key: string): Disagreements | undefined {
    return this.last?.model.key === key ? this.last.result : undefined;
  }

  /**
   * Counts the disagreements of a model.
   *
   * @param location of its progress: in a notification it can be cancelled.
   * @returns undefined where it was cancelled, or the corpus changed meanwhile or is not there.
   * @throws where the model or the corpus cannot be read: the log has it.
   */
  async count(key: string, location: vscode.ProgressLocation): Promise<Disagreements | undefined> {
    const counted = await this.counted(key, location);
    return typeof counted === 'string' ? undefined : counted.result;
  }

  private async counted(key: string, location: vscode.ProgressLocation): Promise<Outcome> {
    const { models, corpora, log } = this.services;
    const entry = models.entries.find((other) => other.key === key);
    const corpus = entry && this.corpusOf(entry);
    if (!entry || !corpus) return 'no corpus';
    // Reading that a person has stopped is not taken up again.
    if (corpora.progress?.isStopped !== true) await corpora.whenRead();
    const model = await models.loadModel(key);
    const { last, counting } = this;
    const isLast = last?.model.key === key && last.model.revision === model.revision;
    if (isLast && !last.isOld && last.corpus.id === corpus.id) return last;
    if (counting?.key === key) return counting.done;
    const done = this.countAnew(entry, model, this.corpusOf(entry) ?? corpus, location).catch(
      (error: unknown) => {
        log.error(`The disagreements of ${runTitle(entry)} could not be counted: ${messageOf(error)}`);
        throw error;
      },
    );
    const own = { key, done };
    this.counting = own;
    try {
      return await done;
    } finally {
      if (this.counting === own) this.counting = undefined;
    }
  }

  private async countAnew(
    entry: ModelEntry,
    model: LoadedModel,
    corpus: Corpus,
    location: vscode.ProgressLocation,
  ): Promise<Outcome> {
    const { corpora, workspaceState } = this.services;
    const whose = JSON.stringify([model.key, model.revision]);
    if (this.keptOf !== whose) this.keptHere.clear();
    this.keptOf = whose;
    let current = corpus;
    const result = await vscode.window.withProgress(
      {
        location,
        title: withoutLinks(vscode.l10n.t('RNN Tagger: looking for disagreements of {0}', runTitle(entry))),
        cancellable: true,
      },
      (progress, cancelled) =>
        countAgain(
          (attempt) =>
            countDisagreements(
              model,
              current,
              this.services,
              new QueueMemory(workspaceState).kept,
              (place) => this.keptHere.has(placeKey(place)),
              {
                cancelled,
                done: (share) => {
                  // One that begins again keeps the bar where it is.
                  if (attempt === 1) progress.report({ increment: 100 * share });
                },
              },
            ),
          async () => {
            await corpora.whenRead();
            current = this.corpusOf(entry) ?? current;
          },
        ),
    );
    if (typeof result === 'string') return result;
    const counted = { model, corpus: current, result, isOld: false };
    this.last = counted;
    this.change.fire(model.key);
    return counted;
  }

  /** The corpus that a model has learned, else that of the active editor where it labels that. */
  private corpusOf({ key, corpus, column }: ModelEntry): Corpus | undefined {
    const { corpora, models } = this.services;
    const own = corpora.corpora.find(({ id }) => id === corpus);
    const active = vscode.window.activeTextEditor?.document;
    const shown = active && models.entryFor(active)?.key === key ? corpora.corpusOf(active.uri) : undefined;
    return [own, shown].find((other) => other?.columns.some(({ name }) => name === column));
  }

  /** @returns whether a review has begun. */
  private async reviewSurest(run: string | undefined): Promise<boolean> {
    const { models, review } = this.services;
    const entry =
      run === undefined
        ? models.entryFor(vscode.window.activeTextEditor?.document)
        : models.entries.find(({ key }) => key === runKey(run));
    if (!entry) {
      void offerModel();
      return false;
    }
    const counted = await this.counted(entry.key, vscode.ProgressLocation.Notification);
    if (counted === 'no corpus')
      return refuse(
        vscode.l10n.t(
          'The corpus that {0} has learned is not in this workspace, so there is nothing to review. Open a file of a corpus and choose a model of it.',
          runTitle(entry),
        ),
      );
    if (counted === 'changed')
      return refuse(
        vscode.l10n.t('The corpus was changed while it was looked through, so nothing is shown. Try again.'),
      );
    if (counted === 'cancelled') return false;
    const { places } = counted.result;
    if (places.length === 0) {
      const text = [countText(counted.result, vscode.l10n.t), nextText(counted.result, vscode.l10n.t)];
      void vscode.window.showInformationMessage(text.join(' '));
      return false;
    }
    return review.review(places.map(itemOf), places[0].column, {
      kept: (index, isKept) => {
        // Before it is counted again, the same ones would come first.
        counted.isOld = true;
        const key = placeKey(places[index]);
        if (isKept) this.keptHere.add(key);
        else this.keptHere.delete(key);
      },
    });
  }
}

/** A place of the queue as a review goes through it. */
function itemOf({ file, doubt }: QueuePlace): Parameters<ReviewMode['review']>[0][number] {
  const { target, gold, predicted, uncertainty } = doubt;
  return { file, target, gold, predicted, confidence: 1 - uncertainty };
}

/** The same for a place as long as its sentence and the labels there are the same. */
function placeKey({ file, key, doubt: { target } }: QueuePlace): string {
  return JSON.stringify([file, key, target.sentence, target.index]);
}

function runOf(given: unknown): string | undefined {
  if (typeof given !== 'object' || given === null || !('run' in given)) return undefined;
  return typeof given.run === 'string' ? given.run : undefined;
}
