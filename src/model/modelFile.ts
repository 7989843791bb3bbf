/**
 * Model files: safetensors with the parameters by their symbols, U [H,H], V [L,H], W [H,K], b [H], c [L], and all else as
 * JSON in the metadata's strings. A checkpoint also holds the training state: under `state`, and as the tensors `h` (the
 * state carried through a long sentence) and `best.U`, … (the parameters of the best epoch so far).
 */
import { InputError } from '../common/problem';
import type { CorpusFormat, LabelScheme } from '../corpus/corpus';
import { Vocabulary } from '../corpus/vocabulary';
import type { MatrixData } from '../kernels/kernels';
import { formatVersion, readMetadata, writeMetadata } from './modelMetadata';
import { areFinite, parameterNames } from './parameters';
import type { ParameterName, Parameters, Sizes } from './parameters';
import { readTensors, writeTensors } from './safetensors';
import type { Tensor } from './safetensors';
import type { LabelScores, Scores } from './scores';
import type { TrainingSettings } from './settings';
import type { TrainingState } from './trainingState';

/** A tagger: the network's parameters, and all that it takes to use them and to know where they come from. */
export interface TaggerModel {
  readonly parameters: Parameters;
  readonly settings: TrainingSettings;
  readonly vocabulary: Vocabulary;
  /** By number. */
  readonly labels: readonly string[];
  readonly scheme: LabelScheme;
  /** How the corpus is written that it was trained on. */
  readonly format: CorpusFormat;
  /** Tokens are single characters. */
  readonly characters: boolean;
  /** The corpus by its id and by its name, and the label column. */
  readonly corpus: string;
  readonly corpusName: string;
  readonly column: string;
  /** When training began, ISO 8601. */
  readonly created: string;
  /** Of these parameters. */
  readonly development?: Scores;
  /** The same label by label, once training is done. */
  readonly developmentLabels?: readonly LabelScores[];
  /** Checkpoints only: where training stands. */
  readonly state?: TrainingState;
}

/** A model, or a checkpoint where it has a state, as a file of its own memory. */
export function writeModel(model: TaggerModel): Uint8Array<ArrayBuffer> {
  const tensors = new Map<string, Tensor>();
  addParameters(tensors, '', model.parameters);
  const { state } = model;
  if (state?.best?.parameters) addParameters(tensors, bestPrefix, state.best.parameters);
  if (state?.carried) tensors.set('h', { shape: [state.carried.length / model.parameters.H, model.parameters.H], values: state.carried });
  return writeTensors({ tensors, metadata: writeMetadata(model) });
}

/** @throws {InputError} for a file that is damaged, is no model of this extension, or comes from a newer version of it. */
export function readModel(bytes: Uint8Array, file?: string): TaggerModel {
  const { tensors, metadata } = readTensors(bytes, file);
  const version = Number(metadata.get('format_version'));
  if (metadata.get('application') !== 'RNN Tagger' || !Number.isInteger(version)) {
    throw new InputError('The file holds tensors, but is no model of RNN Tagger.', { file, hint: 'Choose a file that RNN Tagger exported or saved.' });
  }
  if (version > formatVersion) {
    throw new InputError(`The model is of format version ${version}, and this version of RNN Tagger reads up to ${formatVersion}.`, {
      file,
      hint: 'Update RNN Tagger.',
    });
  }
  const fail = (what: string): never => {
    throw new InputError(`The model file is damaged: ${what}.`, { file, hint: 'Export it again, or train anew.' });
  };
  const facts = readMetadata(metadata, fail);
  const sizes = { K: facts.vocabulary.length, H: facts.settings.hidden, L: facts.labels.length };
  const parameters = takeParameters(tensors, '', sizes, fail);
  const model = { ...facts, parameters, vocabulary: new Vocabulary(facts.vocabulary) };
  if (!facts.state) return model;
  const { best } = facts.state;
  const carried = tensors.get('h');
  if (carried && !(carried.values instanceof Float64Array && carried.shape.length === 2 && carried.shape[1] === sizes.H)) return fail('h is not B×H');
  return {
    ...model,
    state: {
      ...facts.state,
      ...(carried && { carried: carried.values as Float64Array<ArrayBuffer> }),
      ...(best && { best: tensors.has(`${bestPrefix}U`) ? { ...best, parameters: takeParameters(tensors, bestPrefix, sizes, fail) } : best }),
    },
  };
}

const bestPrefix = 'best.';

function shapeOf(name: ParameterName, { K, H, L }: Sizes): number[] {
  return { U: [H, H], V: [L, H], W: [H, K], b: [H], c: [L] }[name];
}

function addParameters(tensors: Map<string, Tensor>, prefix: string, parameters: Parameters): void {
  const { K, H } = parameters;
  for (const name of parameterNames) {
    const values = name === 'W' ? transposed(parameters.W, K, H) : parameters[name];
    tensors.set(prefix + name, { shape: shapeOf(name, parameters), values });
  }
}

function takeParameters(tensors: ReadonlyMap<string, Tensor>, prefix: string, sizes: Sizes, fail: (what: string) => never): Parameters {
  const values = {} as Record<ParameterName, MatrixData>;
  for (const name of parameterNames) {
    const tensor = tensors.get(prefix + name);
    const shape = shapeOf(name, sizes);
    if (!tensor) return fail(`${prefix}${name} is missing`);
    if (tensor.shape.length !== shape.length || !shape.every((size, i) => size === tensor.shape[i])) {
      return fail(`${prefix}${name} is ${tensor.shape.join('×')}, and ${shape.join('×')} is needed`);
    }
    values[name] = name === 'W' ? transposed(tensor.values, sizes.H, sizes.K) : tensor.values;
  }
  const parameters = { ...sizes, ...values };
  return areFinite(parameters) ? parameters : fail('a parameter is not a finite number');
}

/** The transpose of a matrix of `rows` × `columns`, in blocks that stay in the processor's cache. */
function transposed(values: MatrixData, rows: number, columns: number): MatrixData {
  const result = values instanceof Float64Array ? new Float64Array(values.length) : new Float32Array(values.length);
  const block = 32;
  for (let i0 = 0; i0 < rows; i0 += block) {
    for (let j0 = 0; j0 < columns; j0 += block) {
      for (let i = i0; i < Math.min(i0 + block, rows); i++) {
        for (let j = j0; j < Math.min(j0 + block, columns); j++) result[j * rows + i] = values[i * columns + j];
      }
    }
  }
  return result;
}
