/**
 * Model files: safetensors with the parameters by their names ({@link Parameters}), and all else as JSON in
 * the metadata's strings. A checkpoint also holds the training state: under `state`, and as tensors with a
 * prefix before the parameter's name the parameters of the best epoch so far (`best.`), the weights where the
 * model's own are their average (`weights.`), and what the optimiser remembers (`moment1.`, `moment2.`); `h`:
 * the states carried through long sentences.
 */
import { InputError } from '../common/errors';
import type { CorpusLayout, LabelScheme } from '../corpus/corpus';
import { layOut } from '../corpus/features/lists';
import type { FeatureLists } from '../corpus/features/lists';
import type { MatrixData } from '../kernels/kernels';
import type { Calibration } from './decoding/calibration';
import { formatVersion, readMetadata, writeMetadata } from './modelMetadata';
import { momentsOf } from './optimiser';
import { areFinite, parameterShapes, tablesOf } from './parameters';
import type { Parameters, Sizes } from './parameters';
import { readTensors, writeTensors } from './safetensors';
import type { Tensor } from './safetensors';
import type { LabelScores, Scores } from './scores';
import { networkOf, sizesOf } from './settings';
import type { TrainingSettings } from './settings';
import type { TrainingState } from './trainingState';

/** A tagger: the network's parameters, and all that it takes to use them and to know where they come from. */
export interface TaggerModel {
  readonly parameters: Parameters;
  readonly settings: TrainingSettings;
  readonly features: FeatureLists;
  /** By number. */
  readonly labels: readonly string[];
  readonly scheme: LabelScheme;
  /** How the corpus is written that it was trained on. */
  readonly layout: CorpusLayout;
  /** Tokens are single characters. */
  readonly characters: boolean;
  /** The {@link OutsideBias} that was the best on development data; 0 where there was none to fit it on. */
  readonly outsideBias: number;
  /** The corpus by its id and by its name, and the label column. */
  readonly corpus: string;
  readonly corpusName: string;
  readonly column: string;
  /** When training began, ISO 8601. */
  readonly created: string;
  /** Of these parameters. */
  readonly development?: Scores;
  /** How far its probabilities can be trusted, measured on development data once training is done. */
  readonly calibration?: Calibration;
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
  if (state?.best?.parameters) addParameters(tensors, prefix.best, state.best.parameters);
  if (state?.weights) addParameters(tensors, prefix.weights, state.weights);
  state?.moments?.forEach((moment, index) => addParameters(tensors, prefix.moments[index], moment));
  if (state?.carried) tensors.set('h', { shape: [state.carried.length], values: state.carried });
  return writeTensors({ tensors, metadata: writeMetadata(model) });
}

/**
 * @throws {InputError} for a file that is damaged, is no model of this extension, or comes from a newer
 * version of it.
 */
export function readModel(bytes: Uint8Array, file?: string): TaggerModel {
  const { tensors, metadata } = readTensors(bytes, file);
  const version = Number(metadata.get('format_version'));
  if (metadata.get('application') !== 'RNN Tagger' || !Number.isInteger(version)) {
    throw new InputError('The file holds tensors, but is no model of RNN Tagger.', {
      file,
      hint: 'Choose a file that RNN Tagger exported or saved.',
    });
  }
  if (version > formatVersion) {
    throw new InputError(
      `The model is of format version ${version}, and this version of RNN Tagger reads up to ${formatVersion}.`,
      {
        file,
        hint: 'Update RNN Tagger.',
      },
    );
  }
  const fail = (what: string): never => {
    throw new InputError(`The model file is damaged: ${what}.`, {
      file,
      hint: 'Export it again, or train anew.',
    });
  };
  const facts = readMetadata(metadata, version, fail);
  const sizes = sizesOf(networkOf(facts.settings, facts.labels.length), layOut(facts.features).rows);
  const take = (from: string): Parameters =>
    takeParameters(version === 1 ? renamed(tensors) : tensors, from, sizes, fail);
  const model = { ...facts, parameters: take('') };
  if (!facts.state) return model;
  const { best } = facts.state;
  const has = (from: string): boolean => [...tensors.keys()].some((name) => name.startsWith(from));
  const carried = tensors.get('h');
  const size = facts.settings.layers * facts.settings.hidden;
  if (carried && !(carried.values instanceof Float64Array && carried.values.length % size === 0))
    return fail('h is not of whole sentences');
  const moments = prefix.moments.slice(0, momentsOf[facts.settings.optimizer]);
  return {
    ...model,
    state: {
      ...facts.state,
      ...(carried && { carried: carried.values as Float64Array<ArrayBuffer> }),
      ...(facts.settings.averaging && { weights: take(prefix.weights) }),
      ...(moments.length > 0 && { moments: moments.map(take) }),
      ...(best && { best: has(prefix.best) ? { ...best, parameters: take(prefix.best) } : best }),
    },
  };
}

const prefix = { best: 'best.', weights: 'weights.', moments: ['moment1.', 'moment2.'] } as const;

/** The names of version 1's parameters, by those of today. */
const namesOfVersion1 = { U: 'U1>', V: 'V>', W: 'W1>', b: 'b1>', c: 'c' } as const;

function renamed(tensors: ReadonlyMap<string, Tensor>): ReadonlyMap<string, Tensor> {
  const pairs = ['', prefix.best].flatMap((before) =>
    Object.entries(namesOfVersion1).map(([old, name]) => [before + old, before + name] as const),
  );
  return new Map(pairs.flatMap(([old, name]) => (tensors.has(old) ? [[name, tensors.get(old)!]] : [])));
}

/** Vectors have one dimension; one-hot W is H×K, though its columns are kept one after the other. */
function fileShape(
  name: string,
  sizes: Sizes,
): { readonly shape: readonly number[]; readonly byColumn: boolean } {
  const { rows, columns } = parameterShapes(sizes)[name];
  const byColumn = sizes.E === 0 && tablesOf(sizes).some((table) => table.name === name);
  return { shape: byColumn ? [columns, rows] : rows === 1 ? [columns] : [rows, columns], byColumn };
}

function addParameters(tensors: Map<string, Tensor>, before: string, { sizes, values }: Parameters): void {
  for (const name of Object.keys(values)) {
    const { shape, byColumn } = fileShape(name, sizes);
    tensors.set(before + name, {
      shape,
      values: byColumn ? transposed(values[name], shape[1], shape[0]) : values[name],
    });
  }
}

function takeParameters(
  tensors: ReadonlyMap<string, Tensor>,
  before: string,
  sizes: Sizes,
  fail: (what: string) => never,
): Parameters {
  const values: Record<string, MatrixData> = {};
  for (const name of Object.keys(parameterShapes(sizes))) {
    const tensor = tensors.get(before + name);
    const { shape, byColumn } = fileShape(name, sizes);
    if (!tensor) return fail(`${before}${name} is missing`);
    if (tensor.shape.length !== shape.length || !shape.every((size, i) => size === tensor.shape[i])) {
      return fail(`${before}${name} is ${tensor.shape.join('×')}, and ${shape.join('×')} is needed`);
    }
    values[name] = byColumn ? transposed(tensor.values, shape[0], shape[1]) : tensor.values;
  }
  const parameters = { sizes, values };
  return areFinite(parameters) ? parameters : fail('a parameter is not a finite number');
}

/** The transpose of a matrix of `rows` × `columns`, in blocks that stay in the processor's cache. */
function transposed(values: MatrixData, rows: number, columns: number): MatrixData {
  const result =
    values instanceof Float64Array ? new Float64Array(values.length) : new Float32Array(values.length);
  const block = 32;
  for (let i0 = 0; i0 < rows; i0 += block) {
    for (let j0 = 0; j0 < columns; j0 += block) {
      for (let i = i0; i < Math.min(i0 + block, rows); i++) {
        for (let j = j0; j < Math.min(j0 + block, columns); j++)
          result[j * rows + i] = values[i * columns + j];
      }
    }
  }
  return result;
}
