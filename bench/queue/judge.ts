/** Trains on what an annotator has said by now, and asks what to look at next: the product's own engine and queue. */
import type { Disposable } from '../../src/common/events';
import { firstFrom } from '../../src/corpus/answers/annotatedText';
import { readCorpusFile } from '../../src/corpus/formats/read';
import { SentenceTexts } from '../../src/corpus/labels/labelFindings';
import type { LabelFinding } from '../../src/corpus/labels/labelFindings';
import { Queue } from '../../src/corpus/queue/queue';
import type { QueueItem } from '../../src/corpus/queue/queue';
import { queueNodes } from '../../src/editor/views/queueNodes';
import type { Engine, Tagger } from '../../src/engine/engine';
import { createNodeEngine } from '../../src/engine/node/nodeEngine';
import type { ModelInfo } from '../../src/engine/taggerProtocol';
import type { TrainingData } from '../../src/engine/trainerProtocol';
import { completeSettings } from '../../src/training/defaults';
import { mainScore } from '../../src/training/scores';
import { inProject } from '../../tools/paths.mjs';
import type { Annotator, Region } from './annotator';
import { labelsOfRows, rowsOf } from './simulatedCorpus';
import type { LabelledSentence } from './simulatedCorpus';

const placeOf = (sentence: string, occurrence: number): string => JSON.stringify([sentence, occurrence]);

const column = 'LABEL';
const key = 'model';

/** What is asked, at which words. */
export interface Question {
  readonly item: QueueItem;
  readonly places: readonly Region[];
}

/** Labels that may be wrong, all of the same word, and where they stand. */
export interface LabelQuestion {
  readonly findings: readonly LabelFinding[];
  readonly places: readonly Region[];
}

export interface Judgement {
  readonly questions: readonly Question[];
  /** Predicted labels of all training sentences. */
  readonly predicted: readonly (readonly string[])[];
}

export class Judge implements Disposable {
  private readonly engine: Engine;
  private readonly tagger: Tagger;
  private info: ModelInfo | undefined;

  /** @param threads the bits of the results do not depend on them. */
  constructor(
    private readonly development: readonly LabelledSentence[],
    private readonly seed: number,
    private readonly threads: number,
  ) {
    this.engine = createNodeEngine({ distFolder: inProject('dist'), threads });
    this.tagger = this.engine.createTagger();
  }

  dispose(): void {
    this.tagger.dispose();
  }

  /**
   * Trains with the defaults.
   * @returns the development score in percent.
   * @throws {Error} where the run failed or diverged.
   */
  async train(sentences: readonly LabelledSentence[]): Promise<number> {
    const file = (name: string, split: 'training' | 'development', content: string) => ({
      file: name,
      path: `corpus/${name}`,
      content,
      split,
    });
    const data: TrainingData = {
      corpus: 'bench',
      corpusName: 'bench',
      column,
      files: [
        file('train.conll', 'training', rowsOf(sentences)),
        file('dev.conll', 'development', rowsOf(this.development)),
      ],
      replaceInvalidBytes: false,
    };
    const { seed, threads } = this;
    const run = this.engine.train(data, completeSettings({ seed, device: 'simd', threads }));
    try {
      let bytes: Uint8Array<ArrayBuffer> | undefined;
      const score = await new Promise<number>((resolve, reject) => {
        run.onEvent((event) => {
          if (event.type === 'checkpoint' && event.best) ({ bytes } = event);
          else if (event.type === 'failed') reject(new Error(event.error.message));
          else if (event.type === 'ended') {
            if (event.reason === 'done' && event.development) resolve(100 * mainScore(event.development));
            else reject(new Error(event.message ?? `The run ended ${event.reason}.`));
          }
        });
      });
      if (!bytes) throw new Error('The run left no model.');
      this.info = await this.tagger.request({ type: 'load', key, bytes });
      return score;
    } finally {
      run.dispose();
    }
  }

  /**
   * Places at which models that have not seen them say otherwise, as **Find Label Errors** lists them in the queue:
   * each with the others of the same word and labels.
   *
   * @param kept findings that are not to be found again.
   */
  async labelErrors(
    sentences: readonly LabelledSentence[],
    kept: readonly LabelFinding[],
  ): Promise<LabelQuestion[]> {
    const content = rowsOf(sentences);
    const name = 'train.conll';
    const file = readCorpusFile(name, name, content);
    const texts = new SentenceTexts(file);
    const numbers = new Map(sentences.map((_, s) => [placeOf(texts.textOf(s), texts.occurrenceOf(s)), s]));
    const search = this.engine.findLabelErrors(
      {
        files: [{ file: name, path: `corpus/${name}`, content }],
        replaceInvalidBytes: false,
        column,
        device: 'simd',
        threads: this.threads,
        seed: this.seed,
        kept,
      },
      () => undefined,
    );
    const { findings } = await search.result;
    const asked = { corpus: 'bench', column, findings };
    return queueNodes([], asked, { skipped: [] }, {}).flatMap((node) =>
      node.kind === 'error'
        ? [
            {
              findings: node.findings,
              places: node.findings.map(({ sentence, occurrence, token }) => ({
                sentence: numbers.get(placeOf(sentence, occurrence))!,
                start: token,
                end: token + 1,
              })),
            },
          ]
        : [],
    );
  }

  /** What the last model would ask of the training sentences, what teaches most first. */
  async ask(words: readonly LabelledSentence[], { labels, kept }: Annotator): Promise<Judgement> {
    if (!this.info) throw new Error('Nothing was trained yet.');
    const { layout, scheme, labels: known } = this.info;
    const pieces = words.map((sentence, s) => rowsOf([{ words: sentence.words, labels: labels[s] }]));
    const text = pieces.join('');
    const input = { kind: 'rows', text, firstLine: 0, layout } as const;
    const labelled = await this.tagger.request({ type: 'label', key, input, file: 'train.conll' });
    const annotated = { layout, column, scheme, labels: known };
    const { doubts } = await this.tagger.request({ type: 'doubts', key, input, annotated });
    const queue = new Queue();
    queue.set('train.conll', { corpus: 'bench', column }, doubts);
    const starts: number[] = [];
    let length = 0;
    for (const piece of pieces) {
      starts.push(length);
      length += piece.length;
    }
    const questions = queue.items({ kept, skipped: [] }).map((item) => ({
      item,
      places: item.places.map(({ doubt: { target } }) => ({
        sentence: firstFrom(starts, target.start + 1) - 1,
        start: target.index,
        end: target.index + target.tokens,
      })),
    }));
    return { questions, predicted: labelsOfRows(labelled.text) };
  }
}
