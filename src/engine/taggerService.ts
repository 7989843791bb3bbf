import { InputError } from '../common/errors';
import type { Problem } from '../common/problem';
import { formsBySentence, keptAt, columnAt } from '../corpus/corpusFile';
import { layOut } from '../corpus/features/lists';
import { formatOf } from '../corpus/formats';
import type { Companion } from '../corpus/formats/format';
import { readCorpusFile } from '../corpus/formats/read';
import { withKey } from '../corpus/formats/rows/keyColumns';
import { writeTwoColumns } from '../corpus/formats/rows/twoColumns';
import { valuesForModel } from '../corpus/inputColumns';
import { tokenizeText } from '../corpus/text/tokenize';
import type { Device } from '../kernels/device';
import { readModel } from '../model/modelFile';
import { createPredictor } from '../model/predictor';
import type { ColumnValues, Prediction, Predictor } from '../model/predictor';
import type { TaggerModel } from '../model/taggerModel';
import { atAnnotations } from './annotationTokens';
import { doubtsInPart } from './doubtsInPart';
import type { ModelInfo, TaggedToken, TaggerRequest, TagInput } from './taggerProtocol';

/** How many labels a hover lists. */
const bestCount = 5;

/** Labels text with the models it holds, wherever it runs. */
export class TaggerService {
  private readonly models = new Map<string, { readonly model: TaggerModel; readonly predictor: Predictor }>();

  private device: Promise<Device> | undefined;

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
    }
  }

  private async load(key: string, bytes: Uint8Array): Promise<ModelInfo> {
    const model = readModel(bytes);
    this.device ??= this.openDevice();
    const predictor = createPredictor(await this.device, model);
    this.models.get(key)?.predictor.dispose();
    this.models.set(key, { model, predictor });
    return modelInfo(model);
  }

  private held(key: string): { readonly model: TaggerModel; readonly predictor: Predictor } {
    const held = this.models.get(key);
    if (!held) throw new InputError('That model is not loaded any more.', { hint: 'Choose a model again.' });
    return held;
  }

  private async tag(key: string, input: TagInput): Promise<TaggedToken[]> {
    const { model, predictor } = this.held(key);
    const { sentences, columns } =
      input.kind === 'rows'
        ? rowSentences(input, model, predictor.columns)
        : { sentences: textSentences(input, model), columns: undefined };
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

interface Row {
  readonly form: string;
  readonly line: number;
  readonly startColumn: number;
  readonly endColumn: number;
  readonly gold?: string;
  readonly labelColumn?: number;
}

function textSentences(
  input: TagInput & { kind: 'text' },
  { characters, conventions }: Pick<TaggerModel, 'characters' | 'conventions'>,
): Row[][] {
  const { firstLine, firstColumn, markdown } = input;
  return tokenizeText(input.text, { firstLine, firstColumn, markdown, characters, conventions });
}

/** The text with the words, and its annotations where they stand in a file of their own. */
function partsOf(
  { text, annotated }: TagInput & { kind: 'rows' },
  file: string,
): { readonly text: string; readonly companion?: Companion } {
  return annotated === undefined ? { text } : { text: annotated, companion: { file, text } };
}

/**
 * The tokens of some rows of a corpus file, with the place of the word and the gold label; and what stands in
 * the columns of these names.
 */
function rowSentences(
  input: TagInput & { kind: 'rows' },
  model: TaggerModel,
  names: readonly string[],
): { sentences: Row[][]; columns: ColumnValues } {
  const { column } = model;
  const { layout } = input;
  const { text, companion } = partsOf(input, '');
  // The lines of another text are its own.
  const firstLine = companion ? 0 : input.firstLine;
  const parsed = readCorpusFile('', '', text, layout, companion);
  const forms = columnAt(parsed, layout.form);
  const gold = keptAt(parsed, layout.columns.indexOf(column));
  const labelEnds = formatOf(layout).labelEnds(text, parsed, column);
  const sentences: Row[][] = [];
  for (let s = 0; s < parsed.sentences; s++) {
    const sentence: Row[] = [];
    for (let t = parsed.sentenceStart[s]; t < parsed.sentenceStart[s + 1]; t++) {
      sentence.push({
        form: forms.values[forms.ids[t]],
        line: firstLine + parsed.line[t],
        startColumn: parsed.startColumn[t],
        endColumn: parsed.endColumn[t],
        gold: gold && gold.values[gold.ids[t]],
        labelColumn: labelEnds[t],
      });
    }
    sentences.push(sentence);
  }
  return { sentences, columns: valuesForModel(parsed, model, names) };
}

function bestLabels(
  { probabilities }: Prediction,
  t: number,
  labels: readonly string[],
): { label: string; probability: number }[] {
  const row = probabilities.subarray(t * labels.length, (t + 1) * labels.length);
  // Not sorted as a whole: there may be thousands of labels.
  const best: number[] = [];
  row.forEach((probability, label) => {
    if (best.length === bestCount && !(probability > row[best[bestCount - 1]])) return;
    let place = best.length;
    while (place > 0 && probability > row[best[place - 1]]) place--;
    best.splice(place, 0, label);
    if (best.length > bestCount) best.pop();
  });
  return best.map((label) => ({ label: labels[label], probability: row[label] }));
}
