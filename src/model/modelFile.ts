/**
 * Model files: safetensors with the parameters by their names (`parameterNames.ts`), and all else as JSON in
 * the metadata's strings. A checkpoint also holds the training state: under `state`, and as tensors with a
 * prefix before the parameter's name the parameters of the best epoch so far (`best.`), the weights where the
 * model's own are their average (`weights.`), and what the optimiser remembers (`moment1.`, `moment2.`); `h`:
 * the states carried through long sentences.
 */
import { InputError } from '../common/errors';
import * as l10n from '../common/l10n';
import { layOut } from '../corpus/features/lists';
import type { MatrixData, Shape } from '../kernels/kernels';
import { momentsOf } from '../kernels/update';
import { mostCrfLabels } from './labelLimits';
import { formatVersion, readMetadata, writeMetadata } from './modelMetadata';
import type { Metadata } from './modelMetadata';
import { parameterName } from './parameterNames';
import { areFinite, largestOf, mapParameters, parameterShapes, tablesOf, zipParameters } from './parameters';
import type { NetworkParameters, ParameterPlace } from './parameters';
import { readTensors, writeTensors } from './safetensors';
import type { Tensor } from './safetensors';
import { networkOf, sizesOf } from './settings/networkOf';
import type { TaggerModel } from './taggerModel';

/**
 * Weights that are learned are thousands at most. Products of larger ones than this leave float32, and sums of
 * scores lose all that tells labels apart.
 */
const largestWeight = 1e9;

/** A model, or a checkpoint where it has a state, as a file of its own memory. */
export function writeModel(model: TaggerModel): Uint8Array<ArrayBuffer> {
  const tensors = new Map<string, Tensor>();
  const shapes = shapesOf(model);
  const add = (before: string, parameters: NetworkParameters<MatrixData>): void =>
    addParameters(tensors, before, shapes, parameters);
  add('', model.parameters);
  const { state } = model;
  if (state?.best?.parameters) add(prefix.best, state.best.parameters);
  if (state?.weights) add(prefix.weights, state.weights);
  state?.moments?.forEach((moment, index) => add(prefix.moments[index], moment));
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
    throw new InputError(l10n.t('The file holds tensors, but is no model of RNN Tagger.'), {
      file,
      hint: l10n.t('Choose a file that RNN Tagger exported or saved.'),
    });
  }
  if (version > formatVersion) {
    throw new InputError(
      l10n.t(
        'The model is of format version {0}, and this version of RNN Tagger reads up to {1}.',
        version,
        formatVersion,
      ),
      {
        file,
        hint: l10n.t('Update RNN Tagger.'),
      },
    );
  }
  const fail = (what: string): never => {
    throw new InputError(l10n.t('The model file is damaged: {0}.', what), {
      file,
      hint: l10n.t('Export it again, or train anew.'),
    });
  };
  const facts = readMetadata(metadata, version, fail);
  checkLabels(facts, file);
  const shapes = shapesOf(facts);
  const take = (from: string): NetworkParameters<MatrixData> =>
    takeParameters(version === 1 ? renamed(tensors) : tensors, from, shapes, fail);
  const takeWeights = (from: string): NetworkParameters<MatrixData> => {
    const weights = take(from);
    return largestOf(weights) <= largestWeight
      ? weights
      : fail(l10n.t('a parameter is beyond ±{0}, so that there can be no probabilities', largestWeight));
  };
  const model = { ...facts, parameters: takeWeights('') };
  if (!facts.state) return model;
  const { best } = facts.state;
  const has = (from: string): boolean => [...tensors.keys()].some((name) => name.startsWith(from));
  const carried = tensors.get('h');
  const size = facts.settings.layers * facts.settings.hidden;
  if (carried && !(carried.values instanceof Float64Array && carried.values.length % size === 0))
    return fail(l10n.t('h is not of whole sentences'));
  const moments = prefix.moments.slice(0, momentsOf[facts.settings.optimizer]);
  return {
    ...model,
    state: {
      ...facts.state,
      ...(carried && { carried: carried.values as Float64Array<ArrayBuffer> }),
      ...(facts.settings.averaging && { weights: takeWeights(prefix.weights) }),
      ...(moments.length > 0 && { moments: moments.map(take) }),
      ...(best && { best: has(prefix.best) ? { ...best, parameters: takeWeights(prefix.best) } : best }),
    },
  };
}

/** @throws {InputError} for a CRF over more labels than can be worked with. */
function checkLabels({ settings, labels }: Metadata, file: string | undefined): void {
  if (settings.loss !== 'crf' || labels.length <= mostCrfLabels) return;
  const count = (n: number): string => n.toLocaleString('en');
  throw new InputError(
    l10n.t(
      'The model is a CRF over {0} labels, and with at most {1} it could be used.',
      count(labels.length),
      count(mostCrfLabels),
    ),
    { file, hint: l10n.t('Train anew with the loss softmax, which takes any number of labels.') },
  );
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

function shapesOf({
  settings,
  labels,
  features,
}: Pick<TaggerModel, 'settings' | 'labels' | 'features'>): NetworkParameters<Shape> {
  return parameterShapes(sizesOf(networkOf(settings, labels.length), layOut(features).rows));
}

/** A parameter as the file has it. */
interface FileTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** One-hot W is H×K in the file, though its columns are kept one after the other. */
  readonly byColumn: boolean;
}

function fileTensor({ rows, columns }: Shape, place: ParameterPlace, oneHot: boolean): FileTensor {
  const byColumn = oneHot && place.symbol === 'W' && place.layer === 1;
  const shape = byColumn ? [columns, rows] : rows === 1 ? [columns] : [rows, columns];
  return { name: parameterName(place), shape, byColumn };
}

/** The tables stand first. */
function addParameters(
  tensors: Map<string, Tensor>,
  before: string,
  shapes: NetworkParameters<Shape>,
  parameters: NetworkParameters<MatrixData>,
): void {
  const oneHot = shapes.table === undefined;
  const list: { readonly values: MatrixData; readonly file: FileTensor }[] = [];
  zipParameters(shapes, parameters, (shape, values, place) =>
    list.push({ values, file: fileTensor(shape, place, oneHot) }),
  );
  const tables = new Set(tablesOf(parameters));
  list.sort((a, b) => Number(tables.has(b.values)) - Number(tables.has(a.values)));
  for (const { values, file } of list) {
    const { name, shape, byColumn } = file;
    tensors.set(before + name, {
      shape,
      values: byColumn ? transposed(values, shape[1], shape[0]) : values,
    });
  }
}

function takeParameters(
  tensors: ReadonlyMap<string, Tensor>,
  before: string,
  shapes: NetworkParameters<Shape>,
  fail: (what: string) => never,
): NetworkParameters<MatrixData> {
  const oneHot = shapes.table === undefined;
  const parameters = mapParameters(shapes, (leaf, place): MatrixData => {
    const { name, shape, byColumn } = fileTensor(leaf, place, oneHot);
    const tensor = tensors.get(before + name);
    if (!tensor) return fail(l10n.t('{0}{1} is missing', before, name));
    if (tensor.shape.length !== shape.length || !shape.every((size, i) => size === tensor.shape[i])) {
      return fail(
        l10n.t('{0}{1} is {2}, and {3} is needed', before, name, tensor.shape.join('×'), shape.join('×')),
      );
    }
    return byColumn ? transposed(tensor.values, shape[0], shape[1]) : tensor.values;
  });
  return areFinite(parameters) ? parameters : fail(l10n.t('a parameter is not a finite number'));
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
