/** What a model file says in its metadata's strings, written and checked: the file may come from anywhere. */
import * as l10n from '../common/l10n';
import { parseShallowJson } from '../common/shallowJson';
import type { LabelScheme } from '../corpus/corpus';
import { oneHotTemplates } from '../corpus/features/lists';
import type { FeatureLists } from '../corpus/features/lists';
import { readFeatureLists } from '../corpus/features/readLists';
import { parseLayout } from '../corpus/formats/layout';
import { labelSchemes } from '../corpus/labels/notation';
import { conventionsVersion, parseConventions } from '../corpus/text/conventions';
import type { Calibration } from './decoding/calibration';
import { mostLabels } from './labelLimits';
import { isObject } from './safetensors';
import type { LabelScores, MatchScores, Scores } from './scores';
import { readResolvedSettings, settingsToKeep } from './settings/keptSettings';
import type { TaggerModel } from './taggerModel';
import type { TrainingState } from './trainingState';

/** Rises when older versions of the extension could no longer read the file. */
export const formatVersion = 2;

/**
 * What is fitted lies well within: temperatures from 0.1 to 10, biases from 0 to 3. Probabilities to the power
 * of 1/temperature, or times exp(bias), are numbers still.
 */
const leastTemperature = 0.01;
const mostTemperature = 100;
const mostBias = 50;

/** Values nest about half as deep. */
const metadataLevels = 16;

type Fail = (what: string) => never;
type Json = Readonly<Record<string, unknown>>;

/** A model's facts, its parameters and other tensors left out. */
export type Metadata = Omit<TaggerModel, 'parameters'>;

export function writeMetadata(model: TaggerModel): Map<string, string> {
  const { state } = model;
  const metadata = new Map([
    ['application', 'RNN Tagger'],
    ['format_version', String(formatVersion)],
    ['corpus', model.corpus],
    ['corpus_name', model.corpusName],
    ['column', model.column],
    ['created', model.created],
    ['scheme', model.scheme],
    ['outside_bias', String(model.outsideBias)],
    ['characters', String(model.characters)],
    ['format', JSON.stringify(model.layout)],
    ['settings', JSON.stringify(settingsToKeep(model.settings))],
    ['labels', JSON.stringify(model.labels)],
    ['features', JSON.stringify(model.features)],
  ]);
  if (model.conventions) metadata.set('conventions', JSON.stringify(model.conventions));
  if (model.development) metadata.set('development', JSON.stringify(model.development));
  if (model.calibration) metadata.set('calibration', JSON.stringify(model.calibration));
  if (model.developmentLabels) metadata.set('development_labels', JSON.stringify(model.developmentLabels));
  if (state) {
    const best = state.best && { epoch: state.best.epoch, scores: state.best.scores };
    metadata.set(
      'state',
      JSON.stringify({ ...state, carried: undefined, weights: undefined, moments: undefined, best }),
    );
  }
  return metadata;
}

/** `fail` throws the error that names the file. */
export function readMetadata(metadata: ReadonlyMap<string, string>, version: number, fail: Fail): Metadata {
  const text = (name: string): string => metadata.get(name) ?? fail(l10n.t('{0} is missing', name));
  const json = (name: string): unknown => {
    const value = text(name);
    try {
      return parseShallowJson(value, metadataLevels) as unknown;
    } catch {
      return fail(l10n.t('{0} is not JSON, or nests too deep', name));
    }
  };
  const scheme = text('scheme') as LabelScheme;
  if (!labelSchemes.includes(scheme)) return fail(l10n.t('the label scheme is unknown'));
  const labels = strings(json('labels'), 'labels', fail);
  if (labels.length === 0 || labels.length > mostLabels || new Set(labels).size < labels.length)
    return fail(l10n.t('its labels are no list of distinct names'));
  const features =
    version === 1
      ? featuresOfVersion1(strings(json('vocabulary'), 'vocabulary', fail), fail)
      : readFeatureLists(json('features'), fail);
  const created = text('created');
  if (Number.isNaN(Date.parse(created))) return fail(l10n.t('created is no date'));
  return {
    settings: readResolvedSettings(object(json('settings'), 'settings', fail), fail),
    features,
    labels,
    scheme,
    layout:
      parseLayout(object(json('format'), 'format', fail)) ?? fail(l10n.t('its corpus format is unknown')),
    characters: text('characters') === 'true',
    ...readConventions(metadata, json, fail),
    outsideBias: version === 1 ? 0 : biasOf(text('outside_bias'), fail),
    corpus: text('corpus'),
    corpusName: text('corpus_name'),
    column: text('column'),
    created,
    ...(metadata.has('development') && {
      development: readScores(object(json('development'), 'development', fail), fail),
    }),
    ...(metadata.has('calibration') && {
      calibration: readCalibration(object(json('calibration'), 'calibration', fail), fail),
    }),
    ...(metadata.has('development_labels') && {
      developmentLabels: readLabelScores(json('development_labels'), fail),
    }),
    ...(metadata.has('state') && { state: readState(object(json('state'), 'state', fail), fail) }),
  };
}

/** Of version 1 were one-hot networks. */
function featuresOfVersion1(vocabulary: readonly string[], fail: Fail): FeatureLists {
  if (vocabulary.length === 0) return fail(l10n.t('its vocabulary is empty'));
  return { templates: oneHotTemplates, attributes: [{ name: 'word', values: vocabulary }], oneHot: true };
}

/** Those of a newer version are left out: text is cut as without any. */
function readConventions(
  metadata: ReadonlyMap<string, string>,
  json: (name: string) => unknown,
  fail: Fail,
): Pick<Metadata, 'conventions'> {
  if (!metadata.has('conventions')) return {};
  const value = object(json('conventions'), 'conventions', fail);
  if (typeof value.version === 'number' && value.version > conventionsVersion) return {};
  return {
    conventions: parseConventions(value) ?? fail(l10n.t('its conventions are none that can be followed')),
  };
}

function readScores(scores: Json, fail: Fail): Scores {
  const counts = { tokens: number(scores, 'tokens', fail), sentences: number(scores, 'sentences', fail) };
  const result = {
    ...counts,
    loss: number(scores, 'loss', fail),
    accuracy: number(scores, 'accuracy', fail),
    ...(scores.outsideBias !== undefined && { outsideBias: number(scores, 'outsideBias', fail) }),
  };
  if (scores.spans === undefined) return result;
  return { ...result, spans: readMatchScores(object(scores.spans, 'spans', fail), fail) };
}

function biasOf(text: string, fail: Fail): number {
  const bias = Number(text);
  if (text.trim() === '' || !Number.isFinite(bias)) return fail(l10n.t('outside_bias is no number'));
  return Math.abs(bias) <= mostBias ? bias : fail(l10n.t('outside_bias is not from −{0} to {0}', mostBias));
}

function readCalibration(calibration: Json, fail: Fail): Calibration {
  const [temperature, ece, eceUncalibrated] = (['temperature', 'ece', 'eceUncalibrated'] as const).map(
    (name) => number(calibration, name, fail),
  );
  return temperature >= leastTemperature && temperature <= mostTemperature
    ? { temperature, ece, eceUncalibrated }
    : fail(
        l10n.t(
          'its temperature is {0}, and must be from {1} to {2}',
          temperature,
          leastTemperature,
          mostTemperature,
        ),
      );
}

function readLabelScores(list: unknown, fail: Fail): LabelScores[] {
  if (!Array.isArray(list)) return fail(l10n.t('development_labels is no list'));
  return list.map((item: unknown) => {
    const scores = object(item, l10n.t('a score of development_labels'), fail);
    const { label } = scores;
    return typeof label === 'string'
      ? { label, ...readMatchScores(scores, fail) }
      : fail(l10n.t('a score of development_labels has no label'));
  });
}

function readMatchScores(scores: Json, fail: Fail): MatchScores {
  const names = ['precision', 'recall', 'f1', 'gold', 'predicted', 'correct'] as const;
  const [precision, recall, f1, gold, predicted, correct] = names.map((name) => number(scores, name, fail));
  return { precision, recall, f1, gold, predicted, correct };
}

function readState(state: Json, fail: Fail): TrainingState {
  const names = [
    'epoch',
    'stepInEpoch',
    'step',
    'epochLoss',
    'epochTokens',
    'seconds',
    'tokens',
    'fingerprint',
  ] as const;
  const [epoch, stepInEpoch, step, epochLoss, epochTokens, seconds, tokens, fingerprint] = names.map((name) =>
    number(state, name, fail),
  );
  if (![epoch, stepInEpoch, step].every(Number.isSafeInteger) || epoch < 1)
    return fail(l10n.t('its training state has no step'));
  const best = state.best === undefined ? undefined : object(state.best, 'best', fail);
  const norms = state.norms === undefined ? undefined : object(state.norms, 'norms', fail);
  return {
    epoch,
    stepInEpoch,
    step,
    epochLoss,
    epochTokens,
    seconds,
    tokens,
    fingerprint,
    updates: state.updates === undefined ? step : number(state, 'updates', fail),
    averaged: state.averaged === undefined ? 0 : number(state, 'averaged', fail),
    ...(state.startLoss !== undefined && { startLoss: number(state, 'startLoss', fail) }),
    ...(state.smoothedLoss !== undefined && { smoothedLoss: number(state, 'smoothedLoss', fail) }),
    ...(state.learningRate !== undefined && { learningRate: number(state, 'learningRate', fail) }),
    ...(norms && {
      norms: {
        steps: number(norms, 'steps', fail),
        sum: number(norms, 'sum', fail),
        largest: number(norms, 'largest', fail),
      },
    }),
    ...(best && {
      best: {
        epoch: number(best, 'epoch', fail),
        scores: readScores(object(best.scores, 'scores', fail), fail),
      },
    }),
  };
}

function object(value: unknown, name: string, fail: Fail): Json {
  return isObject(value) ? value : fail(l10n.t('{0} is no object', name));
}

function strings(value: unknown, name: string, fail: Fail): string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
    ? value
    : fail(l10n.t('{0} is no list of strings', name));
}

/** A number from 0: all that a model file holds are. */
function number(value: Json, name: string, fail: Fail): number {
  const found = value[name];
  return typeof found === 'number' && Number.isFinite(found) && found >= 0
    ? found
    : fail(l10n.t('{0} is no number from 0', name));
}
