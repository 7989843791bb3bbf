/** Reads `run.json`. A field that is damaged is replaced; the run is not lost for it. */
import { defaultSettings } from '../training/defaults';
import { readSoundSettings } from '../training/soundSettings';
import { parseChoice } from './choiceFields';
import { FieldReader } from './fieldReader';
import { createdOf, fieldsOf, isAmount, isDate, isFields, isText, titleOf } from './keptFields';
import type { Fields } from './keptFields';
import { storedStates } from './runRecord';
import type { RunRecord, StoredRunState, SweepPlace } from './runRecord';
import { parseNotices, scoresOf } from './scoreFields';

/** A record that was read, and the names of the fields that were damaged in it. */
export interface ReadRunRecord {
  readonly record: RunRecord;
  readonly damaged: readonly string[];
}

/**
 * The record of the run whose folder has this name. What later versions add is kept.
 * @throws {Error} where the text is no record at all (it was cut off), or that of a later version.
 */
export function readRunRecord(text: string, id: string): ReadRunRecord {
  const value: unknown = JSON.parse(text);
  if (!isFields(value)) throw new Error('the record is no object');
  const { version } = value;
  if (Number.isInteger(version) && (version as number) > 1)
    throw new Error(`its version is ${String(version)}, and this version of RNN Tagger knows 1`);
  const reader = new FieldReader(value);
  const record: RunRecord = {
    ...(value as unknown as RunRecord),
    version: reader.read('version', isOne, 1),
    id: reader.read('id', (given): given is string => given === id, id),
    ...namesOf(reader),
    ...placeOf(reader),
    ...(value.allowLeftOut !== undefined && {
      allowLeftOut: reader.optional('allowLeftOut', (given) => (isSwitch(given) ? given : undefined)),
    }),
    ...(value.byItself !== undefined && {
      byItself: reader.optional('byItself', (given) => (isSwitch(given) ? given : undefined)),
    }),
    ...(value.sweep !== undefined && { sweep: reader.optional('sweep', sweepPlaceOf) }),
    ...(value.title !== undefined && { title: reader.optional('title', titleOf) }),
    settings: settingsOf(reader),
    created: reader.read('created', isDate, createdOf(id)),
    // Nothing is begun anew for a state that is not known, and what there is of a model can be used.
    state: reader.read('state', isState, 'stopped'),
    message: reader.optional('message', textOf),
    notices: reader.optional('notices', (given) => parseNotices(given, () => reader.damaged.push('notices'))),
    device: reader.optional('device', textOf),
    choice: reader.optional('choice', parseChoice),
    labels: reader.optional('labels', amountOf),
    tokensPerSecond: reader.optional('tokensPerSecond', amountOf),
    development: reader.optional('development', scoresOf),
    test: reader.optional('test', scoresOf),
  };
  return { record, damaged: [...new Set(reader.damaged)] };
}

/** What the run was trained on, as a person reads it where the record does not tell. */
function namesOf(reader: FieldReader): Pick<RunRecord, 'corpus' | 'corpusName' | 'column' | 'spans'> {
  const corpus = reader.read('corpus', isText, '');
  const { spans } = fieldsOf(reader.fields.development);
  return {
    corpus,
    corpusName: reader.read('corpusName', isText, corpus || 'unknown corpus'),
    column: reader.read('column', isText, 'unknown column'),
    spans: reader.read('spans', isSwitch, isFields(spans)),
  };
}

/** Where the run and its model files stand. A damaged moment says that the file is there, not where it stands. */
function placeOf(
  reader: FieldReader,
): Pick<RunRecord, 'epoch' | 'step' | 'stepsPerEpoch' | 'seconds' | 'checkpoint' | 'best'> {
  const moments = [fieldsOf(reader.fields.checkpoint), fieldsOf(reader.fields.best)];
  const latest = (name: string): number => moments.map((moment) => moment[name]).find(isAmount) ?? 0;
  const epoch = reader.read('epoch', isAmount, latest('epoch'));
  const step = reader.read('step', isAmount, latest('step'));
  const momentOf = (name: string): RunRecord['checkpoint'] => {
    const kept = reader.fields[name];
    if (kept === undefined) return undefined;
    const moment = fieldsOf(kept);
    if (!isAmount(moment.epoch) || !isAmount(moment.step)) reader.damaged.push(name);
    return {
      ...moment,
      epoch: isAmount(moment.epoch) ? moment.epoch : epoch,
      step: isAmount(moment.step) ? moment.step : step,
    };
  };
  return {
    epoch,
    step,
    stepsPerEpoch: reader.read('stepsPerEpoch', isAmount, 0),
    seconds: reader.read('seconds', isAmount, 0),
    checkpoint: momentOf('checkpoint'),
    best: momentOf('best'),
  };
}

function settingsOf(reader: FieldReader): RunRecord['settings'] {
  const kept = reader.read<Fields | undefined>('settings', isFields, undefined);
  if (!kept) return defaultSettings;
  const { settings, problems } = readSoundSettings(kept);
  if (problems.length > 0) reader.damaged.push(`settings (${problems.join('; ')})`);
  return settings;
}

function isState(value: unknown): value is StoredRunState {
  return (storedStates as readonly unknown[]).includes(value);
}

function isOne(value: unknown): value is 1 {
  return value === 1;
}

function isSwitch(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function amountOf(value: unknown): number | undefined {
  return isAmount(value) ? value : undefined;
}

function sweepPlaceOf(value: unknown): SweepPlace | undefined {
  const { id, run, of } = fieldsOf(value);
  return isText(id) && isAmount(run) && isAmount(of) ? { id, run, of } : undefined;
}

function textOf(value: unknown): string | undefined {
  return isText(value) ? value : undefined;
}
