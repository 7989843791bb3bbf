import type { DeviceChoices } from '../engine/deviceChoice';
import { parseChoice } from '../record/choiceFields';
import type { DeviceChoice } from '../run/deviceTrial';

/** The part of VS Code's `Memento` that is needed. */
export interface ChoiceStore {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

type Entry = readonly [key: string, choice: DeviceChoice];

const storeKey = 'rnnTagger.deviceChoices';

/** How many choices are kept: those of the models that were trained last. */
const mostChoices = 50;

/** Remembers which device was the fastest, in the extension's own store. Damaged entries are ignored. */
export class RememberedDevices implements DeviceChoices {
  constructor(private readonly store: ChoiceStore) {}

  get(key: string): DeviceChoice | undefined {
    return this.entries.find(([known]) => known === key)?.[1];
  }

  set(key: string, choice: DeviceChoice): void {
    this.keep([[key, choice] as const, ...this.without(key)].slice(0, mostChoices));
  }

  delete(key: string): void {
    this.keep(this.without(key));
  }

  all(): readonly Entry[] {
    return this.entries;
  }

  /** Forgets all choices: each run on `auto` measures again. */
  clear(): void {
    this.keep([]);
  }

  private without(key: string): Entry[] {
    return this.entries.filter(([known]) => known !== key);
  }

  private get entries(): Entry[] {
    const kept = this.store.get(storeKey);
    return Array.isArray(kept) ? kept.filter(isEntry).slice(0, mostChoices) : [];
  }

  private keep(entries: readonly Entry[]): void {
    // Where writing fails, the next run measures again.
    this.store.update(storeKey, entries).then(undefined, () => undefined);
  }
}

function isEntry(value: unknown): value is Entry {
  return Array.isArray(value) && typeof value[0] === 'string' && parseChoice(value[1]) !== undefined;
}
