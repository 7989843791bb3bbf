import { InputError } from '../common/errors';
import * as l10n from '../common/l10n';
import type { Problem } from '../common/problem';
import { formsBySentence } from '../corpus/corpusFile';
import { layOut } from '../corpus/features/lists';
import { formatOf } from '../corpus/formats';
import { readCorpusFile } from '../corpus/formats/read';
import { withKey } from '../corpus/formats/rows/keyColumns';
import { writeTwoColumns } from '../corpus/formats/rows/twoColumns';
import { valuesForModel } from '../corpus/inputColumns';
import type { Device } from '../kernels/device';
import { readModel } from '../model/modelFile';
import { createPredictor } from '../model/predictor';
import type { Predictor } from '../model/predictor';
import type { TaggerModel } from '../model/taggerModel';
import { atAnnotations } from './annotationTokens';
import { bestLabels } from './bestLabels';
import { doubtsInPart } from './doubtsInPart';
import { inputSentences, partsOf, textSentences } from './inputSentences';
import type { ModelInfo, TaggedToken, TaggerRequest, TagInput } from './taggerProtocol';
import { unrollText } from './unrollText';

/** Labels text with the models it holds, wherever it runs. */
export class TaggerService {
  private readonly models = new Map<string, { readonly model: TaggerModel; readonly predictor: Predictor }>();

  private device: Promise<Device> | undefined;
  private isWarm = false;

  /** The device is opened when the first model comes. */
  constructor(private readonly openDevice: () => Promise<Device>) {}

  async handle(request: TaggerRequest): Promise<unknown> {
    switch (request.type) {
      case 'load':
        return this.load(request.key, request.bytes);
      case 'unload':
        this.models.get(request.key)?.predictor.dispose();
        this.models.delete(request.key);
        return undefined;
      case 'tag':
        return this.tag(request.key, request.input);
      case 'doubts': {
        const tokens = await this.tag(request.key, request.input);
        return doubtsInPart(request.input, request.annotated, tokens, this.held(request.key).model.scheme);
      }
      case 'label':
        return this.label(request.key, request.input, request.file);
      case 'unroll': {
        const { model, predictor } = this.held(request.key);
        return unrollText(request, model, predictor);
      }
    }
  }

  private async load(key: string, bytes: Uint8Array): Promise<ModelInfo> {
    const model = readModel(bytes);
    this.device ??= this.openDevice();
    const predictor = createPredictor(await this.device, model);
    this.models.get(key)?.predictor.dispose();
    this.models.set(key, { model, predictor });
    if (!this.isWarm) {
      this.isWarm = true;
      // What the first text needs is compiled before it comes.
      await this.tag(key, { kind: 'text', text: 'A word.', firstLine: 0, firstColumn: 0, markdown: false });
    }
    return modelInfo(model);
  }

  private held(key: string): { readonly model: TaggerModel; readonly predictor: Predictor } {
    const held = this.models.get(key);
    if (!held)
      throw new InputError(l10n.t('That model is not loaded any more.'), {
        hint: l10n.t('Choose a model again.'),
      });
    return held;
  }

  private async tag(key: string, input: TagInput): Promise<TaggedToken[]> {
    const { model, predictor } = this.held(key);
    const { sentences, columns } = inputSentences(input, model, predictor.columns);
    const predictions = await predictor.predict(
      sentences.map((sentence) => sentence.map((token) => token.form)),
      columns,
    );
    const tokens = sentences.flatMap((sentence, s) =>
      sentence.map(({ line, startColumn, endColumn, gold, labelColumn }, t) => {
        const best = bestLabels(predictions[s], t, model.labels);
        const label = model.labels[predictions[s].labels[t]];
        const probability = predictions[s].probabilities[t * model.labels.length + predictions[s].labels[t]];
        const around = predictions[s].spans.find((span) => span.start <= t && t < span.end);
        const span = around && {
          type: around.type,
          tokens: around.end - around.start,
          probability: around.probability,
        };
        return {
          line,
          startColumn,
          endColumn,
          sentence: s,
          label,
          probability,
          best,
          ...(span && { span }),
          gold,
          labelColumn,
        };
      }),
    );
    return input.kind === 'rows' && input.annotated !== undefined
      ? atAnnotations(tokens, input.annotated, input.text, input.firstLine)
      : tokens;
  }

  private async label(
    key: string,
    input: TagInput,
    file: string,
  ): Promise<{ text: string; problems: readonly Problem[] }> {
    const { model, predictor } = this.held(key);
    if (input.kind === 'text') {
      const sentences = textSentences(input, model);
      const ids = await predictor.labels(sentences.map((sentence) => sentence.map((token) => token.form)));
      const labelled = sentences.map((sentence, s) =>
        sentence.map(({ form }, t) => ({ form, label: model.labels[ids[s][t]] })),
      );
      return { text: writeTwoColumns(labelled), problems: [] };
    }
    const { text, companion } = partsOf(input, file);
    const parsed = readCorpusFile(file, file, text, withKey(input.layout, model.column), companion);
    const ids = await predictor.labels(
      formsBySentence(parsed),
      valuesForModel(parsed, model, predictor.columns),
    );
    const labels = ids.flatMap((numbers) => Array.from(numbers, (id) => model.labels[id]));
    const labelled = formatOf(parsed.layout).writeLabels(text, parsed, model.column, labels, companion);
    return { text: labelled, problems: parsed.problems };
  }
}

function modelInfo(model: TaggerModel): ModelInfo {
  const { corpus, corpusName, column, labels, scheme, layout, settings, features, development, created } =
    model;
  return {
    corpus,
    corpusName,
    column,
    labels,
    scheme,
    layout,
    settings,
    features: layOut(features).rows,
    development,
    created,
  };
}
