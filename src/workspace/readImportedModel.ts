/** Reads `model.json`. What is damaged there is replaced: the model itself is in a file of its own. */
import type { LabelScheme } from '../corpus/corpus';
import { labelSchemes } from '../corpus/labels/notation';
import type { ModelInfo } from '../engine/taggerProtocol';
import { FieldReader } from '../record/fieldReader';
import { createdOf, fieldsOf, isAmount, isDate, isFields, isText, titleOf } from '../record/keptFields';
import { scoresOf } from '../record/scoreFields';
import { readSoundSettings } from '../training/soundSettings';

/** A model that came from a file. */
export interface ImportedModel {
  readonly id: string;
  /** The file's name. */
  readonly name: string;
  /** What a person calls it. */
  readonly title?: string;
  /** ISO 8601. */
  readonly imported: string;
  readonly info: ModelInfo;
}

/**
 * The model whose folder has this name, and the names of the fields that were damaged.
 * @throws {Error} where the text tells nothing of a model.
 */
export function readImportedModel(
  text: string,
  id: string,
): { readonly model: ImportedModel; readonly damaged: readonly string[] } {
  const value = fieldsOf(JSON.parse(text));
  if (!isText(value.name) && !isFields(value.info)) throw new Error('it tells nothing of a model');
  const reader = new FieldReader(value);
  const imported = reader.read('imported', isDate, createdOf(id));
  const info = new FieldReader(fieldsOf(reader.read<unknown>('info', isFields, {})));
  const model: ImportedModel = {
    ...(value as unknown as ImportedModel),
    id: reader.read('id', (given): given is string => given === id, id),
    name: reader.read('name', isText, 'unknown file'),
    ...(value.title !== undefined && { title: reader.optional('title', titleOf) }),
    imported,
    info: readInfo(info, imported),
  };
  // Where there is no information at all, its fields need not be named.
  const ofInfo = isFields(value.info) ? info.damaged.map((name) => `info.${name}`) : [];
  return { model, damaged: [...reader.damaged, ...ofInfo] };
}

function readInfo(reader: FieldReader, imported: string): ModelInfo {
  const { settings, problems } = readSoundSettings(fieldsOf(reader.fields.settings));
  // A model's file says nothing of these, and its loss is never open.
  const { device: _, threads: __, loss, ...rest } = settings;
  const ofModel = problems.filter((problem) => !/^(device|threads) /.test(problem));
  if (ofModel.length > 0) reader.damaged.push(`settings (${ofModel.join('; ')})`);
  return {
    ...(reader.fields as unknown as ModelInfo),
    corpus: reader.read('corpus', isText, ''),
    corpusName: reader.read('corpusName', isText, 'unknown corpus'),
    column: reader.read('column', isText, 'unknown column'),
    labels: reader.read('labels', isTexts, []),
    scheme: reader.read('scheme', isScheme, 'none'),
    layout: reader.read('layout', isLayout, { kind: 'columns', columns: [], form: 0 }),
    settings: { ...rest, loss: loss === 'auto' ? 'softmax' : loss },
    features: reader.read('features', isAmount, 0),
    development: reader.optional('development', scoresOf),
    created: reader.read('created', isDate, imported),
  };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isText);
}

function isScheme(value: unknown): value is LabelScheme {
  return (labelSchemes as readonly unknown[]).includes(value);
}

function isLayout(value: unknown): value is ModelInfo['layout'] {
  const { kind, columns, form } = fieldsOf(value);
  return isText(kind) && isTexts(columns) && isAmount(form);
}
