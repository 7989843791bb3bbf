import assert from 'node:assert/strict';
import { SupervisedRun } from '../../../src/engine/supervisedRun';
import type { SupervisedRunOptions } from '../../../src/engine/supervisedRun';
import type { TrainingData } from '../../../src/engine/trainerProtocol';
import { readModel } from '../../../src/model/modelFile';
import { mapParameters } from '../../../src/model/parameters';
import type { NetworkParameters } from '../../../src/model/parameters';
import type { TrainingSettings } from '../../../src/model/settings/settings';
import type { RunEvent } from '../../../src/run/runEvent';
import { completeSettings } from '../../../src/training/defaults';
import { fragileDevice, LocalBackend } from './localBackend';
import { toyFile } from './toyCorpus';

/** A small network on the toy corpus. */
export const settings = completeSettings({
  epochs: 4,
  hidden: 12,
  embedding: 8,
  batch: 4,
  learningRate: 0.01,
  seed: 3,
  device: 'cpu',
});
export const data: TrainingData = {
  corpus: 'toy#2',
  corpusName: 'toy',
  column: 'LABEL',
  replaceInvalidBytes: false,
  files: [toyFile('train.conll', 120), toyFile('dev.conll', 20, 5000)],
};

export type EventOf<Type extends RunEvent['type']> = Extract<RunEvent, { readonly type: Type }>;

/** A run and all of its events. */
export class Observer {
  readonly all: RunEvent[] = [];
  readonly run: SupervisedRun;
  readonly ended: Promise<readonly RunEvent[]>;

  constructor(
    options: Partial<SupervisedRunOptions> & Pick<SupervisedRunOptions, 'backends'>,
    each: (event: RunEvent, run: SupervisedRun) => void = () => undefined,
  ) {
    this.run = new SupervisedRun({
      data,
      settings,
      threads: 1,
      memoryBytes: 8e9,
      installation: { machine: 'm', version: '1' },
      ...options,
    });
    this.ended = new Promise((resolve) => {
      this.run.onEvent((event) => {
        this.all.push(event);
        each(event, this.run);
        if (event.type === 'ended' || event.type === 'failed') resolve(this.all);
      });
    });
  }

  of<Type extends RunEvent['type']>(type: Type): EventOf<Type>[] {
    return this.all.filter((event): event is EventOf<Type> => event.type === type);
  }

  /** The newest checkpoint. */
  get checkpoint(): EventOf<'checkpoint'> {
    return this.of('checkpoint').at(-1) ?? assert.fail('there is no checkpoint');
  }

  get types(): string[] {
    return this.all
      .map(({ type }) => type)
      .filter((type) => !['progress', 'checkpoint', 'epoch', 'problems', 'preparing'].includes(type));
  }

  get end(): RunEvent {
    return this.all[this.all.length - 1];
  }

  /** The parameters of the last model. */
  get model(): NetworkParameters<number[]> {
    const { parameters } = readModel(this.checkpoint.bytes);
    return mapParameters(parameters, (values) => [...values]);
  }
}

export async function finished(
  options: Partial<SupervisedRunOptions> & Pick<SupervisedRunOptions, 'backends'>,
  each?: (event: RunEvent, run: SupervisedRun) => void,
): Promise<Observer> {
  const observer = new Observer(options, each);
  await observer.ended;
  return observer;
}

/** Node's backend with devices that compute alike, so that a run that moved can be compared to the bit. */
export const alike = (names: LocalBackend['devices'] = ['simd', 'webasm', 'cpu']): LocalBackend =>
  new LocalBackend(names, (name) => fragileDevice(name));
export const auto: TrainingSettings = { ...settings, device: 'auto' };

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

export async function until(reached: () => boolean): Promise<void> {
  const end = performance.now() + 120_000;
  while (!reached()) {
    assert.ok(performance.now() < end, 'in vain waited 120 s');
    await new Promise((resolve) => setImmediate(resolve));
  }
}
